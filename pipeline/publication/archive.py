"""One archive of every file of the data, with the sums to check it by."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from hashlib import sha256

from pipeline.disclosure import View
from pipeline.publication.downloads import FOLDER

PACKED = (2022, 7, 14, 0, 0, 0)
"""The stamp of every file in the archive: the same, whenever it is packed."""


def archive_address(view: View) -> str:
    """Return the address of the archive that holds every file of the data."""
    return f"{FOLDER}/{'qingyuan-demo' if view.campaign.is_demo else 'qingyuan'}.zip"


def archive(files: Mapping[str, bytes]) -> bytes:
    """Pack files by address with a list of their sha256; the same files give the same bytes."""
    sums = "".join(
        f"{sha256(content).hexdigest()}  {path.removeprefix(f'{FOLDER}/')}\n"
        for path, content in sorted(files.items())
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for path, content in (*sorted(files.items()), ("SHA256SUMS", sums.encode())):
            entry = zipfile.ZipInfo(path.removeprefix(f"{FOLDER}/"), PACKED)
            entry.external_attr = 0o644 << 16
            entry.compress_type = (
                zipfile.ZIP_STORED if path.endswith(".xlsx") else zipfile.ZIP_DEFLATED
            )
            packed.writestr(entry, content)
    return buffer.getvalue()
