"""What no page computes and the site waits for later: taken from what is kept, or made aside.

While another process makes it, this one goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pipeline import workers
from pipeline.store import Store


def begin(
    jobs: Mapping[str, Callable[[], bytes]],
    store: Store,
    few: int,
    ready: Callable[[], None] = lambda: None,
) -> Callable[[], dict[str, bytes]]:
    """Start to make what is not kept; returns what waits for all of it.

    `jobs` say by the key of the store how each is made. Up to `few` of them are not worth a process
    and are made when they are waited for. For more, this process gets `ready` before the other one
    is forked: it loads what those that are forked later need too.
    """
    kept = {key: store.get(key) for key in jobs}
    found = {key: value for key, value in kept.items() if value is not None}
    missing = {key: make for key, make in jobs.items() if key not in found}

    def make() -> dict[str, bytes]:
        return {key: job() for key, job in missing.items()}

    is_much = len(missing) > few
    if is_much:
        ready()
    wait = workers.beside(make) if is_much else make

    def done() -> dict[str, bytes]:
        fresh = wait()
        for key, value in fresh.items():
            store.put(key, value)
        return found | fresh

    return done
