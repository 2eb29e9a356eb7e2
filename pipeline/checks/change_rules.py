"""The rules of the change gate: what may not happen to a record once it is registered.

They judge the difference between two states, so they cannot be told from one state alone. Most may
be silenced by a waiver that stands in the same change and is published with its reason.
"""

from __future__ import annotations

from pipeline.findings import Rule, Severity


def _rule(
    id: str, sentence: str, remedy: str, source: str, why: str, severity: Severity = "error"
) -> Rule:
    return Rule(id, "changes", severity, sentence, remedy, source=source, why=why)


WAIVER = "确实要改的，在同一次改动里往 city/waivers.csv 加一行：规则、台账、记录、批准单位、理由"

ROW_REMOVED = _rule(
    "CH01",
    "登记过的记录不删",
    f"恢复这一行；不再有效的，登记作废、撤回，或填失效日期。{WAIVER}",
    "改动有据",
    "少了一行，别人看不出它曾经有过",
)
RENUMBERED = _rule(
    "CH02",
    "编号登记以后不改、不换给别的记录",
    f"用回原来的编号；新的记录编新的号。{WAIVER}",
    "改动有据",
    "编号变了，从前的网址、公示牌和交办单都对不上",
)
DEADLINE = _rule(
    "CH03",
    "首次整改时限不改",
    f"改回原来的时限；批准延期的，在流转里登记“延期批准”，写明批准单位和延期至。{WAIVER}",
    "O-13",
    "时限往后一挪，逾期就不见了",
)
FOUND = _rule(
    "CH04",
    "发现日期不改",
    f"改回原来的日期；登记错了的，作废这一条，另登记一条。{WAIVER}",
    "O-13",
    "发现日期决定时限从哪天起算、算不算此前的问题",
)
INWARD = _rule(
    "CH05",
    "上级查出的问题不改成自己查出的",
    f"改回原来的渠道和层级。{WAIVER}",
    "五.2、六.1",
    "自查和督查扣分不同，改了来源就改了得分",
)
WORDING = _rule(
    "CH06",
    "问题和根源的说法登记以后不改",
    f"改回原来的话；要补充的，写在整改措施或备注里。{WAIVER}",
    "O-13",
    "话改轻了，问题就看着小了",
)
EVENT_REMOVED = _rule(
    "CH07",
    "流转记录不删",
    f"恢复这一行；登记错了的，再登记一条更正的事项。{WAIVER}",
    "改动有据",
    "整改走过哪几步，靠流转记录作证",
)
EVENT_EDITED = _rule(
    "CH08",
    "流转记录登记以后不改",
    f"改回原样；日期、单位、满意度写错了的，退回后重新登记。{WAIVER}",
    "改动有据",
    "核查结果和满意度改一个字，状态和得分就变",
)
EVENT_INSERTED = _rule(
    "CH09",
    "新的事项不插到已经公布的事项前面",
    f"核对日期；漏登的，用今天登记，原因里写明实际日期。{WAIVER}",
    "改动有据",
    "补在前面的一步，会改写已经公布过的状态",
)
LATE_ENTRY = _rule(
    "CH10",
    "发生的事七天内登记",
    "核对日期；确是补记的不用改，审核的人会看到",
    "O-22",
    "很久以后才补记的事，别人很难核实",
    "warning",
)
SHRINKS = _rule(
    "CH11",
    "户数、人口、工程不随意减少",
    f"核对数字。{WAIVER}",
    "O-2",
    "分母少了，比例就好看了",
)
RETIRED = _rule(
    "CH12",
    "工程停用有去向",
    f"写明状态日期和并入工程。{WAIVER}",
    "O-2",
    "停用的工程不再要求检测、公示，村里的水从哪来要说清",
)
BACK_DATED = _rule(
    "CH13",
    "填过的日期不往前改",
    f"改回原来的日期。{WAIVER}",
    "五.5①、六.3",
    "公示、报送、检测的日期往前一挪，逾期就不见了",
)
SWAPPED = _rule(
    "CH14",
    "换人另起一行",
    f"原来的一行填任职止，新的人另登记一行，写任职起。{WAIVER}",
    "G4",
    "直接改名字，就看不出哪天换的人、公示更换及时不及时",
)
SELF_VERIFIED = _rule(
    "CH15",
    "现场核查不由整改单位自己做",
    f"由另一个单位核查，再登记。{WAIVER}",
    "O-14、上报不等于核实",
    "自己核查自己，等于没有核查",
)
MANY_AT_ONCE = _rule(
    "CH16",
    "整改完成不集中在时限最后一天",
    "不用改；审核的人会看到，可以抽几件到现场核对",
    "O-6",
    "最后一天一起报完成，常是赶着填的",
    "warning",
)
OTHER_UNIT = _rule(
    "CH17",
    "一次改动只改一个单位的台账",
    "各单位分开提交",
    "各记各的",
    "一个单位的人改了另一个单位的台账，那个单位不知道",
    "warning",
)
FOREIGN_UNIT = _rule(
    "CH18",
    "只改自己单位的台账",
    "去掉别的单位的改动，请那个单位自己提交",
    "各记各的",
    "一个单位的人改了另一个单位的台账，那个单位不知道",
)
RULES_WITH_DATA = _rule(
    "CH19",
    "数据和规矩不在一次改动里一起改",
    "参照表、口径、行动设置、表结构和程序另外提交，由市里审",
    "各记各的",
    "规矩和数据一起变，看不出结果是哪一个改出来的",
)
FILE_MISSING = _rule(
    "CH20",
    "台账文件不少",
    "恢复这个文件；没有记录的台账也留着表头",
    "改动有据",
    "少了一个文件，里面的记录都没了",
)
MODE = _rule(
    "CH21",
    "数据目录里只有普通文件",
    "删掉链接、子模块和可执行标记，放普通文件",
    "格式约定",
    "链接和子模块可以指到别处，内容不受检查",
)
FIXED = _rule(
    "CH22",
    "登记时写定的格子不改",
    f"改回原来的值；记错了的，撤回或作废这一条，另登记一条。{WAIVER}",
    "改动有据",
    "事后改动的记录不能作证",
)
ONCE = _rule(
    "CH23",
    "补填过的格子不再改，也不清空",
    f"改回原来的值。{WAIVER}",
    "改动有据",
    "补填一次就定下来，别人才靠得住",
)
REASONED = _rule(
    "CH24",
    "改这一格要写明理由",
    WAIVER,
    "改动有据",
    "改这一格会改变统计或责任，要让人看到为什么",
)
WAIVER_LONGER = _rule(
    "CH25",
    "豁免不悄悄延长",
    "改回原来的失效日期；还要豁免的，另批一条",
    "改动有据",
    "延长等于没有期限",
)
UNREADABLE = _rule(
    "CH26",
    "改动以前的文件读得出来",
    "不用改；读不出来的行没有比较，审核的人要自己看",
    "格式约定",
    "从前的行读不出来，就不知道改了什么",
    "warning",
)
REGISTERED_AGAIN = _rule(
    "CH27",
    "作废的问题不换个时限再登记",
    "不用改；审核的人会看到，请核对为什么作废，时限该从哪天起算",
    "O-13",
    "作废以后再登记一遍，时限就重新起算了",
    "warning",
)
