"""Open files one by one, each in a process of its own, and tell what it said and what it took.

Run as a script with the files as arguments; prints JSON. The processes are forked from one that has
read no file, so that each starts as small as the verb does.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import python_calamine  # noqa: F401 -- read before the files, as a library is

from pipeline.intake.opening import open_book
from pipeline.trouble import UsageTrouble


def watched(path: Path) -> dict[str, object]:
    """Open one file."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        said = ""
        try:
            open_book(path.name, path.read_bytes())
        except UsageTrouble as trouble:
            said = str(trouble)
        os.write(write, said.encode())
        os._exit(0)
    os.close(write)
    said = os.read(read, 65_536).decode()
    _, status, used = os.wait4(child, 0)
    return {
        "said": said if status == 0 else f"ended with {status}",
        "seconds": used.ru_utime + used.ru_stime,
        "megabytes": used.ru_maxrss / 1024,
    }


if __name__ == "__main__":
    print(json.dumps([watched(Path(name)) for name in sys.argv[1:]], ensure_ascii=False))
