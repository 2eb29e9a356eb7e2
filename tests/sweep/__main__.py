"""`make fuzz`: the long run, with its counts."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from tests.sweep import damage
from tests.sweep.trials import Count, run

MUTATIONS = 20_000
BATCH = 2_000


def main() -> int:
    """Run every trial there is and print what came of it; 1 if anything was wrong."""
    kinds: list[tuple[str, Sequence[damage.Trial]]] = [
        ("files", list(damage.whole_files())),
        ("columns", list(damage.columns_in_place())),
        ("secrets", list(damage.secrets_in_place())),
        ("mutations", [damage.at_random(seed) for seed in range(MUTATIONS)]),
    ]
    total = Count()
    for name, trials in kinds:
        done = Count()
        for start in range(0, len(trials), BATCH):
            done += run(trials[start : start + BATCH])
            print(f"  {name}: {done}", file=sys.stderr, flush=True)
        print(f"{name}: {done}")
        total += done
    print(f"all: {total}")
    for fault in total.faults[:200]:
        print(f"  {fault}")
    return 1 if total.faults else 0


if __name__ == "__main__":
    sys.exit(main())
