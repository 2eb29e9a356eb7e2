"""The only door to python-docx: a report for offices that edit before they sign.

The third rendering of a report, beside its page and its PDF: the same words, tables and pictures
from the same plain data, on the measure of GB/T 9704-2012, with the fonts by the names that an
office has them under. Headings are headings and heads of tables repeat, so that what is edited
stays in order. The same report gives the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from pipeline.papers import wordml
from pipeline.papers.typesetter import TEMPLATES

STYLES = TEMPLATES / "word.xml"
NUMERALS = "一二三四五六七八九十"
"""Numbers of headings, as on the other renderings."""

EMU = 36_000
"""Units of pictures in a millimetre."""

A4 = (210, 297)
MARGINS = {"top": 37, "bottom": 35, "left": 28, "right": 26}
"""Millimetres, as in the other renderings; so is the pitch, and 28 characters of 16 pt a line."""
PITCH = 579
"""The grid of lines, in twips."""

KEPT = ("/styles", "/settings", "/officeDocument", "/core-properties", "/extended-properties")
"""What is kept of python-docx' own template: its look is replaced, its thumbnail is not ours."""

DAY = (1980, 1, 1, 0, 0, 0)
"""The stamp of every part: the same, whenever it is packed."""

PICTURE = 154
"""Millimetres that a chart is wide."""

Draw = Callable[[Mapping[str, Any]], bytes]
"""Draws a chart as a PNG."""


def document(told: Mapping[str, Any], draw: Draw) -> bytes:
    """Return a report as a Word document, from the plain data that its PDF is set from.

    Charts are drawn as pictures, with what they show said in words.
    """
    import docx

    made = docx.Document()
    _bare(made)
    _named(made, told)
    _measured(made.sections[0])
    _margins(made, told)
    writer = _Writer(made, draw)
    writer.head(told)
    writer.text(told["blocks"])
    writer.foot(told)
    for number, one in enumerate(told["attachments"], 1):
        writer.attachment(f"附件{number if len(told['attachments']) > 1 else ''}", one)
    buffer = io.BytesIO()
    made.save(buffer)
    return _timeless(buffer.getvalue())


def _bare(made: Any) -> None:
    """Replace the look of the template by ours, and drop what else it brings."""
    from docx.oxml import parse_xml

    styles = made.styles.element
    for child in list(styles):
        styles.remove(child)
    for child in parse_xml(STYLES.read_bytes()):
        styles.append(child)
    for rels in (made.part.rels, made.part.package.rels):
        for name in [n for n, rel in rels.items() if not rel.reltype.endswith(KEPT)]:
            del rels[name]


def _named(made: Any, told: Mapping[str, Any]) -> None:
    """Write title, issuer and day of the data where programs look for them."""
    core = made.core_properties
    core.title, core.author = "".join(told["title"]) + told["edition"], told["organiser"]
    core.created = core.modified = datetime(*told["on"])  # noqa: DTZ001 - a day has no zone
    core.comments, core.language, core.revision = told["imprint"], "zh-CN", 1


def _measured(section: Any, *, is_wide: bool = False) -> None:
    """Give a section the page of an official paper."""
    from docx.enum.section import WD_ORIENT
    from docx.oxml import parse_xml
    from docx.shared import Mm

    width, height = A4[::-1] if is_wide else A4
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.orientation = WD_ORIENT.LANDSCAPE if is_wide else WD_ORIENT.PORTRAIT
    for side, wide in MARGINS.items():
        setattr(section, f"{side}_margin", Mm(wide))
    section.header_distance, section.footer_distance = Mm(15), Mm(24)
    for old in section._sectPr.xpath("w:docGrid"):
        section._sectPr.remove(old)
    grid = f'<w:docGrid {wordml.W} w:type="lines" w:linePitch="{PITCH}"/>'
    section._sectPr.append(parse_xml(grid))


def _margins(made: Any, told: Mapping[str, Any]) -> None:
    """Write what stands in the margins: the mark of a draft, and the numbers of the pages."""
    made.settings.odd_and_even_pages_header_footer = True
    section = made.sections[0]
    section.different_first_page_header_footer = True
    _put(section.first_page_header, wordml.paragraph("Header", "送审稿", "\t", told["demo"]))
    for footer, side in (
        (section.first_page_footer, "right"),
        (section.footer, "right"),
        (section.even_page_footer, "left"),
    ):
        indent = f'<w:ind w:{side}Chars="100" w:{side}="280" w:firstLineChars="0" w:firstLine="0"/>'
        number = (
            '<w:r><w:t xml:space="preserve">— </w:t></w:r>'
            '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
            '<w:r><w:t xml:space="preserve"> —</w:t></w:r>'
        )
        _put(footer, wordml.marked("Footer", number, f'{indent}<w:jc w:val="{side}"/>'))


def _put(part: Any, xml: str) -> None:
    """Write one paragraph as the whole of a header or footer."""
    from docx.oxml import parse_xml

    part.is_linked_to_previous = False
    for child in list(part._element):
        part._element.remove(child)
    part._element.append(parse_xml(xml))


