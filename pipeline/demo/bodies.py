"""What the bodies of a place are called: townships have a government, streets an office."""

from __future__ import annotations


def township_body(name: str) -> str:
    """Return who governs a township-level place: 清河镇人民政府, 东关街道办事处."""
    return name + ("办事处" if name.endswith("街道") else "人民政府")


def village_body(name: str) -> str:
    """Return who governs a village by its short name: 王营村民委员会, 东关社区居民委员会."""
    if name.endswith("社区"):
        return f"{name}居民委员会"
    return f"{name.removesuffix('村')}村民委员会"
