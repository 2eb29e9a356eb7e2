"""Bad inputs: what clerks, spreadsheets and strangers do to a ledger, and which rule must say so.

Every case is a whole file. It must be refused (or, for a warning, forgiven aloud) by exactly the
findings named here: rule, physical line, cell number. No more, no less, whichever gates speak.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tests.shards_of import SCHEMAS, file_of, line_of

Place = tuple[str, int | None, int | None]


@dataclass(frozen=True)
class Case:
    """One bad file: what happened to it, the ledger it should be, its bytes, what must be said."""

    title: str
    ledger: str
    content: bytes
    expected: tuple[Place, ...]


BASE = "activities"
NAMES = SCHEMAS[BASE].names
HEADER = line_of(list(NAMES))
GOOD = {"title": "检修水泵，更换阀门"}
PLAIN = file_of(BASE, GOOD, {}, {})
ROW = PLAIN.splitlines(keepends=True)[1]
TITLE = SCHEMAS[BASE].column("title")


def whole(title: str, content: str | bytes, *expected: Place, ledger: str = BASE) -> Case:
    data = content if isinstance(content, bytes) else content.encode()
    return Case(title, ledger, data, expected)


def cell(ledger: str, field: str, value: str, *rules: str) -> Case:
    """Return a file of one row in which one cell is bad."""
    column = SCHEMAS[ledger].column(field)
    title = f"{SCHEMAS[ledger].title}“{SCHEMAS[ledger].by_name[field].title}”写成 {value[:30]!r}"
    content = file_of(ledger, {field: value}).encode()
    return Case(title, ledger, content, tuple((rule, 2, column) for rule in rules))


def files() -> Iterator[Case]:
    """Yield what is wrong with a file as a whole."""
    yield whole("空文件", b"", ("B13", None, None))
    yield whole("只有空格和换行", b" \n\n ", ("B13", None, None))
    yield whole("只有 BOM", b"\xef\xbb\xbf", ("B14", 1, None), ("B13", None, None))
    yield whole("只有逗号", ",,,\n,,,\n", ("B23", 1, None), ("B13", None, None))
    yield whole("BOM 开头", "\ufeff" + PLAIN, ("B14", 1, None))
    yield whole("BOM 在中间", PLAIN.replace("检修", "\ufeff检修"), ("B20", 2, TITLE))
    yield whole("GBK", PLAIN.encode("gbk"), ("B15", 2, None))
    yield whole("GB18030", PLAIN.replace("检", "𠮷").encode("gb18030"), ("B15", 2, None))
    yield whole("Big5", PLAIN.replace("修", "修繕").encode("big5", "ignore"), ("B15", 2, None))
    yield whole("UTF-16 小端", PLAIN.encode("utf-16"), ("B15", 1, None))
    yield whole("UTF-16 大端", b"\xfe\xff" + PLAIN.encode("utf-16-be"), ("B15", 1, None))
    yield whole("UTF-16 无标记", (PLAIN * 3).encode("utf-16-le"), ("B15", 2, None))
    yield whole("一个坏字节", PLAIN.encode().replace("检".encode(), b"\xff"), ("B15", 2, None))
    yield whole(
        "半个字", PLAIN.encode()[: PLAIN.encode().index("检".encode()) + 2], ("B15", 2, None)
    )
    yield whole(
        "代理码位", PLAIN.encode().replace("检".encode(), b"\xed\xa0\x80"), ("B15", 2, None)
    )
    yield whole("过长编码", PLAIN.encode().replace("检".encode(), b"\xc0\xaf"), ("B15", 2, None))
    for magic, what in (
        (b"PK\x03\x04", "xlsx"), (b"PK\x05\x06", "空压缩包"), (b"\xd0\xcf\x11\xe0", "xls"),
        (b"%PDF-1.7", "PDF"), (b"\x89PNG", "图片"), (b"\xff\xd8\xff\xe0", "照片"),
        (b"\x1f\x8b", "gzip"), (b"Rar!", "rar"), (b"{\\rtf1", "RTF"), (b"GIF89a", "动图"),
        (b"<html><table>", "网页"), (b"<?xml version='1.0'?>", "XML"), (b"\n<!DOCTYPE h>", "HTML"),
    ):  # fmt: skip
        yield whole(f"{what}改名 csv", magic + b"\x00" * 40, ("B11", None, None))
    lfs = b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"
    yield whole("LFS 指针", lfs, ("B12", 1, None))
    yield whole(
        "合并冲突", HEADER + "<<<<<<< HEAD\n" + ROW + "=======\n" + ROW + ">>>>>>> main\n",
        ("B16", 2, None), ("B16", 4, None), ("B16", 6, None),
    )  # fmt: skip
    yield whole(
        "CRLF 的合并冲突", (HEADER + "<<<<<<< HEAD\n" + ROW + "=======\n").replace("\n", "\r\n"),
        ("B16", 2, None), ("B16", 4, None),
    )  # fmt: skip
    yield whole("换行只有 CR", PLAIN.replace("\n", "\r"), ("B17", 1, None))
    yield whole("一处单独的 CR", PLAIN.replace("水泵", "水\r泵"), ("B17", 2, None))
    yield whole("CR CR LF", PLAIN.replace("\n", "\r\r\n"), ("B17", 1, None))
    yield whole("换行混用", PLAIN.replace("\n", "\r\n", 1), ("B18", None, None))
    yield whole("最后没有换行", PLAIN.rstrip("\n"), ("B19", 4, None))


def shapes() -> Iterator[Case]:
    """Yield what is wrong with the shape of a CSV."""
    yield whole("半行", PLAIN[: PLAIN.rindex(",是") - 9], ("B19", 4, None), ("B26", 4, None))
    yield whole("中间有空行", HEADER + ROW + "\n" + ROW.replace("a0001", "a0002"), ("B23", 3, None))
    yield whole("末尾大片空行", PLAIN + ",,,\n" * 200, ("B23", 5, None))
    yield whole("空格组成的行", PLAIN + "   \n", ("B23", 5, None))
    yield whole("多一格", HEADER + ROW.replace("\n", ",多\n"), ("B26", 2, None))
    yield whole("少一格", HEADER + ROW.rsplit(",", 1)[0] + "\n", ("B26", 2, None))
    yield whole("逗号没括起", PLAIN.replace("水泵，", "水泵,"), ("B26", 2, None))
    yield whole("行尾逗号", PLAIN.replace("\n", ",,\n"), ("B27", 2, None))
    yield whole("行尾一个逗号", HEADER + ROW.replace("\n", ",\n"), ("B27", 2, None))
    yield whole("引号没有关", PLAIN.replace("检修", '"检修', 1), ("B24", 2, None))
    yield whole("引号在中间", PLAIN.replace("水泵", '5"水泵', 1), ("B24", 2, None))
    yield whole("引号后有字", PLAIN.replace("检修水泵，更换阀门", '"检修"水泵'), ("B24", 2, None))
    yield whole(
        "逗号后空格再引号", PLAIN.replace("检修水泵，更换阀门", ' "检修"'), ("B24", 2, None)
    )
    yield whole("反斜杠转义", PLAIN.replace("检修水泵，更换阀门", '"检\\"修"'), ("B24", 2, None))
    yield whole("格子里换行", PLAIN.replace("检修水泵，更换阀门", '"检修\n水泵"'), ("B25", 2, None))
    yield whole("格子里空一行", PLAIN.replace("检修水泵，更换阀门", '"检修\n\n水泵"'),
                ("B23", 3, None), ("B25", 2, None))  # fmt: skip
    for mark in ";\t|":
        yield whole(f"用{mark!r}分隔", PLAIN.replace(",", mark), ("B46", 1, None))
    yield whole("用中文逗号分隔", PLAIN.replace(",", "，"), ("B46", 1, None))
    yield whole("sep=, 开头", "sep=,\n" + PLAIN, ("B45", 1, None))
    yield whole("sep=; 开头", "sep=;\n" + PLAIN.replace(",", ";"), ("B46", 1, None))
    yield whole("标题行", "南召县工作活动台账,,\n" + PLAIN, ("B45", 1, None))
    yield whole("两行标题", "南召县\n单位：水利局  日期：8月\n" + PLAIN, ("B45", 1, None))
    yield whole("注释行", "# 导出于8月\n" + PLAIN, ("B45", 1, None))
    yield whole("没有表头", ROW * 2, ("B49", 1, None))
    yield whole("不是台账", "甲,乙,丙\n1,2,3\n", ("B49", 1, None))
    titles = ",".join(f.title for f in SCHEMAS[BASE].fields) + "\n"
    yield whole("中文表头", titles + ROW, ("B44", 1, None))
    yield whole("中文表头加标题行", "台账\n" + titles + ROW, ("B45", 1, None))
    yield whole("列号行", HEADER + line_of([str(n + 1) for n in range(len(NAMES))]) + ROW,
                ("B47", 2, None))  # fmt: skip
    yield whole("带圈列号行", HEADER + line_of([chr(0x2460 + n) for n in range(len(NAMES))]) + ROW,
                ("B47", 2, None))  # fmt: skip
    for total in ("合计", "小计", "总计", "合 计", "本页小计", "合计："):
        row = [total, *[""] * (len(NAMES) - 2), "3"]
        yield whole(f"{total}行", HEADER + ROW + line_of(row), ("B47", 3, None))
    row = ["", "合计", *[""] * (len(NAMES) - 2)]
    yield whole("合计在第二格", HEADER + ROW + line_of(row), ("B47", 3, None))
    yield whole("又一个表头", PLAIN + HEADER, ("B48", 5, None))
    last = len(NAMES)
    yield whole("重复的列", PLAIN.replace(HEADER, HEADER.replace("audience", "org")),
                ("B42", 1, 10), ("B41", 1, None))  # fmt: skip
    yield whole("少一列", HEADER.rsplit(",", 1)[0] + "\n", ("B41", 1, None))
    yield whole("多一列", HEADER.replace("\n", ",beizhu\n"), ("B40", 1, last + 1))
    yield whole("列名写错", HEADER.replace("held_on", "hold_on"), ("B40", 1, 4))
    yield whole("列名大写", HEADER.replace("held_on", "Held_On"), ("B40", 1, 4))
    yield whole("列名有空格", HEADER.replace("held_on", " held_on"), ("B40", 1, 4))
    yield whole("一列写中文", HEADER.replace("held_on", "日期"), ("B40", 1, 4))
    yield whole("列名空着", HEADER.replace("held_on", ""), ("B40", 1, 4), ("B41", 1, None))
    yield whole("两列对调", HEADER.replace("kind,held_on", "held_on,kind"), ("B43", 1, 3))


def characters() -> Iterator[Case]:
    """Yield characters that deceive the eye, in the middle of a cell."""
    for code in (
        0x0, 0x1, 0x7, 0x8, 0x9, 0xB, 0xC, 0x1B, 0x7F, 0x80, 0x85, 0x9F, 0xA0, 0xAD, 0x34F, 0x61C,
        0x115F, 0x1160, 0x1680, 0x180E, 0x2003, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2028,
        0x2029, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x202F, 0x2060, 0x2064, 0x2066, 0x2067,
        0x2068, 0x2069, 0x2800, 0x3164, 0xFEFF, 0xFFA0, 0xFFFC, 0xFFFD, 0xFDD0, 0xFFFE, 0xFFFF,
        0x1FFFE, 0x10FFFF, 0xE000, 0xF8FF, 0xF0000, 0x100000, 0x2E84, 0x2EC4, 0x2F00, 0x2FD5,
        0x31C0, 0xF900, 0xFA0D, 0xFA10, 0xFA2D, 0xFAD9, 0x2F800, 0xFE0F, 0xE0100, 0xE0041,
    ):  # fmt: skip
        yield cell(BASE, "title", f"板山{chr(code)}坪", "B20")
    yield cell(BASE, "title", "⻄峡县", "B20")
    yield cell(BASE, "title", "⽔库", "B20")
    yield cell(BASE, "title", "cafe\u0301 水厂", "B21")
    yield cell(BASE, "title", "が\u3099水".replace("が", "か"), "B21")
    for text in ("锟斤拷", "水厂锟斤拷锟", "烫烫烫", "å—å\x8f¬å\u008e¿"[:2] + "â€œ", "ÄÏÕÙÏØ"):
        yield cell(BASE, "title", text, "B22")
    yield cell(BASE, "title", "南召县".encode().decode("gbk", "ignore"), "B22")
    yield cell(BASE, "title", "供水工程。水质".encode().decode("gb18030", "ignore"), "B22")
    for blank in (" ", "　"):
        yield cell(BASE, "title", f"{blank}检修", "B31")
        yield cell(BASE, "title", f"检修{blank}", "B31")
        yield cell(BASE, "title", blank * 2, "B31")
        yield cell(BASE, "org", blank, "B31")
        yield cell(BASE, "activity_id", f"nanzhao-a0001{blank}", "B31")
    yield cell("issue_events", "event", "登记 ", "B31")
    yield cell(BASE, "title", "长" * 4001, "B30")


def spreadsheets() -> Iterator[Case]:
    """Yield what Excel and WPS do on their own."""
    for damage in ("#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "########"):
        yield cell(BASE, "title", damage, "B32")
    yield cell("works", "population", "#VALUE!", "B32")
    for code in ("4.11321E+11", "4.11321E+08", "4.11E11", "4E+11"):
        yield cell("issues", "village_code", code, "B34")
    for number in ("1.38E+10", "1.39001e+10"):
        yield cell("issues", "resp_phone", number, "B34")
    yield cell("works", "population", "1.2E+4", "B34")
    yield cell("units", "gb_code", "4.11E+05", "B34")
    for day in (
        "2022/8/20", "2022/08/20", "2022.8.20", "2022-8-20", "2022年8月20日", "2022年08月20",
        "44793", "44793.0", "2022-08-20 00:00:00", "2022/8/20 0:00", "2022 - 8 - 20",
    ):  # fmt: skip
        yield cell("issues", "found_on", day, "B36")
    for value in ("２０２２-08-20", "2022－08－20", "٢٠٢٢-08-20"):
        yield cell("issues", "found_on", value, "B33")
    for field, value in (
        ("village_code", "４１１３２１１０３２０１"), ("resp_phone", "０３７７-63123456"),
        ("resp_phone", "0377－63123456"), ("issue_id", "nanzhao-２０２２-0031"), ("seq_no", "１２"),
        ("seq_no", "١٢"), ("works_id", "ｎanzhao-w0001"), ("seq_no", "𝟏𝟐"),
    ):  # fmt: skip
        yield cell("issues", field, value, "B33")
    yield cell("works", "price_yuan_m3", "２．５", "B33")


CELLS: tuple[tuple[str, str, str, str], ...] = (
    ("S01", "issues", "handling", ""),
    ("S01", "issues", "issue_id", ""),
    ("S01", "issues", "unit_id", ""),
    ("S01", "issues", "seq_no", ""),
    ("S01", "issues", "problem", ""),
    ("S01", "issues", "measures", ""),
    ("S01", "issues", "resp_person", ""),
    ("S01", "issues", "resp_phone", ""),
    ("S01", "issues", "found_on", ""),
    ("S01", "issues", "due_on", ""),
    (
        "S02",
        "issues",
        "due_on",
        "8月20日前~2022年8月底~2022-08~8.20~20220820~立行立改~长期坚持~明天~-",
    ),
    ("S02", "issues", "due_on", "2022-02-30~2022-13-01~2022-00-10~22-8-25~2022-08-2O"),
    ("S02", "issues", "due_on", "0022-08-25~1948-12-31~2101-01-01~9999-12-31~2022-08-20T09:30"),
    ("S03", "works", "population", "1_000~+5~1,200~1，200~约500~3.2万~500人~-~0x10~五百~NaN~INF"),
    ("S03", "works", "population", "3.5~1 200~--5~5-~1,2~无~500余~9999999999999999~½~²~1e"),
    ("S04", "works", "price_yuan_m3", "1_000.5~+2.5~INF~-INF~NaN~2.~.5~2.5元~约2.5~1.1234567"),
    ("S04", "works", "price_yuan_m3", "2,5~2..5~二块五~<2.5~2.5/3~2.5.1~1 000.5"),
    ("S05", "works", "has_lab", "√~Y~true~1~有~是的~否？~TRUE~×"),
    (
        "S06",
        "issue_events",
        "satisfaction",
        "未完成~不满意 度~100%~√~满~非常满意~NaN~已满意?~满意满意",
    ),
    ("S06", "issues", "handling", "立行立改、限期~限 期~长期坚持~限期，~立即整改~1"),
    ("S06", "issues", "channel", "省检查~督导 组~12346~行风"),
    ("S07", "issues", "works_id", "NANZHAO-w0001~nanzhao_w0001~南召-w0001~nanzhao w0001~<b>"),
    ("S07", "issues", "works_id", "nanzhao/w0001~../etc/passwd~nanzhao-w0001;~con.csv~=1+1~@a"),
    (
        "S07",
        "issues",
        "village_code",
        "41132110320~4113211032011~41132110320a~4113211032~-41132110320",
    ),
    ("S07", "issues", "resp_phone", "037763123456~37763123456~63123456~1390000123~139000012345"),
    ("S07", "issues", "resp_phone", "0377 63123456~(0377)63123456~无~400-12-3456~0377-63123456转8"),
    ("S07", "issues", "resp_phone", "12000000000~0377--63123456~+0377-63123456~0377-63123456-"),
    ("S07", "projects", "works_ids", "南召一厂~nanzhao_w0001"),
    ("S07", "phone_checks", "called_at", "2022-08-10 09:30~2022-08-10T9:30~2022-08-10T24:00~09:30"),
    ("S07", "phone_checks", "called_at", "2022-02-30T09:30~2022-08-10T09:60~2022-08-10"),
    ("S07", "issues", "resp_phone", "0377-63123456、0377-63123457~0377-63123456（24小时）"),
    ("S07", "phones", "number", "0377-60001234/13800138000~138-0013-8000~0377-60001234转8001"),
    ("S07", "phones", "number", "4001234567~400 123 4567~60001234~+8613800138000"),
    ("S03", "works", "population", "007~00~-05"),
    ("S08", "issues", "resp_org", "长" * 101),
    ("S08", "issues", "problem", "长" * 1001),
    ("S08", "issues", "co_persons", "|".join(["张三"] * 400)),
    ("S09", "works", "population", "-3"),
    ("S09", "works", "price_yuan_m3", "-2.5"),
    ("S09", "test_frequency", "scale_no", "6~0"),
    ("S09", "works", "built_year", "98~2101"),
    ("S09", "funds", "fund_year", "20222~22"),
    ("S10", "projects", "works_ids", "b|a~a||b~|a~a|~a|a~a |b~||~|"),
    (
        "S10",
        "projects",
        "works_ids",
        "nanzhao-w0002、nanzhao-w0003~nanzhao-w0002,nanzhao-w0003~a；b~a/b",
    ),
    ("S10", "water_tests", "posted_at", "网站|厂站~厂站、网站~厂站|厂站"),
    ("S11", "water_tests", "posted_at", "厂站|网站|村|墙上~墙上~网 站~厂站|网络"),
    ("S12", "issues", "resp_person", "同上~待定~无~暂无~空缺~不详~未定~NA~N/A~null~None~test~测试"),
    ("S12", "issues", "resp_person", "负责人~管水员~村支书~张书记~李主任~王局长~赵先生~村干部"),
    ("S12", "issues", "resp_person", "张某~李某某~某某~王~甲~张 三~王　强~张三、李四~张三，李四"),
    (
        "S12",
        "issues",
        "resp_person",
        "张三/李四~张三(镇长)~张三（镇长）~0377-63123456~张三1~示例１",
    ),
    (
        "S12",
        "issues",
        "resp_person",
        "阿依古丽.买买提~阿依古丽•买买提~阿依古丽・买买提~·张三~张三·",
    ),
    ("S12", "issues", "resp_person", "张*~张**~张X~ZhangSan~zhang san~张三?~-~/~—~？~张三。~😀"),
    ("S12", "issues", "resp_person", "<b>张三</b>~=张三~'张三~" + "张三李四" * 7),
    ("S12", "responsibilities", "name", "待定~李镇长~局长赵测一~赵测一局长~卧龙区水利局"),
    ("S12", "responsibilities", "name", "见公示牌~由村委会负责~村民自管~水厂职工~各村自管"),
    (
        "S12",
        "responsibilities",
        "name",
        "赵测一 钱测二~赵测一、钱测二~赵测一和钱测二~赵测一/钱测二",
    ),
    ("S14", "responsibilities", "name", "赵测一钱测二~张三李四"),
    ("S13", "responsibilities", "post", "-~0~合计~无~—"),
    ("S13", "responsibilities", "org", "-~合计~0~无"),
    ("S13", "water_tests", "lab_name", "-~0~合计~不详"),
    ("S13", "documents", "doc_no", "-~0~合计~无~宛水农〔2022〕XX号"),
    ("S13", "issues", "problem", "XXX乡镇XXX村水压低~与表1表述一致~无~见附件~1~水~____"),
    ("S09", "issues", "due_on", "2100-12-31~1970-01-01"),
    ("S09", "water_tests", "sampled_on", "1970-01-01~2099-08-10"),
    ("B16", "issues", "problem", "水压低<<<<<<< HEAD"),
    ("B22", "issues", "problem", "????????~水压??低~？？？？"),
    ("B22", "responsibilities", "name", "寮犱笁"),
    ("B22", "issues", "problem", "涓夌粍"),
    ("S12", "patrol_roster", "name", "王主任~孙师傅"),
    ("S12", "issues", "co_persons", "张三|李主任~张三|无"),
    ("S13", "issues", "measures", "同上~NA~null~n/a~None~nan~……~×××"),
    (
        "PR01",
        "issues",
        "problem",
        "户主身份证411321199003071290~４１１３２１１９９００３０７１２９０",
    ),
    ("PR01", "issues", "problem", "411321 19900307 1290~4113-2119-9003-0712-90~41132119900307001x"),
    ("PR01", "issues", "problem", "41132119900307001Ｘ~411321900307129~411321.19900307.1290"),
    ("PR01", "issues", "problem", "4 1 1 3 2 1 1 9 9 0 0 3 0 7 1 2 9 0~411321199003071291"),
    (
        "PR01",
        "issues",
        "problem",
        "４１１３２１　１９９００３０７　１２９０~证号：411321199003071290号",
    ),
    ("PR01", "issues", "issue_id", "411321199003071290"),
    (
        "PR02",
        "issues",
        "remark",
        "联系13900001234~139 0000 1234~139-0000-1234~１３９００００１２３４",
    ),
    ("PR02", "issues", "remark", "+86 13900001234~8613900001234~139.0000.1234~tel13900001234"),
    ("PR02", "issues", "remark", "电话:1 3 9 0 0 0 0 1 2 3 4"),
    ("PR02", "inspections", "note", "村民电话 15800001234"),
    ("PR03", "funds", "voucher_ref", "卡号6222020000000000026~4367420000000009"),
    ("PR03", "funds", "voucher_ref", "6222 0200 0000 0000 026"),
    (
        "PR04",
        "issues",
        "problem",
        "户主张三~贫困户李四家缺水~脱贫户王某某反映水压低~村民赵小虎来电",
    ),
    ("PR04", "issues", "problem", "低保户：孙五~孙五（户主）家水表坏~监测户 周八~独居老人吴秀英家"),
    ("PR05", "issues", "measures", "发到 zhangsan@example.com~微信：abc_12345~QQ号12345678"),
    ("PR02", "issues", "problem", "电话(139)0000-1234~139，0000，1234~一三九〇〇〇〇一二三四"),
    ("PR02", "issues", "problem", "幺三九零零零零幺二三四~壹叁玖零零零零壹贰叁肆~139零零零零1234"),
    ("PR04", "issues", "problem", "低保家庭李秀英断水~五保老人李秀英断水~四组王建国家断水"),
    ("PR06", "issues", "problem", "在33.123456,112.654321处漏水~东经112°30′15″处漏水"),
    ("PR07", "issues", "remark", "密码：abcd1234~password=hunter22~AKIAIOSFODNN7EXAMPLE"),
)
"""Rule, ledger, column, and values ("~" between them) that the rule alone must refuse."""


def cells() -> Iterator[Case]:
    """Yield cells that are not what their column asks for, or that no column may hold."""
    for rule, ledger, field, values in CELLS:
        for value in values.split("~"):
            yield cell(ledger, field, value, rule)
    yield cell("issues", "resp_person", "张三13900001234", "S12", "PR02")


CASES: tuple[Case, ...] = tuple(
    case for make in (files, shapes, characters, spreadsheets, cells) for case in make()
)
"""Every bad input that is tried; the README says how many."""
