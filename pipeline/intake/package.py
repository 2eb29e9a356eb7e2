"""The parts of an .xlsx, changed one by one: what nobody names stays as it is, byte for byte.

Pictures, charts, text boxes, drop-downs of newer Excel and pictures in cells of WPS are parts that
a library which reads a workbook and writes it anew would lose.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from typing import Any

_DAY = (1980, 1, 1, 0, 0, 0)
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_CONTENT = "[Content_Types].xml"


class Unpatchable(Exception):
    """The parts do not hang together as those of a workbook do."""


class Package:
    """An .xlsx in memory; `main` is the part of the workbook, `office` the stem of its relations.

    Raises:
        Unpatchable: there is no workbook in it.
    """

    def __init__(self, content: bytes) -> None:
        """Read the directory; parts are read when they are asked for."""
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            self._bodies = {name: packed.read(name) for name in packed.namelist()}
        self._trees: dict[str, Any] = {}
        for kind, target in self.related("").values():
            if kind.endswith("/officeDocument"):
                self.main, self.office = target, kind.removesuffix("/officeDocument")
                return
        raise Unpatchable

    def __contains__(self, name: str) -> bool:
        """Whether there is such a part."""
        return name in self._bodies

    def body(self, name: str) -> bytes:
        """Return a part as it stands."""
        return self._bodies[name]

    def put(self, name: str, body: bytes) -> None:
        """Put a part in place."""
        self._bodies[name] = body
        self._trees.pop(name, None)

    def tree(self, name: str) -> Any:
        """Return a part as a tree; changes of it are kept.

        Raises:
            Unpatchable: there is no such part, or it is no XML.
        """
        if name not in self._trees:
            self._trees[name] = self.look(name)
        return self._trees[name]

    def look(self, name: str) -> Any:
        """Return a part as a tree that is only looked at: the part stays as it stands.

        Raises:
            Unpatchable: there is no such part, or it is no XML.
        """
        from lxml import etree

        if name in self._trees:
            return self._trees[name]
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        try:
            return etree.fromstring(self._bodies[name], parser)
        except (KeyError, etree.XMLSyntaxError) as trouble:
            raise Unpatchable(name) from trouble

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """Return what a part leads to: kind and part by the id of the relation."""
        name = _relations_of(part)
        found = self.look(name) if name in self else ()
        return {
            one.get("Id", ""): (one.get("Type", ""), _target(part, one.get("Target", "")))
            for one in found
            if one.get("TargetMode") != "External"
        }

    def parts_of(self, part: str) -> dict[str, str]:
        """Return the parts that a part leads to, by the last word of their kind."""
        return {kind.rpartition("/")[2]: name for kind, name in self.related(part).values()}

    def relate(self, part: str, kind: str, target: str) -> str:
        """Let a part lead to another; returns the id of the relation."""
        name = _relations_of(part)
        if name not in self:
            self.put(name, f'<Relationships xmlns="{_RELATIONS}"/>'.encode())
        tree = self.tree(name)
        taken = {one.get("Id") for one in tree}
        id_ = next(i for n in range(1, len(taken) + 2) if (i := f"rIdQ{n}") not in taken)
        started = posixpath.relpath(target, posixpath.dirname(part) or ".")
        added(tree, "Relationship", Id=id_, Type=f"{self.office}/{kind}", Target=started)
        return id_

    def declare(self, name: str, kind: str) -> None:
        """Say of what kind a new part is, or, of a bare ending, all parts that end so."""
        tree = self.tree(_CONTENT)
        if "." in name.rpartition("/")[2]:
            added(tree, "Override", PartName=f"/{name}", ContentType=kind)
        elif not any((one.get("Extension") or "").lower() == name for one in tree):
            added(tree, "Default", Extension=name, ContentType=kind)
            tree.insert(0, tree[-1])

    def free_name(self, stem: str, ending: str) -> str:
        """Return a name that no part has."""
        taken = {name.lower() for name in self._bodies}
        return next(
            name for n in range(len(taken) + 1) if (name := f"{stem}{n or ''}{ending}") not in taken
        )

    def packed(self) -> bytes:
        """Return the whole; the same parts give the same bytes."""
        from lxml import etree

        for name, tree in self._trees.items():
            self._bodies[name] = etree.tostring(
                tree, xml_declaration=True, encoding="UTF-8", standalone=True
            )
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as packed:
            for name, body in self._bodies.items():
                info = zipfile.ZipInfo(name, _DAY)
                info.compress_type = zipfile.ZIP_DEFLATED
                packed.writestr(info, body, compresslevel=1)
        return made.getvalue()


def added(parent: Any, tag: str, text: str | None = None, /, **attributes: str) -> Any:
    """Add an element of the same namespace to another."""
    from lxml import etree

    made = etree.SubElement(parent, f"{{{namespace(parent)}}}{tag}", attributes)
    made.text = text
    return made


def namespace(element: Any) -> str:
    """Return the namespace of an element."""
    return str(element.tag)[1:].partition("}")[0]


def child(parent: Any, name: str) -> Any:
    """Return the first child of a name in the namespace of its parent; None if there is none."""
    return parent.find(f"{{{namespace(parent)}}}{name}")


def put_in_order(parent: Any, made: Any, later: frozenset[str]) -> None:
    """Put a child before the first of those that must follow it."""
    for place, one in enumerate(parent):
        if isinstance(one.tag, str) and one.tag.rpartition("}")[2] in later:
            parent.insert(place, made)
            return
    parent.append(made)


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _target(part: str, target: str) -> str:
    whole = target if target.startswith("/") else posixpath.join(posixpath.dirname(part), target)
    return posixpath.normpath(whole).lstrip("/")
