"""One archive of every file of the data, with the sums to check it by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import sha256

from pipeline.disclosure import View
from pipeline.publication.downloads import FOLDER
from pipeline.publication.packing import joined, packed
from pipeline.store import Store, key_of


def archive_address(view: View) -> str:
    """Return the address of the archive that holds every file of the data."""
    return f"{FOLDER}/{'qingyuan-demo' if view.campaign.is_demo else 'qingyuan'}.zip"


def archive(files: Mapping[str, bytes]) -> bytes:
    """Pack files by address with a list of their sha256; the same files give the same bytes."""
    sums = {path: sha256(content).hexdigest() for path, content in files.items()}
    return archive_of(sums, files.__getitem__, Store())


def archive_of(sums: Mapping[str, str], read: Callable[[str], bytes], store: Store) -> bytes:
    """Pack files, by address and sha256, with a list of these.

    A file that was packed before is not even read: what came of it is kept in the store.
    """
    names = {path: path.removeprefix(f"{FOLDER}/") for path in sorted(sums)}

    def part(path: str) -> bytes:
        key = key_of("packed", names[path], sums[path])
        return store.kept(key, lambda: packed([(names[path], read(path))]))

    listed = "".join(f"{sums[path]}  {name}\n" for path, name in names.items())
    return joined([*map(part, names), packed([("SHA256SUMS", listed.encode())])])
