"""Whether a text says anything: a post, an organisation, a problem, the number of a paper.

Which columns hold what is told by their names, alike in every ledger. A word that stands for
nothing, a total, a template nobody filled in and a reference to another sheet are no content.
"""

from __future__ import annotations

import re

from pipeline.patterns import late

ORGANISATIONS = frozenset(
    (
        ""
        "org resp_org checker_org by_org owner_org target_org issuer lab_name operator_name "
        "source_org authority declared_by office competent_body government_name"
    ).split()
)
POSTS = frozenset("post resp_post owner_post target_post".split())
SENTENCES = frozenset(
    (
        ""
        "problem root_cause measures interim_measure detail subject grounds reason "
        "withdrawn_reason not_done_reason return_reason support_measure title name"
    ).split()
)
PAPERS = frozenset("doc_no report_no basis_ref source_ref evidence_ref voucher_ref".split())

_LETTER = late("[A-Za-z\u3400-\u9fff\U00020000-\U0003ffff]")
_TOTAL = late("(?:本[页表村乡镇县])?(?:合|小|总|累|共)\\s*计[:：]?")
_NOTHING = late(
    "[暂都]?(?:无|没有)(?:内容|记录|此项|该项|填写)?|不详|不明|不知道?|未知|不清楚?|"
    "待[定查补填核]充?|未[定填]|空白?|略|"
    "无问题|没问题|没有问题|有?问题|存在问题|一切正常|正常|良好|同[上前左]|如[上题]|示范文本|"
    "请填写|此处填写|测试|test|某某|[甲乙丙丁]",
    re.I,
)
_ELSEWHERE = late(
    "(?:详细?情况)?(?:详?见|参见|参照|与|同|如)(?:附件|附表|表|台账|原件|原表|备注|上表|"
    "上述|前述|上面|左侧|图片?|清单|通报|文件|名单)"
    "[^，,。；;]{0,14}|(?:表述|内容|问题)?(?:同上|一致|相同)"
)
_UNFILLED = late(
    "[XxＸｘ×✕*＊]{2,}(?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff〔])[XxＸｘ×✕*＊]{2,}|"
    "某某(?=[村乡镇县组户局])|_{2,}|＿{2,}|"
    "[（(【\\[](?:填写?|请填|此处|如[:：]|例如|示例)[^）)】\\]]*[）)】\\]]|"
    "\\{\\{ *[A-Za-z_\u3400-\u9fff]+ *\\}\\}|"
    "<[\u3400-\u9fff]+>|年 +月|[○●]{2,}(?=[\u3400-\u9fff])"
)


def fault_of_text(column: str, cell: str) -> str | None:
    """Say why the text of a column says nothing, or None."""
    if column not in ORGANISATIONS | POSTS | SENTENCES | PAPERS:
        return None
    if not any(c.isalnum() for c in cell) or _NOTHING.fullmatch(cell) or _TOTAL.fullmatch(cell):
        return f"写的是“{cell}”，等于没有写"
    if found := _UNFILLED.search(cell):
        return f"里的“{found.group()}”是模板里要填的地方，没有填"
    if _ELSEWHERE.fullmatch(cell):
        return f"写的是“{cell}”，内容要写在这里"
    if column in PAPERS:
        return f"只有“{cell}”，不是一个文号、单号" if len(cell) < 2 else None
    letters = len(_LETTER.findall(cell))
    if letters == 0:
        return f"写的是“{cell}”，没有写字"
    return f"只写了“{cell}”一个字，看不出说的什么" if letters == 1 else None
