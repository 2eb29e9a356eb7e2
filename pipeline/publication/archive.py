"""One archive of every file of the data, with the sums to check it by."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from pipeline.disclosure import View
from pipeline.publication.downloads import FOLDER
from pipeline.publication.packing import packed


def archive_address(view: View) -> str:
    """Return the address of the archive that holds every file of the data."""
    return f"{FOLDER}/{'qingyuan-demo' if view.campaign.is_demo else 'qingyuan'}.zip"


def archive(files: Mapping[str, bytes]) -> bytes:
    """Pack files by address with a list of their sha256; the same files give the same bytes."""
    named = [(path.removeprefix(f"{FOLDER}/"), content) for path, content in sorted(files.items())]
    sums = "".join(f"{sha256(content).hexdigest()}  {name}\n" for name, content in named)
    return packed([*named, ("SHA256SUMS", sums.encode())])
