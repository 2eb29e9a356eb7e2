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

    A file that was packed before is not even read: what came of it is kept in the store. One that
    is not what its sum says is packed as it is, and not kept: who lists the files will find it.
    """
    names = {path: path.removeprefix(f"{FOLDER}/") for path in sorted(sums)}

    def part(path: str) -> bytes:
        key = key_of("packed", names[path], sums[path])
        known = store.get(key)
        if known is not None:
            return known
        content = read(path)
        made = packed([(names[path], content)])
        if sha256(content).hexdigest() == sums[path]:
            store.put(key, made)
        return made

    listed = "".join(f"{sums[path]}  {name}\n" for path, name in names.items())
    return joined([*map(part, names), packed([("SHA256SUMS", listed.encode())])])
