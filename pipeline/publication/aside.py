"""What no page computes and the site waits for later: taken from what is kept, or made aside.

While another process makes it, this one goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pipeline import workers
from pipeline.store import Store


def begin(jobs: Mapping[str, Callable[[], bytes]], store: Store) -> Callable[[], dict[str, bytes]]:
    """Start to make what is not kept; returns what waits for all of it.

    `jobs` say by the key of the store how each is made.
    """
    kept = {key: store.get(key) for key in jobs}
    found = {key: value for key, value in kept.items() if value is not None}
    missing = {key: make for key, make in jobs.items() if key not in found}

    def make() -> dict[str, bytes]:
        return {key: job() for key, job in missing.items()}

    wait = workers.beside(make) if missing else dict

    def done() -> dict[str, bytes]:
        fresh = wait()
        for key, value in fresh.items():
            store.put(key, value)
        return found | fresh

    return done
