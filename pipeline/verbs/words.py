"""Words of a command line that are cells, 列=值, wherever among the options they stand."""

from __future__ import annotations

import argparse
from collections.abc import Sequence


class Parser(argparse.ArgumentParser):
    """A parser that takes cells before options and after them."""

    def parse_known_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        """Take words like 列=值 wherever they stand, before options or after them."""
        found, rest = super().parse_known_args(args, namespace)
        if isinstance(cells := getattr(found, "cells", None), list):
            given = [word for word in rest if not word.startswith("-")]
            found.cells = [*cells, *given]
            rest = [word for word in rest if word not in given]
        return found, rest
