"""What leads to one person or opens a door: addresses for mail and chat, coordinates, passwords."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.patterns import late
from pipeline.personal.detection import Detection

SUSPECT = late(
    r"[@＠]|微信|[薇威徽]信|扣扣|企鹅号|[QqＱ][QqＱ]|(?<![A-Za-z])[vVwW][xX信]|we ?chat"
    r"|[0-9]{2}\.[0-9]{4}|[东西]经|[北南]纬|经度|纬度|坐标|[0-9]°|GPS"
    r"|PRIVATE KEY|AKIA|LTAI|AKID|gh[pousr]_|github_pat|glpat-|xox[abp]-|eyJ|sk-|[Bb]earer|"
    r"pass|pwd|secret|token|key|密码|口令|密钥|令牌|//",
    re.I,
)
"""A scan over much text: where it finds nothing, there is no trace to detect."""

_MAIL = late(
    r"[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}[@＠][A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{2,63}){1,4}"
)
_IS = r"(?:号码|账号|帐号|号|id|ID)?\s*[为是]?\s*[:：=]?\s*"
_CHAT = late(
    rf"(?:[微薇威徽]信|we ?chat|(?<![A-Za-z])(?:[vV][xX]|[wW][xX]|[vV]信)){_IS}"
    r"[A-Za-z0-9][A-Za-z0-9_-]{4,19}"
    rf"|(?:[QqＱ][QqＱ]|扣扣|企鹅){_IS}[0-9０-９]{{5,12}}(?![0-9])",
    re.I,
)
_DEGREES = (
    r"[0-9]{1,3}(?:\.[0-9]+)?\s*[°度](?:\s*[0-9]{1,2}(?:\.[0-9]+)?\s*[′'’分]"
    r"(?:\s*[0-9]{1,2}(?:\.[0-9]+)?\s*[″\"”秒])?)?"
)
_PLACE = late(
    r"(?<![0-9.])(?:[34][0-9]\.[0-9]{4,}\s*[,，、;； /]\s*(?:[EeＥ东经]*\s*)?1[0-9]{2}\.[0-9]{4,}"
    r"|1[0-9]{2}\.[0-9]{4,}\s*[,，、;； /]\s*(?:[NnＮ北纬]*\s*)?[34][0-9]\.[0-9]{4,})"
    rf"|(?:[东西]经|[北南]纬|经度|纬度)[为是]?\s*[:：]?\s*(?:{_DEGREES}|[0-9]{{2,3}}\.[0-9]{{2,}})"
    rf"|[NSEWnsew]\s?{_DEGREES}|{_DEGREES}\s?[NSEW](?![A-Za-z])"
    r"|(?:坐标|GPS)[为是]?\s*[:：]?\s*[(（]?[0-9]{2,3}\.[0-9]{2,}\s*[,，]\s*[0-9]{2,3}\.[0-9]{2,}",
)
_SECRET = late(
    r"-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----.*"
    r"|(?<![A-Za-z0-9])(?:AKIA|ASIA|LTAI|AKID)[A-Za-z0-9]{12,40}"
    r"|(?<![A-Za-z0-9])(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}"
    r"|glpat-[A-Za-z0-9_-]{16,}|xox[abp]-[A-Za-z0-9-]{10,}|sk-[A-Za-z0-9_-]{16,}"
    r"|eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}(?:\.[A-Za-z0-9_-]*)?)"
    r"|[Bb]earer\s+[A-Za-z0-9._~+/-]{16,}"
    r"|(?<=//)[^\s/:@]{1,64}:[^\s/@]{1,64}(?=@)"
)
_WORD_AND_SECRET = late(
    r"(?:pass(?:word|wd|code)?|pwd|secret|(?:api|access|secret)?[ _-]?key(?:[ _-]?(?:id|secret))?"
    r"|token|密码|口令|密钥|令牌|验证码)\s*(?:[:：=＝]|[是为])\s*[\"'“]?(?P<secret>[!-~]{4,})",
    re.I,
)


def traces_in(text: str) -> Iterator[Detection]:
    """Yield every address, account, pair of coordinates and secret in a text."""
    if not SUSPECT.search(text):
        return
    for kind, pattern in (("contact", _MAIL), ("contact", _CHAT), ("place", _PLACE)):
        for found in pattern.finditer(text):
            yield Detection(kind, found.start(), found.end())  # type: ignore[arg-type]
    for found in _SECRET.finditer(text):
        yield Detection("secret", found.start(), found.end())
    for found in _WORD_AND_SECRET.finditer(text):
        yield Detection("secret", *found.span("secret"))