class _Writer:
    """Writes a report from the top down."""

    def __init__(self, made: Any, draw: Draw) -> None:
        self._made, self._draw = made, draw
        self._width = A4[0] - MARGINS["left"] - MARGINS["right"]
        self._is_wide = False

    def head(self, told: Mapping[str, Any]) -> None:
        """Write title, number, issuer and period, and to whom it goes."""
        self._add(wordml.paragraph("Title", *_with_breaks(told["title"])))
        if told["number"]:
            self._add(wordml.paragraph("Number", told["edition"]))
        self._add(wordml.paragraph("Issuer", told["organiser"], "\t", told["span"]))
        if told["correction"]:
            self._add(wordml.paragraph("Correction", told["correction"]))
        if told["to"]:
            self._add(wordml.paragraph("To", f"{told['to']}："))

    def text(self, blocks: Iterable[Mapping[str, Any]]) -> None:
        """Write the blocks; headings are counted as on the other renderings."""
        first = second = 0
        for block in blocks:
            if block["kind"] == "heading" and block["level"] == 1:
                first, second = first + 1, 0
                self._add(wordml.paragraph("Heading1", f"{NUMERALS[first - 1]}、{block['text']}"))
            elif block["kind"] == "heading":
                second += 1
                self._add(
                    wordml.paragraph("Heading2", f"（{NUMERALS[second - 1]}）{block['text']}")
                )
            elif block["kind"] == "paragraph":
                self._add(wordml.paragraph("Normal", block["text"]))
            elif block["kind"] == "chart":
                self._chart(block)
            else:
                self._table(block)

    def foot(self, told: Mapping[str, Any]) -> None:
        """Write the list of attachments, where to sign, who gets a copy, where it comes from.

        All of it stands on one page, with the last words of the text: no page is only to sign.
        """
        wholes = list(self._foot(told))
        last = wholes[0].getprevious()
        together = [last, *wholes] if last is not None and last.tag.endswith("}p") else wholes
        for one in together[:-1]:
            one.get_or_add_pPr().get_or_add_keepNext()

    def _foot(self, told: Mapping[str, Any]) -> Iterator[Any]:
        if told["attachments"]:
            yield self._add(wordml.paragraph("Normal"))
        for number, one in enumerate(told["attachments"], 1):
            mark = "附件：" if number == 1 else "　　　"
            mark += f"{number}." if len(told["attachments"]) > 1 else ""
            yield self._add(wordml.paragraph("Enclosed", f"{mark}{one['title']}"))
        yield self._add(wordml.paragraph("Normal"))
        if told["signed_by"]:
            lines = "　　　　".join(f"{one}：" for one in told["signed_by"])
            yield self._add(wordml.paragraph("To", lines))
        else:
            yield self._add(wordml.paragraph("Signed", told["organiser"]))
            yield self._add(wordml.paragraph("Signed", "　　年　　月　　日"))
        if told["copies"]:
            yield self._add(wordml.paragraph("Copies", f"抄送：{told['copies']}"))
        yield self._add(wordml.paragraph("Imprint", told["imprint"]))

    def attachment(self, mark: str, one: Mapping[str, Any]) -> None:
        """Write an attachment on a page of its own, turned sideways if it is wide."""
        is_turned = one["wide"] != self._is_wide
        if is_turned:
            self._turn(is_wide=one["wide"])
        before = "" if is_turned else "<w:pageBreakBefore/>"
        self._add(wordml.marked("Attachment", wordml.run(mark), before))
        self._table(one["table"])

    def _turn(self, *, is_wide: bool) -> None:
        """Begin pages of the other orientation."""
        from docx.enum.section import WD_SECTION

        section = self._made.add_section(WD_SECTION.NEW_PAGE)
        last = self._made.element.body.xpath("w:p[w:pPr/w:sectPr]")[-1]
        last.get_or_add_pPr().get_or_add_pStyle().val = "Break"
        _measured(section, is_wide=is_wide)
        section.different_first_page_header_footer = False
        self._is_wide = is_wide
        self._width = A4[is_wide] - MARGINS["left"] - MARGINS["right"]

    def _chart(self, told: Mapping[str, Any]) -> None:
        from docx.shared import Mm

        paragraph = self._made.add_paragraph()
        picture = paragraph.add_run().add_picture(io.BytesIO(self._draw(told)), Mm(PICTURE))
        named = picture._inline.docPr
        named.set("name", told["caption"])
        named.set("descr", told["said"])
        paragraph._p.get_or_add_pPr().get_or_add_pStyle().val = "Picture"
        self._add(wordml.paragraph("Below", told["caption"]))

    def _table(self, told: Mapping[str, Any]) -> None:
        if told["caption"]:
            self._add(wordml.paragraph("Caption", told["caption"]))
        self._add(wordml.table(told, self._width))
        self._add(wordml.paragraph("Note" if told["note"] else "Break", told["note"]))

    def _add(self, xml: str) -> Any:
        """Write an element at the end, before the properties of the last section."""
        from docx.oxml import parse_xml

        element = parse_xml(xml)
        self._made.element.body.xpath("w:sectPr")[-1].addprevious(element)
        return element


def _with_breaks(lines: Sequence[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        if number:
            yield "\n"
        yield line


def _timeless(content: bytes) -> bytes:
    """Return a document without the hour at which it was written."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for part in old.infolist():
            info = zipfile.ZipInfo(part.filename, DAY)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            new.writestr(info, old.read(part))
    return made.getvalue()
