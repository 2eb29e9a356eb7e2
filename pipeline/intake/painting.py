"""Colours and comments put into the parts of a sheet; nothing else of it is touched."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from pipeline.intake.package import Package, added, child, namespace, put_in_order
from pipeline.intake.sheets import AUTHOR, PARTED, letters

_AFTER_NOTES = frozenset(
    "legacyDrawingHF drawingHF picture oleObjects controls webPublishItems tableParts extLst "
    "AlternateContent".split()
)
"""What must stand behind the notes of a sheet."""
_VML = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_NOTES = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_ADDRESS = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_FIRST_SHAPE = 60_000
_HEAD = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
    '<o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
)
_SHAPE_TYPE = (
    '<v:shapetype xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" id="_x0000_t202" coordsize="21600,21600" '
    'o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE = (
    '<v:shape xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel" id="_x0000_s{id}" type="#_x0000_t202" '
    'style="position:absolute;width:240pt;height:{height}pt;z-index:{z};visibility:hidden" '
    'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
    '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"/><x:ClientData ObjectType="Note">'
    "<x:MoveWithCells/><x:SizeWithCells/><x:AutoFill>False</x:AutoFill>"
    "<x:Anchor>{left}, 12, {top}, 4, {right}, 12, {bottom}, 4</x:Anchor>"
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)


RED, YELLOW, GREEN = COLOURS = ("FFF4B6B6", "FFFFE9A8", "FFD8EFD3")
"""What must be mended, what should be looked at, what was mended already."""
HEAD = "FFE7EEF6"
"""The ground of the head of a list of ours."""


class Styles:
    """The looks of a workbook: a cell keeps its own but for its colour."""

    def __init__(self, package: Package) -> None:
        """Find the part of styles; one that has none gets an empty one."""
        name = package.parts_of(package.main).get("styles") or _no_styles(package)
        self._tree = package.tree(name)
        self._fills: dict[str, int] = {}
        self._looks: dict[tuple[int, str], int] = {}

    def _list(self, name: str) -> Any:
        found = child(self._tree, name)
        if found is None:
            found = added(self._tree, name)
            order = "numFmts fonts fills borders cellStyleXfs cellXfs".split()
            behind = frozenset(order[order.index(name) + 1 :]) | {"cellStyles", "dxfs", "extLst"}
            put_in_order(self._tree, found, behind)
        return found

    def _add(self, name: str, item: str, **attributes: str) -> tuple[Any, int]:
        whole = self._list(name)
        made = added(whole, item, **attributes)
        whole.set("count", str(len(whole)))
        return made, len(whole) - 1

    def font(self, *, bold: bool = False, colour: str = "") -> int:
        """Add a font; returns its number."""
        made, number = self._add("fonts", "font")
        if bold:
            added(made, "b")
        if colour:
            added(made, "u")
        added(made, "sz", val="11")
        added(made, "color", **({"rgb": colour} if colour else {"theme": "1"}))
        added(made, "name", val="宋体")
        return number

    def fill(self, colour: str) -> int:
        """Return the number of a plain colour."""
        if colour not in self._fills:
            made, self._fills[colour] = self._add("fills", "fill")
            pattern = added(made, "patternFill", patternType="solid")
            added(pattern, "fgColor", rgb=colour)
            added(pattern, "bgColor", indexed="64")
        return self._fills[colour]

    def look(self, *, font: int = 0, colour: str = "", wraps: bool = False) -> int:
        """Add a look of our own; returns its number."""
        told = {"numFmtId": "0", "fontId": str(font), "fillId": "0", "borderId": "0", "xfId": "0"}
        if colour:
            told |= {"fillId": str(self.fill(colour)), "applyFill": "1"}
        made, number = self._add("cellXfs", "xf", **told, applyFont="1", applyAlignment="1")
        plain = {"horizontal": "left", "vertical": "top"}
        added(made, "alignment", **plain, **({"wrapText": "1"} if wraps else {}))
        return number

    def _like(self, look: Any) -> tuple[Any, int]:
        """Add a look that is another one; an empty one where there is none."""
        made, number = self._add("cellXfs", "xf")
        if look is not None:
            made.attrib.update(look.attrib)
            made.extend([deepcopy(one) for one in look])
        return made, number

    def uncoloured(self) -> dict[str, str]:
        """Return the looks that have a colour of ours, and beside each the same without one."""
        fills = {
            str(n): rgb
            for n, one in enumerate(self._list("fills"))
            if (rgb := _colour_of(one)) in COLOURS
        }
        found = {}
        for number, look in enumerate(list(self._list("cellXfs"))):
            if look.get("fillId") in fills:
                made, copied = self._like(look)
                made.set("fillId", "0")
                found[str(number)] = str(copied)
        return found

    def coloured(self, number: int, colour: str) -> int:
        """Return the number of the look that is another one in a colour."""
        if (number, colour) not in self._looks:
            looks = self._list("cellXfs")
            made, copied = self._like(looks[number] if number < len(looks) else None)
            made.set("fillId", str(self.fill(colour)))
            made.set("applyFill", "1")
            self._looks[number, colour] = copied
        return self._looks[number, colour]


def _colour_of(fill: Any) -> str:
    pattern = child(fill, "patternFill")
    front = child(pattern, "fgColor") if pattern is not None else None
    return str(front.get("rgb", "")) if front is not None else ""


def _no_styles(package: Package) -> str:
    name = package.free_name("xl/styles", ".xml")
    space = namespace(package.tree(package.main))
    package.put(
        name,
        f'<styleSheet xmlns="{space}"><fonts count="1"><font/></fonts><fills count="2"><fill>'
        '<patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
        '</fills><borders count="1"><border/></borders><cellXfs count="1"><xf/></cellXfs>'
        "</styleSheet>".encode(),
    )
    package.declare(name, "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml")
    package.relate(package.main, "styles", name)
    return name


def place_of_address(address: str) -> tuple[int, int]:
    """Return row and column of an address: H12 is (12, 8)."""
    found = _ADDRESS.fullmatch(address)
    if not found:
        raise ValueError(address)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column


def paint(package: Package, part: str, styles: Styles, colours: Mapping[str, str]) -> None:
    """Colour cells by their addresses; a cell that is not there is put there."""
    if not colours:
        return
    sheet = package.tree(part)
    wanted: dict[int, dict[int, str]] = {}
    for address, colour in colours.items():
        row, column = place_of_address(address)
        wanted.setdefault(row, {})[column] = colour
    data = child(sheet, "sheetData")
    if data is None:
        return
    rows, last = {}, 0
    for one in data:
        last = int(one.get("r") or last + 1)
        rows[last] = one
    for number in sorted(wanted):
        if number not in rows:
            rows[number] = added(data, "row", r=str(number))
            before = [r for n, r in rows.items() if n < number]
            data.insert(data.index(before[-1]) + 1 if before else 0, rows[number])
            rows = dict(sorted(rows.items()))
        _paint_row(rows[number], number, wanted[number], styles)


def _paint_row(row: Any, number: int, colours: Mapping[int, str], styles: Styles) -> None:
    cells, last = {}, 0
    for one in row:
        last = place_of_address(one.get("r"))[1] if one.get("r") else last + 1
        cells[last] = one
    for column in sorted(colours):
        cell = cells.get(column)
        if cell is None:
            cell = added(row, "c", r=f"{letters(column)}{number}", s=row.get("s") or "0")
            row.insert(sum(n < column for n in cells), cell)
            cells[column] = cell
            row.attrib.pop("spans", None)
        cell.set("s", str(styles.coloured(int(cell.get("s") or 0), colours[column])))


def comment(package: Package, part: str, texts: Mapping[str, str]) -> None:
    """Put comments on cells by their addresses; what stood in one stays above ours."""
    if not texts:
        return
    notes = package.tree(package.parts_of(part).get("comments") or _no_notes(package, part))
    authors, listed = child(notes, "authors"), child(notes, "commentList")
    author = str(len(authors))
    added(authors, "author", AUTHOR)
    there = {one.get("ref"): one for one in listed}
    new = []
    for address, said in texts.items():
        if address in there:
            _go_on(there[address], f"{PARTED}{said}")
            continue
        made = added(listed, "comment", ref=address, authorId=author)
        _text(added(added(made, "text"), "t"), said)
        new.append((address, said))
    _draw(package, part, new)


def _text(element: Any, said: str) -> None:
    element.text = said
    element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _go_on(comment: Any, said: str) -> None:
    """Add to what a comment says; plain text becomes a run, so that another may follow."""
    whole = child(comment, "text")
    plain = child(whole, "t")
    if plain is not None:
        run = added(whole, "r")
        run.append(plain)
    _text(added(added(whole, "r"), "t"), said)


def _no_notes(package: Package, part: str) -> str:
    name = package.free_name("xl/qingyuan-comments", ".xml")
    space = namespace(package.tree(part))
    package.put(name, f'<comments xmlns="{space}"><authors/><commentList/></comments>'.encode())
    package.declare(name, _NOTES)
    package.relate(part, "comments", name)
    return name


def _draw(package: Package, part: str, texts: Sequence[tuple[str, str]]) -> None:
    """Draw the boxes of new comments behind those that the sheet has."""
    sheet = package.tree(part)
    drawn = child(sheet, "legacyDrawing")
    id_name = f"{{{package.office}}}id"
    if drawn is not None:
        name = package.related(part)[drawn.get(id_name)][1]
    else:
        name = package.free_name("xl/drawings/qingyuan-notes", ".vml")
        package.put(name, _HEAD.encode())
        package.declare("vml", _VML)
        made = added(sheet, "legacyDrawing")
        made.set(id_name, package.relate(part, "vmlDrawing", name))
        put_in_order(sheet, made, _AFTER_NOTES)
    body = package.body(name).rstrip()
    shapes = [] if b"_x0000_t202" in body else [_SHAPE_TYPE]
    for number, (address, said) in enumerate(texts, 1):
        row, column = place_of_address(address)
        shapes.append(
            _SHAPE.format(
                id=_FIRST_SHAPE + number, z=number, height=45 + 14 * said.count("\n"),
                left=column, right=column + 4, top=max(row - 2, 0),
                bottom=row + 2 + said.count("\n"), row=row - 1, column=column - 1,
            )
        )  # fmt: skip
    end = body.rfind(b"</")
    package.put(name, body[:end] + "".join(shapes).encode() + body[end:])
