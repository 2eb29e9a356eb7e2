"""Names of villagers in running text: a word for a household, followed by what reads as a name.

Chinese has no capitals, so a name is a known family name, one or two characters more, and an end
that fits; words that merely begin like a name (高度, 安全, 张贴) are known and left alone.
"""

from __future__ import annotations

import re

MARK = re.compile("户|村民|居民|群众|老人|残疾人|当事人")
"""Where none of these stands, there is nothing to look for."""

_WORDS = (
    "(?<![入农每住用各分逐到进全])户主|贫困户|脱贫户|监测户|低保户|五保户|特困户|边缘户|致贫户|不稳定户|"
    "困难户|重点户|危房户|搬迁户|用水户|农户|住户|用户|村民|居民|群众|孤寡老人|独居老人|残疾人|当事人"
)
_FAMILY_NAMES = (
    "欧阳|司马|上官|诸葛|皇甫|尉迟|公孙|慕容|令狐|夏侯|东方|"
    "[王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧肖程曹袁邓许傅付沈曾彭吕苏卢"
    "蒋蔡贾丁魏薛叶阎闫余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙"
    "万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂焦向柳"
    "邢岳齐梅庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌纪靳盛童欧甄项曲游阳裴席卫查屈鲍覃霍翁隋景单"
    "包柏宁柯阮桂闵柴车冉房饶刁瞿戚丘古米晋邬臧全褚娄符穆党燕郎姬连郜晏栾冷卓仇艾蓝冼楚佟宗巫荆]"
)
_GIVEN = "(?:某{1,2}|[×*＊]{1,2}|[\u3400-\u9fff\U00020000-\U0003ffff]{1,2})"
_END = (
    '(?=$|[，,。；;、：:！!？?（）()“”"|\\s]|[0-9]|家|户|反映|反应|投诉|来电|来访|信访|表示|自述|称|'
    "说|等|的|因|未|没|缺|已|系|院内|门口|夫妇|同志|电话|身份证|手机)"
)
_LINK = "(?:[ \u3000]|姓名|[:：（(“叫是]){0,3}"
_NAMED = re.compile(
    f"(?:{_WORDS}){_LINK}(?P<after>(?:{_FAMILY_NAMES}){_GIVEN}){_END}"
    f"|(?P<before>(?:{_FAMILY_NAMES}){_GIVEN})[（(](?:{_WORDS})[)）]"
)
_NO_NAME = re.compile(
    "高[度峰处温位山于出]|马[上路]|何[时处种]|于是|余户|夏[季天]|方[便式案面位圆法]|石[头灰]|常[年住见规态]|"
    "白[天色]|万[元人户余]|段时|金[额属]|任[务何意]|陆续|江[水边]|龙头|文[明件化字]|武装|易[地发旱]|钱款|"
    "田[间地头]|许[多可]|周[边围转期]|程[度序]|曾[经有]|张贴|张榜|黄[色水泥]|林[地区]|安[全装心置排]|严[重格]|"
    "温[度水]|季[节度]|时[间段候有]|施[工行]|管[道网理护线材水]|单[独位户]|包[括保干]|关[注心于闭停键]|"
    "连[续片接]|全[部体村年面]|左右|申[请报]|查[看验清漏]|尤其|卫生|车辆|房[屋子前后]|冷水|古井|米高|"
    "苗木|齐全|项[目下]|游览|阳[光台]|景区|宁愿|符合|向[村镇上下]|党[员支]|柴[草火]|石[板子]|牛[羊栏]|"
    "谷[物场]|沈降|辛苦|盛水|贺信|童[年工]|纪[律念]|毕业|乔木|洪[水涝]|江河|汤|史上|方[可能才]|常(?:因|未|缺)"
)


def names_in(text: str) -> list[tuple[int, int]]:
    """Return where names stand that go with a word for a household or a villager."""
    found = []
    for match in _NAMED.finditer(text):
        group = "after" if match["after"] else "before"
        if not _NO_NAME.match(match[group]):
            found.append(match.span(group))
    return found


def starred(text: str) -> str:
    """Return the text with all but the family name of such names starred out."""
    parts, last = [], 0
    for start, end in names_in(text):
        parts += [text[last : start + 1], "*" * (end - start - 1)]
        last = end
    return "".join([*parts, text[last:]])
