"""A clerk's workbook with everything that a spreadsheet can carry besides cells."""

from __future__ import annotations

import io
import zipfile

import xlsxwriter

from workbooks.made import TEN, TITLE, row

PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108020000009077"
    "53de0000000c49444154789c63606060000000040001f61738550000000049454e44ae426082"
)
"""One pixel."""


def furnished(wrong_phone: str = "1.38E+10") -> bytes:
    """Return the official form with a picture, a chart, a text box, drop-downs, rules and print."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    sheet, lists = book.add_worksheet("留山镇"), book.add_worksheet("名单")
    bold, red = book.add_format({"bold": True}), book.add_format({"font_color": "red"})
    sheet.merge_range("A1:J1", TITLE, book.add_format({"align": "center", "font_size": 18}))
    sheet.write_rich_string("A2", "单位", bold, "（盖章）", red, "：南召县水利局")
    for column, label in enumerate(TEN):
        sheet.write(2, column, label, book.add_format({"border": 1, "text_wrap": True}))
        sheet.write(3, column, column + 1)
    for number in range(3):
        phone = wrong_phone if number == 1 else "0377-10200099"
        for column, value in enumerate(row(101 + number, phone=phone)):
            sheet.write(4 + number, column, value, book.add_format({"border": 1}))
    sheet.write_comment("C5", "局里：请核实", {"author": "局里"})
    for number, word in enumerate(("完成", "正在")):
        lists.write(number, 0, word)
        lists.write(number, 1, number + 1)
    book.define_name("结果", "=名单!$A$1:$A$2")
    sheet.data_validation("I5:I20", {"validate": "list", "source": "=名单!$A$1:$A$2"})
    sheet.conditional_format("B5:B20", {"type": "data_bar", "data_bar_2010": True})
    sheet.conditional_format(
        "I5:I20", {"type": "text", "criteria": "containing", "value": "完成", "format": red}
    )
    lists.add_sparkline("D1", {"range": "名单!B1:B2"})
    sheet.insert_image("L2", "印章.png", {"image_data": io.BytesIO(PICTURE)})
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=名单!$B$1:$B$2"})
    sheet.insert_chart("L5", chart)
    sheet.insert_textbox("L20", "填表人注意")
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.print_area("A1:J20")
    sheet.repeat_rows(2, 3)
    sheet.set_header("&L&G", {"image_left": "印章.png", "image_data_left": io.BytesIO(PICTURE)})
    sheet.set_footer("&C第 &P 页")
    sheet.set_margins(0.3, 0.3, 0.4, 0.4)
    sheet.set_v_pagebreaks([10])
    sheet.freeze_panes(4, 2)
    sheet.autofilter("A3:J7")
    sheet.set_column("C:C", 40)
    lists.add_table("F1:G3", {"columns": [{"header": "甲"}, {"header": "乙"}]})
    lists.write_url("A5", "https://example.org/")
    lists.protect()
    book.close()
    return _with_cell_pictures(made.getvalue())


def _with_cell_pictures(content: bytes) -> bytes:
    """Add a part as WPS keeps pictures inside cells: a part that no other program knows."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            if name == "[Content_Types].xml":
                told = b'<Override PartName="/xl/cellimages.xml" ContentType="application/vnd.wps-officedocument.cellimage+xml"/></Types>'
                body = body.replace(b"</Types>", told)
            if name == "xl/_rels/workbook.xml.rels":
                told = b'<Relationship Id="rId900" Type="http://www.wps.cn/officeDocument/2020/cellImage" Target="cellimages.xml"/></Relationships>'
                body = body.replace(b"</Relationships>", told)
            new.writestr(name, body)
        new.writestr(
            "xl/cellimages.xml",
            b'<etc:cellImages xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"/>',
        )
    return made.getvalue()
