"""Organisation and post in one breath: 王营村委会主任, never 王营村民委员会村委会主任."""

from __future__ import annotations

SHORT = (("村民委员会", "村委会"), ("居民委员会", "居委会"), ("人民政府", "政府"))
"""Long names of bodies, and what everybody calls them."""


def seat(org: str, post: str) -> str:
    """Name a post at its organisation; what both say is said once."""
    for long, short in SHORT:
        org, post = org.replace(long, short), post.replace(long, short)
    if post:
        org = org.removesuffix("承包户")
    for size in range(min(len(org), len(post)), 1, -1):
        if org.endswith(post[:size]):
            return org + post[size:]
    return org + post
