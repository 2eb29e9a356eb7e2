# ruff: noqa: D102, D105, E501, I001
# fmt: off
"""Row classes and words of every ledger. Made by `make rows` from `schemas/`; not edited by hand.

For each ledger: the words of its columns with a fixed choice (a type and a tuple in the order of
the schema), the names of its columns, and the class of its rows. Where some columns are for nobody
outside, the class of what may be shown of a row stands beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, get_args, overload

from pipeline.rowtypes.row import Index, Row


AccountabilityMeasure = Literal["责令整改", "警示约谈", "通报批评"]
"""追责问责·措施：责令整改、警示约谈或通报批评。"""
ACCOUNTABILITY_MEASURE: tuple[AccountabilityMeasure, ...] = get_args(AccountabilityMeasure)
AccountabilityColumn = Literal["measure_id", "unit_id", "decided_on", "measure", "target_org", "target_post", "grounds", "issue_ids", "basis_ref", "due_on", "feedback_on", "is_public"]


class ShownAccountabilityRow(Row):
    """追责问责（accountability）里可以公开的列：看得到的行是它。"""

    __slots__ = ()
    table = "accountability"
    measure_id: str
    """编号：措施编号。"""
    unit_id: str
    """单位：所属单位的编号，和所在目录一致。"""
    decided_on: date
    """日期：作出决定的日期。"""
    measure: AccountabilityMeasure
    """措施：责令整改、警示约谈或通报批评。"""
    target_org: str
    """对象单位：对哪个单位。"""
    grounds: str
    """事由：因为什么。"""
    issue_ids: tuple[str, ...]
    """台账编号：涉及哪些问题。"""
    basis_ref: str
    """依据：文号或单号。"""
    due_on: date | None
    """整改期限：要求整改完成的日期。"""
    feedback_on: date | None
    """反馈日期：单位反馈的日期。"""
    is_public: bool
    """可公开：可以对外公布的写“是”。"""


class AccountabilityRow(ShownAccountabilityRow):
    """追责问责（accountability）：一次追责措施，只写岗位，不写人。"""

    __slots__ = ()
    table = "accountability"
    target_post: str | None
    """对象职务：对哪个岗位，不写姓名，不对外。"""


ActivityKind = Literal["领导督查", "安排部署", "培训", "演练", "宣传", "典型发言", "经验转发", "对接乡村振兴"]
"""工作活动·类别：哪一类工作。"""
ACTIVITIES_KIND: tuple[ActivityKind, ...] = get_args(ActivityKind)
ActivityHostLevel = Literal["县", "市", "省", "国家"]
"""工作活动·主办或媒体层级：主办单位或媒体是哪一级。"""
ACTIVITIES_HOST_LEVEL: tuple[ActivityHostLevel, ...] = get_args(ActivityHostLevel)
ActivityLeaderRole = Literal["党委主要领导", "政府主要领导", "其他领导"]
"""工作活动·领导身份：领导督查的，是什么身份的领导。"""
ACTIVITIES_LEADER_ROLE: tuple[ActivityLeaderRole, ...] = get_args(ActivityLeaderRole)
ActivityAudience = Literal["管水员", "乡镇干部", "村干部", "水厂人员", "其他"]
"""工作活动·参加对象：哪些人参加。"""
ACTIVITIES_AUDIENCE: tuple[ActivityAudience, ...] = get_args(ActivityAudience)
ActivityColumn = Literal["activity_id", "unit_id", "kind", "held_on", "host_level", "title", "leader_role", "place_ids", "org", "audience", "people_count", "doc_no", "url", "evidence_ref", "has_evidence", "is_public"]


class ShownActivityRow(Row):
    """工作活动（activities）里可以公开的列：看得到的行是它。"""

    __slots__ = ()
    table = "activities"
    activity_id: str
    """编号：活动编号。"""
    unit_id: str
    """单位：所属单位的编号，和所在目录一致。"""
    kind: ActivityKind
    """类别：哪一类工作。"""
    held_on: date
    """日期：哪一天。"""
    host_level: ActivityHostLevel
    """主办或媒体层级：主办单位或媒体是哪一级。"""
    title: str
    """事项：做了什么。"""
    leader_role: ActivityLeaderRole | None
    """领导身份：领导督查的，是什么身份的领导。"""
    place_ids: tuple[str, ...]
    """到访对象：到过哪些工程或村。"""
    org: str | None
    """主办单位或媒体：主办单位或媒体名称。"""
    audience: tuple[ActivityAudience, ...]
    """参加对象：哪些人参加。"""
    people_count: int | None
    """人次：参加的人次。"""
    doc_no: str | None
    """文号：文号。"""
    url: str | None
    """网址：公开的网址。"""
    has_evidence: bool | None
    """有佐证：有没有佐证；材料本身不公开。"""
    is_public: bool
    """可公开：可以对外公布的写“是”。"""


class ActivityRow(Row):
    """工作活动（activities）：有日期的一件工作：督查、培训、演练、宣传等。"""

    __slots__ = ()
    table = "activities"
    activity_id: str
    """编号：活动编号。"""
    unit_id: str
    """单位：所属单位的编号，和所在目录一致。"""
    kind: ActivityKind
    """类别：哪一类工作。"""
    held_on: date
    """日期：哪一天。"""
    host_level: ActivityHostLevel
    """主办或媒体层级：主办单位或媒体是哪一级。"""
    title: str
    """事项：做了什么。"""
    leader_role: ActivityLeaderRole | None
    """领导身份：领导督查的，是什么身份的领导。"""
    place_ids: tuple[str, ...]
    """到访对象：到过哪些工程或村。"""
    org: str | None
    """主办单位或媒体：主办单位或媒体名称。"""
    audience: tuple[ActivityAudience, ...]
    """参加对象：哪些人参加。"""
    people_count: int | None
    """人次：参加的人次。"""
    doc_no: str | None
    """文号：文号。"""
    url: str | None
    """网址：公开的网址。"""
    evidence_ref: str | None
    """佐证：档案号或文件摘要；材料本身不入库。"""
    is_public: bool
    """可公开：可以对外公布的写“是”。"""


AssignmentChannel = Literal["自查", "大排查", "乡村振兴靶向整改", "国家后评估", "省后评估", "专项核查", "监督检查", "考核验收", "督导组", "暗访", "舆情", "信访", "行风热线", "12345", "12314", "其他"]
"""交办问题·来源渠道：问题从哪里来。"""
ASSIGNMENTS_CHANNEL: tuple[AssignmentChannel, ...] = get_args(AssignmentChannel)
AssignmentFromLevel = Literal["市", "省", "国家"]
"""交办问题·交办层级：哪一级交办的。"""
ASSIGNMENTS_FROM_LEVEL: tuple[AssignmentFromLevel, ...] = get_args(AssignmentFromLevel)
AssignmentColumn = Literal["assignment_id", "unit_id", "channel", "from_level", "assigned_on", "due_on", "subject", "visit_id", "basis_ref", "withdrawn_on", "withdrawn_reason", "is_public"]


class AssignmentRow(Row):
    """交办问题（assignments）：市、省、国家交给一个单位的一个问题。"""

    __slots__ = ()
    table = "assignments"
    assignment_id: str
    """编号：交办编号。"""
    unit_id: str
    """单位：所属单位的编号，和所在目录一致。"""
    channel: AssignmentChannel
    """来源渠道：问题从哪里来。"""
    from_level: AssignmentFromLevel
    """交办层级：哪一级交办的。"""
    assigned_on: date
    """交办日期：交办日期。"""
    due_on: date
    """整改期限：要求整改完成的日期。"""
    subject: str
    """问题：交办的问题。"""
    visit_id: str | None
    """检查：依据的检查。"""
    basis_ref: str
    """文号或单号：文号或单号。"""
    withdrawn_on: date | None
    """撤回日期：查错了撤回的日期，和撤回原因一起填。"""
    withdrawn_reason: str | None
    """撤回原因：为什么撤回。"""
    is_public: bool
    """可公开：可以对外公布的写“是”。"""


ChecklistItemChecklist = Literal["六有两确保", "责任公示", "厂站管理", "化验检测", "消毒", "宣传资料", "水质公示"]
"""检查项目·清单：属于哪张清单。"""
CHECKLIST_ITEMS_CHECKLIST: tuple[ChecklistItemChecklist, ...] = get_args(ChecklistItemChecklist)
ChecklistItemPlaceTypes = Literal["县", "乡镇", "村", "工程", "网站", "电话", "市"]
"""检查项目·适用对象：这个项目适用于哪些对象。"""
CHECKLIST_ITEMS_PLACE_TYPES: tuple[ChecklistItemPlaceTypes, ...] = get_args(ChecklistItemPlaceTypes)
ChecklistItemWorksClasses = Literal["千吨万人", "千人以上", "千人以下", "城市管网延伸"]
"""检查项目·适用类别：只适用于哪些类别的工程；空着是都适用。"""
CHECKLIST_ITEMS_WORKS_CLASSES: tuple[ChecklistItemWorksClasses, ...] = get_args(ChecklistItemWorksClasses)
ChecklistItemClauseId = Literal["一.1", "一.2", "二.2", "三.1", "三.2", "三.3", "四.1", "四.2", "四.3", "四.4", "五.1", "五.2", "五.3", "五.4①", "五.4②", "五.4③", "五.4④", "五.4⑤", "五.5①", "五.5②", "六.1", "六.2", "六.3"]
"""检查项目·对应条款：扣分时算哪一条；空着是只记事实。"""
CHECKLIST_ITEMS_CLAUSE_ID: tuple[ChecklistItemClauseId, ...] = get_args(ChecklistItemClauseId)
ChecklistItemColumn = Literal["item_code", "label", "checklist", "place_types", "works_classes", "clause_id", "basis", "valid_from", "valid_to", "source", "is_verified"]


class ChecklistItemRow(Row):
    """检查项目（checklist_items）：检查清单上的一个问题；一个问题最多对应一条考评条款。"""

    __slots__ = ()
    table = "checklist_items"
    item_code: str
    """项目编号：两个字母加数字，一个项目一个。"""
    label: str
    """检查内容：检查时要回答的问题。"""
    checklist: ChecklistItemChecklist
    """清单：属于哪张清单。"""
    place_types: tuple[ChecklistItemPlaceTypes, ...]
    """适用对象：这个项目适用于哪些对象。"""
    works_classes: tuple[ChecklistItemWorksClasses, ...]
    """适用类别：只适用于哪些类别的工程；空着是都适用。"""
    clause_id: ChecklistItemClauseId | None
    """对应条款：扣分时算哪一条；空着是只记事实。"""
    basis: str
    """依据：依据文件的哪一处。"""
    valid_from: date
    """生效日：从这一天起，当天算在内。"""
    valid_to: date | None
    """失效日：到这一天止，当天算在内；空白是仍在。"""
    source: str
    """出处：这一行从哪里来：文件和条款，或见过的资料。"""
    is_verified: bool
    """已核实：是否见过原件；没有的在方法页标为待核。"""


DivisionDivisionLevel = Literal["乡级", "村级"]
"""行政区划·级别：乡级或村级。"""
DIVISIONS_DIVISION_LEVEL: tuple[DivisionDivisionLevel, ...] = get_args(DivisionDivisionLevel)
DivisionDivisionKind = Literal["镇", "乡", "街道", "其他乡级", "村委会", "居委会", "其他村级"]
"""行政区划·类型：村委会、居委会、镇、乡、街道等。"""
DIVISIONS_DIVISION_KIND: tuple[DivisionDivisionKind, ...] = get_args(DivisionDivisionKind)
DivisionColumn = Literal["division_code", "name", "short_name", "division_level", "division_kind", "parent_code", "unit_id", "aliases", "valid_from", "valid_to", "source", "is_verified"]


class DivisionRow(Row):
    """行政区划（divisions）：乡镇级和村级区划，一行是一个；管理单位和所在行政区分开记。"""

    __slots__ = ()
    table = "divisions"
    division_code: str
    """区划代码：统计用区划代码，乡级9位，村级12位。"""
    name: str
    """名称：区划表里的全称，照原样。"""
    short_name: str
    """简称：平时说的短名字，页面上用。"""
    division_level: DivisionDivisionLevel
    """级别：乡级或村级。"""
    division_kind: DivisionDivisionKind
    """类型：村委会、居委会、镇、乡、街道等。"""
    parent_code: str | None
    """上级：村级写所在乡镇的9位代码；乡级空着。"""
    unit_id: str
    """管理单位：由哪个单位管，不看代码的前六位。"""
    aliases: tuple[str, ...]
    """别名：常见的别的写法，用竖线隔开；查找和导入时认得。"""
    valid_from: date
    """生效日：从这一天起，当天算在内。"""
    valid_to: date | None
    """失效日：到这一天止，当天算在内；空白是仍在。"""
    source: str
    """出处：这一行从哪里来：文件和条款，或见过的资料。"""
    is_verified: bool
    """已核实：是否见过原件；没有的在方法页标为待核。"""


DocumentPlaceType = Literal["市", "县", "乡镇", "村", "工程"]
"""制度文件·范围：对象是哪一种地方。"""
DOCUMENTS_PLACE_TYPE: tuple[DocumentPlaceType, ...] = get_args(DocumentPlaceType)
DocumentKind = Literal["考核体系", "机构批复", "管理办法", "应急预案", "排查机制", "限时解决制度", "管护机制", "职责分工", "安排部署", "帮扶措施", "管理制度", "水价", "通报", "依据文件", "其他"]
"""制度文件·类别：文件的类别，考评按它找。"""
DOCUMENTS_KIND: tuple[DocumentKind, ...] = get_args(DocumentKind)
DocumentIssuerLevel = Literal["政府", "领导小组办公室", "部门", "乡镇", "村", "供水单位"]
"""制度文件·发文层次：以哪一层的名义发的。"""
DOCUMENTS_ISSUER_LEVEL: tuple[DocumentIssuerLevel, ...] = get_args(DocumentIssuerLevel)
DocumentColumn = Literal["doc_id", "unit_id", "place_type", "place_id", "kind", "title", "doc_no", "issuer", "issuer_level", "issued_on", "revised_on", "repealed_on", "provision", "has_premises", "has_staff", "has_funds", "url", "is_public"]


class DocumentRow(Row):
    """制度文件（documents）：一份制度文件。"""

    __slots__ = ()
    table = "documents"
    doc_id: str
    """编号：文件编号。"""
    unit_id: str | None
    """单位：所属单位的编号，和所在目录一致。"""
    place_type: DocumentPlaceType
    """范围：对象是哪一种地方。"""
    place_id: str | None
    """对象：对象的编号：县、网站写单位编号，乡镇、村写区划代码，工程写工程编号。"""
    kind: DocumentKind
    """类别：文件的类别，考评按它找。"""
    title: str
    """标题：文件全称。"""
    doc_no: str | None
    """文号：文号。"""
    issuer: str
    """发文单位：发文单位全称。"""
    issuer_level: DocumentIssuerLevel
    """发文层次：以哪一层的名义发的。"""
    issued_on: date
    """印发日期：印发日期。"""
    revised_on: date | None
    """修订日期：最近一次修订的日期。"""
    repealed_on: date | None
    """废止日期：废止的日期；还有效的空着。"""
    provision: str | None
    """有关条款：文件里有关的那一条，写要点。"""
    has_premises: bool | None
    """场所落实：批复里场所落实了没有。"""
    has_staff: bool | None
    """人员落实：批复里人员落实了没有。"""
    has_funds: bool | None
    """经费落实：批复里经费落实了没有。"""
    url: str | None
    """网址：公开的网址。"""
    is_public: bool
    """可公开：可以对外公布的写“是”。"""


FindingColumn = Literal["finding_id", "visit_id", "item_code", "detail", "withdrawn_on", "withdrawn_reason"]


class FindingRow(Row):
    """查出的问题（findings）：一次检查里一个不合格的项目。"""

    __slots__ = ()
    table = "findings"
    finding_id: str
    """编号：检查编号后加 -f 和序号。"""
    visit_id: str
    """检查：检查编号。"""
    item_code: str
    """项目：两个字母加数字，一个项目一个。"""
    detail: str
    """情况：看到的情况，写事实。"""
    withdrawn_on: date | None
    """撤回日期：查错了撤回的日期，和撤回原因一起填。"""
    withdrawn_reason: str | None
    """撤回原因：为什么撤回。"""


FundEntry = Literal["应落实", "到账", "支出"]
"""维修基金·项目：应落实、到账或支出。"""
FUNDS_ENTRY: tuple[FundEntry, ...] = get_args(FundEntry)
FundFundSource = Literal["县级财政", "上级补助", "水费提取", "其他"]
"""维修基金·来源：钱从哪里来。"""
FUNDS_FUND_SOURCE: tuple[FundFundSource, ...] = get_args(FundFundSource)
FundColumn = Literal["fund_entry_id", "unit_id", "fund_year", "entry", "base_population", "amount_yuan", "entry_on", "fund_source", "voucher_ref"]


class ShownFundRow(Row):
    """维修基金（funds）里可以公开的列：看得到的行是它。"""

    __slots__ = ()
    table = "funds"
    fund_entry_id: str
    """编号：基金记录编号。"""
    unit_id: str
    """单位：所属单位的编号，和所在目录一致。"""
    fund_year: int
    """年度：哪一年的维修基金。"""
    entry: FundEntry
    """项目：应落实、到账或支出。"""
    base_population: int | None
    """计提人口：计提的人口；应落实按每人3元。"""
    amount_yuan: Decimal
    """金额：金额，元。"""
    entry_on: date
    """日期：记账日期。"""
    fund_source: FundFundSource | None
    """来源：钱从哪里来。"""


class FundRow(ShownFundRow):
    """维修基金（funds）：维修基金的一笔：应落实、到账或支出。"""

    __slots__ = ()
    table = "funds"
    voucher_ref: str | None
    """凭证号：凭证号，不对外。"""


HouseholdCheckHouseholdKind = Literal["脱贫不稳定户", "边缘易致贫户", "突发严重困难户", "其他脱贫户", "其他重点人群", "一般户"]
"""入户核查·户类：户类，一户只归一类。"""
HOUSEHOLD_CHECKS_HOUSEHOLD_KIND: tuple[HouseholdCheckHouseholdKind, ...] = get_args(HouseholdCheckHouseholdKind)
HouseholdCheckMode = Literal["自查", "明查", "暗访"]
"""入户核查·方式：自查、明查或暗访。"""
HOUSEHOLD_CHECKS_MODE: tuple[HouseholdCheckMode, ...] = get_args(HouseholdCheckMode)
HouseholdCheckCheckerLevel = Literal["村", "乡镇", "县", "市", "省", "国家"]
"""入户核查·检查层级：哪一级来查的；村、乡镇、县的放在单位目录，市以上的放在市级目录。"""
HOUSEHOLD_CHECKS_CHECKER_LEVEL: tuple[HouseholdCheckCheckerLevel, ...] = get_args(HouseholdCheckCheckerLevel)
HouseholdCheckColumn = Literal["household_check_id", "unit_id", "village_code", "checked_on", "household_kind", "mode", "checked_households", "unsafe_households", "unsafe_quantity_households", "unsafe_quality_households", "unsafe_access_households", "unsafe_assurance_households", "listed_households", "repeat_unsafe_households", "without_card_households", "without_report_households", "lacking_households", "repeat_lacking_households", "checker_level", "checker_org", "group_no", "draw_id", "withdrawn_on", "withdrawn_reason", "evidence_ref", "note"]


class HouseholdCheckRow(Row):
    """入户核查（household_checks）：一个村一天对一类户的入户核查，只记数，不记任何户的信息。"""

    __slots__ = ()
    table = "household_checks"
    household_check_id: str
    """编号：核查编号。"""
    unit_id: str
    """单位：所属单位的编号，和所在目录一致。"""
    village_code: str
    """村：12位村级区划代码。"""
    checked_on: date
    """核查日期：入户的日期。"""
    household_kind: HouseholdCheckHouseholdKind
    """户类：户类，一户只归一类。"""
    mode: HouseholdCheckMode
    """方式：自查、明查或暗访。"""
    checked_households: int
    """核查户数：一共查了几户。"""
    unsafe_households: int | None
    """饮水不安全户数：四项指标至少一项不达标的户数；没看的空着。"""
    unsafe_quantity_households: int | None
    """水量不达标：水量不达标的户数。"""
    unsafe_quality_households: int | None
    """水质不达标：水质不达标的户数。"""
    unsafe_access_households: int | None
    """方便程度不达标：取水不方便的户数。"""
    unsafe_assurance_households: int | None
    """保证率不达标：供水保证率不达标的户数。"""
    listed_households: int | None
    """其中已入台账未到期：不安全户里，已在台账、还没到期的户数。"""
    repeat_unsafe_households: int | None
    """不安全户里此前已计：不安全户里，以前的外部检查已经计过的户数。"""
    without_card_households: int | None
    """缺明白卡：没有明白卡的户数。"""
    without_report_households: int | None
    """缺水质报告：没有水质报告的户数。"""
    lacking_households: int | None
    """缺其一或全缺：明白卡和水质报告缺一样或都缺的户数。"""
    repeat_lacking_households: int | None
    """缺卡缺报告户里此前已计：缺卡缺报告的户里，以前已经计过的户数。"""
    checker_level: HouseholdCheckCheckerLevel
    """检查层级：哪一级来查的；村、乡镇、县的放在单位目录，市以上的放在市级目录。"""
    checker_org: str
    """检查单位：来检查的单位全称。"""
    group_no: int | None
    """督导组：督导组组号；只有市里的检查填。"""
    draw_id: str | None
    """抽查编号：按抽查名单去的，写抽查编号。"""
    withdrawn_on: date | None
    """撤回日期：查错了撤回的日期，和撤回原因一起填。"""
    withdrawn_reason: str | None
    """撤回原因：为什么撤回。"""
    evidence_ref: str | None
    """佐证：档案号或文件摘要；材料本身不入库。"""
    note: str | None
    """备注：需要说明的话，不对外。"""


IncidentKind = Literal["安全事故", "质量事故", "水污染事件", "审计查出", "纪检监察查出", "媒体披露", "行风热线反映", "省通报", "市通报"]
"""负面事件·类别：哪一类事件。"""
INCIDENTS_KIND: tuple[IncidentKind, ...] = get_args(IncidentKind)
IncidentColumn = Literal["incident_id", "unit_id", "occurred_on", "kind", "is_major", "is_severe", "problem_no", "source_org", "issue_id", "basis_ref", "is_public"]


class IncidentRow(Row):
    """负面事件（incidents）：一件负面事件，或一次曝光。"""

    __slots__ = ()
    table = "incidents"
    incident_id: str
    """编号：事件编号。"""
    unit_id: str
    """单位：所属单位的编号，和所在目录一致。"""
    occurred_on: date
    """日期：发生或曝光的日期。"""
    kind: IncidentKind
    """类别：哪一类事件。"""
    is_major: bool | None
    """重大：是否重大。"""
    is_severe: bool
    """情况严重：是否情况严重。"""
    problem_no: str
    """同一问题编号：同一个问题几次曝光，写第一次的事件编号。"""
    source_org: str
    """来源：哪个单位或媒体。"""
    issue_id: str | None
    """台账编号：问题编号，登记时编定，以后不改。"""
    basis_ref: str
    """依据：文号或单号。"""
    is_public: bool
    """可公开：可以对外公布的写“是”。"""


InspectionMode = Literal["自查", "明查", "暗访", "查阅资料", "网络检查"]
"""排查与检查·方式：自查、明查、暗访、查阅资料或网络检查。"""
INSPECTIONS_MODE: tuple[InspectionMode, ...] = get_args(InspectionMode)
InspectionPlaceType = Literal["县", "乡镇", "村", "工程", "网站"]
"""排查与检查·对象类型：对象是哪一种地方。"""
INSPECTIONS_PLACE_TYPE: tuple[InspectionPlaceType, ...] = get_args(InspectionPlaceType)
InspectionChecklists = Literal["六有两确保", "责任公示", "厂站管理", "化验检测", "消毒", "宣传资料", "水质公示"]
"""排查与检查·清单：用了哪几张清单。"""
INSPECTIONS_CHECKLISTS: tuple[InspectionChecklists, ...] = get_args(InspectionChecklists)
InspectionCheckerLevel = Literal["村", "乡镇", "县", "市", "省", "国家"]
"""排查与检查·检查层级：哪一级来查的；村、乡镇、县的放在单位目录，市以上的放在市级目录。"""
INSPECTIONS_CHECKER_LEVEL: tuple[InspectionCheckerLevel, ...] = get_args(InspectionCheckerLevel)
InspectionColumn = Literal["visit_id", "unit_id", "visited_on", "mode", "place_type", "place_id", "checklists", "items_skipped", "board_code", "feedback_on", "checker_level", "checker_org", "group_no", "draw_id", "withdrawn_on", "withdrawn_reason", "evidence_ref", "note"]


class ShownInspectionRow(Row):
    """排查与检查（inspections）里可以公开的列：看得到的行是它。"""

    __slots__ = ()
    table = "inspections"
    visit_id: str
    """编号：检查编号。"""
    unit_id: str
    """单位：所属单位的编号，和所在目录一致。"""
    visited_on: date
    """检查日期：到现场的日期。"""
    mode: InspectionMode
    """方式：自查、明查、暗访、查阅资料或网络检查。"""
    place_type: InspectionPlaceType
    """对象类型：对象是哪一种地方。"""
    place_id: str
    """对象：对象的编号：县、网站写单位编号，乡镇、村写区划代码，工程写工程编号。"""
    checklists: tuple[InspectionChecklists, ...]
    """清单：用了哪几张清单。"""
    items_skipped: tuple[str, ...]
    """未查或不适用项目：这次没看或不适用的项目；没列的就是看过了。"""
    board_code: str | None
    """公示牌短码：牌子上的短码，用来核对牌子旧没旧。"""
    feedback_on: date | None
    """反馈日期：把结果告诉单位的日期；反馈以后才公布。"""
    checker_level: InspectionCheckerLevel
    """检查层级：哪一级来查的；村、乡镇、县的放在单位目录，市以上的放在市级目录。"""
    checker_org: str
    """检查单位：来检查的单位全称。"""
    group_no: int | None
    """督导组：督导组组号；只有市里的检查填。"""
    draw_id: str | None
    """抽查编号：按抽查名单去的，写抽查编号。"""
    withdrawn_on: date | None
    """撤回日期：查错了撤回的日期，和撤回原因一起填。"""
    withdrawn_reason: str | None
    """撤回原因：为什么撤回。"""


class InspectionRow(ShownInspectionRow):
    """排查与检查（inspections）：到一个地方的一次排查或检查。"""

    __slots__ = ()
    table = "inspections"
    evidence_ref: str | None
    """佐证：档案号或文件摘要；材料本身不入库。"""
    note: str | None
    """备注：需要说明的话，不对外。"""


IssueEventEvent = Literal["登记", "交办", "延期批准", "整改完成", "申请销号", "现场核查通过", "现场核查不通过", "退回", "销号", "作废"]
"""整改流转·事项：发生了什么。"""
ISSUE_EVENTS_EVENT: tuple[IssueEventEvent, ...] = get_args(IssueEventEvent)
IssueEventByLevel = Literal["村", "乡镇", "县", "市", "省", "国家"]
"""整改流转·办理层级：哪一级办理的。"""
ISSUE_EVENTS_BY_LEVEL: tuple[IssueEventByLevel, ...] = get_args(IssueEventByLevel)
IssueEventSatisfaction = Literal["满意", "基本满意", "不满意", "未访"]
"""整改流转·用水户满意度：现场核查时用水户的满意度。"""
ISSUE_EVENTS_SATISFACTION: tuple[IssueEventSatisfaction, ...] = get_args(IssueEventSatisfaction)
IssueEventColumn = Literal["event_id", "issue_id", "event", "event_on", "by_level", "by_org", "by_person", "new_due_on", "satisfaction", "visited_users", "reason", "evidence_ref"]


class ShownIssueEventRow(Row):
    """整改流转（issue_events）里可以公开的列：看得到的行是它。"""

    __slots__ = ()
    table = "issue_events"
    event_id: str
    """编号：问题编号后加 -e 和序号。"""
    issue_id: str
    """问题：问题编号，登记时编定，以后不改。"""
    event: IssueEventEvent
    """事项：发生了什么。"""
    event_on: date
    """日期：哪一天发生的。"""
    by_level: IssueEventByLevel
    """办理层级：哪一级办理的。"""
    by_org: str
    """办理单位：办理单位全称。"""
    new_due_on: date | None
    """延期至：批准延期到哪一天；只有延期批准填。"""
    satisfaction: IssueEventSatisfaction | None
    """用水户满意度：现场核查时用水户的满意度。"""
    reason: str | None
    """原因：延期、退回、核查不通过、作废的原因。"""


class IssueEventRow(ShownIssueEventRow):
    """整改流转（issue_events）：一个问题的一步流转：登记、交办、延期、完成、核查、销号等。"""

    __slots__ = ()
    table = "issue_events"
    by_person: str | None
    """经办人：经办人，不对外。"""
    visited_users: int | None
    """走访户数：走访了几户。"""
    evidence_ref: str | None
    """佐证：档案号或文件摘要；材料本身不入库。"""


IssueIssueLevel = Literal["户", "村", "工程"]
"""整改台账·台账层级：户级、村级还是工程级的问题。"""
ISSUES_ISSUE_LEVEL: tuple[IssueIssueLevel, ...] = get_args(IssueIssueLevel)
IssueSegment = Literal["水源", "水厂", "干支管", "调蓄池", "村管网", "入户", "制度管理", "公示"]
"""整改台账·环节：出在哪个环节，决定由哪一级整改。"""
ISSUES_SEGMENT: tuple[IssueSegment, ...] = get_args(IssueSegment)
IssueCategory = Literal["水量", "水质", "管网", "设备", "消毒", "水费", "公示", "管护人员", "应急", "安全", "其他"]
"""整改台账·问题类别：问题类别，判断是不是反复用。"""
ISSUES_CATEGORY: tuple[IssueCategory, ...] = get_args(IssueCategory)
IssueChannel = Literal["自查", "大排查", "乡村振兴靶向整改", "国家后评估", "省后评估", "专项核查", "监督检查", "考核验收", "督导组", "暗访", "舆情", "信访", "行风热线", "12345", "12314", "其他"]
"""整改台账·发现渠道：从哪里知道的，登记后不改。"""
ISSUES_CHANNEL: tuple[IssueChannel, ...] = get_args(IssueChannel)
IssueFoundByLevel = Literal["村", "乡镇", "县", "市", "省", "国家", "社会"]
"""整改台账·发现层级：哪一级发现的，登记后不改。"""
ISSUES_FOUND_BY_LEVEL: tuple[IssueFoundByLevel, ...] = get_args(IssueFoundByLevel)
IssueRespTier = Literal["村", "乡镇", "县", "供水单位"]
"""整改台账·责任层级：哪一级负责整改。"""
ISSUES_RESP_TIER: tuple[IssueRespTier, ...] = get_args(IssueRespTier)
IssueHandling = Literal["立行立改", "限期", "长期"]
"""整改台账·整改方式：立行立改、限期整改或长期改进。"""
ISSUES_HANDLING: tuple[IssueHandling, ...] = get_args(IssueHandling)
IssueColumn = Literal["issue_id", "unit_id", "seq_no", "issue_level", "town_code", "village_code", "works_id", "problem", "root_cause", "segment", "category", "found_on", "channel", "found_by_level", "assignment_id", "finding_ids", "sample_id", "recurs_of_id", "affected_households", "affected_people", "measures", "resp_tier", "resp_org", "resp_person", "resp_post", "co_persons", "resp_phone", "handling", "due_text", "due_on", "interim_measure", "remark", "source_text"]


class ShownIssueRow(Row):
    """整改台账（issues）里可以公开的列：看得到的行是它。"""

    __slots__ = ()
    table = "issues"
    issue_id: str
    """问题编号：问题编号，登记时编定，以后不改。"""
    unit_id: str
    """市、县：所属单位的编号，和所在目录一致。"""
    seq_no: int
    """序号：本单位台账里的序号。"""
    issue_level: IssueIssueLevel
    """台账层级：户级、村级还是工程级的问题。"""
    town_code: str
    """乡镇：9位乡镇区划代码。"""
    village_code: str | None
    """村：12位村级区划代码。"""
    works_id: str | None
    """供水工程：工程编号，一经编定不再改。"""
    problem: str
    """问题：问题本身，不重复乡镇、村和工程名。"""
    root_cause: str | None
    """问题根源：为什么会出这个问题。"""
    segment: IssueSegment
    """环节：出在哪个环节，决定由哪一级整改。"""
    category: IssueCategory
    """问题类别：问题类别，判断是不是反复用。"""
    found_on: date
    """发现日期：发现的日期，登记后不改。"""
    channel: IssueChannel
    """发现渠道：从哪里知道的，登记后不改。"""
    found_by_level: IssueFoundByLevel
    """发现层级：哪一级发现的，登记后不改。"""
    assignment_id: str | None
    """交办编号：上级交办的，写交办编号。"""
    finding_ids: tuple[str, ...]
    """检查问题编号：对应检查里查出的哪几项。"""
    sample_id: str | None
    """水样：因水样不达标登记的，写样品编号。"""
    recurs_of_id: str | None
    """复发自：以前出过的同一问题的编号。"""
    measures: str
    """整改措施：怎么改，写具体做法。"""
    resp_tier: IssueRespTier
    """责任层级：哪一级负责整改。"""
    resp_org: str
    """整改责任单位：负责整改的单位全称。"""
    resp_person: str
    """整改责任人：负责整改的人，公开时只留姓。"""
    resp_post: str | None
    """责任人职务：责任人的职务。"""
    co_persons: tuple[str, ...]
    """其他责任人：一起负责的人，公开时只留姓。"""
    handling: IssueHandling
    """整改方式：立行立改、限期整改或长期改进。"""
    due_text: str | None
    """整改时限原文：原表里写的时限原文。"""
    due_on: date
    """整改时限：首次整改时限，登记后不改；延期写在流转里。"""
    interim_measure: str | None
    """应急措施：长期改进的，修好以前怎么保证用水。"""


class IssueRow(ShownIssueRow):
    """整改台账（issues）：整改台账，一行是一个问题；登记时写的地方、问题、来源和首次时限不再改。"""

    __slots__ = ()
    table = "issues"
    affected_households: int | None
    """影响户数：影响的户数，只公布合计。"""
    affected_people: int | None
    """影响人数：影响的人数，只公布合计。"""
    resp_phone: str
    """联系电话：责任人的联系电话，不对外。"""
    remark: str | None
    """备注：备注，不对外。"""
    source_text: str | None
    """导入原文：从表格导入时的原文，不对外。"""


JudgementClauseId = Literal["一.1", "一.2", "二.2", "三.1", "三.2", "三.3", "四.1", "四.2", "四.3", "四.4", "五.1", "五.2", "五.3", "五.4①", "五.4②", "五.4③", "五.4④", "五.4⑤", "五.5①", "五.5②", "六.1", "六.2", "六.3"]
"""评定·条款：评的是哪一条。"""
JUDGEMENTS_CLAUSE_ID: tuple[JudgementClauseId, ...] = get_args(JudgementClauseId)
JudgementStage = Literal["自评", "核查", "终评"]
"""评定·阶段：自评、核查或终评。"""
JUDGEMENTS_STAGE: tuple[JudgementStage, ...] = get_args(JudgementStage)
JudgementKind = Literal["分值", "事实", "不适用"]
"""评定·类别：评分值、认定事实，或不适用。"""
JUDGEMENTS_KIND: tuple[JudgementKind, ...] = get_args(JudgementKind)
JudgementFact = Literal["属实", "预案可操作", "机构落实"]
"""评定·事实：认定的是什么事实。"""
JUDGEMENTS_FACT: tuple[JudgementFact, ...] = get_args(JudgementFact)
JudgementAnswer = Literal["是", "部分", "否"]
"""评定·认定：认定的结果。"""
JUDGEMENTS_ANSWER: tuple[JudgementAnswer, ...] = get_args(JudgementAnswer)
JudgementColumn = Literal["judgement_id", "edition", "unit_id", "clause_id", "stage", "kind", "fact", "answer", "subject_id", "points", "reason", "by_org", "judged_on", "signed_on", "evidence_ref"]


class ShownJudgementRow(Row):
    """评定（judgements）里可以公开的列：看得到的行是它。"""

    __slots__ = ()
    table = "judgements"
    judgement_id: str
    """编号：评定编号。"""
    edition: str
    """细则版次：考评细则的版次。"""
    unit_id: str
    """单位：所属单位的编号，和所在目录一致。"""
    clause_id: JudgementClauseId
    """条款：评的是哪一条。"""
    stage: JudgementStage
    """阶段：自评、核查或终评。"""
    kind: JudgementKind
    """类别：评分值、认定事实，或不适用。"""
    fact: JudgementFact | None
    """事实：认定的是什么事实。"""
    answer: JudgementAnswer | None
    """认定：认定的结果。"""
    subject_id: str | None
    """所判记录：认定的是哪一条记录。"""
    points: Decimal | None
    """分值：评的分。"""
    reason: str | None
    """理由：理由；自评可以不写。"""
    by_org: str
    """评定单位：评定单位。"""
    judged_on: date
    """日期：评定日期。"""
    signed_on: date | None
    """审签日期：审签日期；审签以后才公布。"""


class JudgementRow(ShownJudgementRow):
    """评定（judgements）：对一个单位一条条款的一次评定。"""

    __slots__ = ()
    table = "judgements"
    evidence_ref: str | None
    """佐证：档案号或文件摘要；材料本身不入库。"""


MilestoneColumn = Literal["milestone_id", "project_id", "name", "due_on", "met_on", "evidence_ref"]


class ShownMilestoneRow(Row):
    """项目节点（milestones）里可以公开的列：看得到的行是它。"""

    __slots__ = ()
    table = "milestones"
    milestone_id: str
    """编号：项目编号后加 -n 和序号。"""
    project_id: str
    """项目：项目编号。"""
    name: str
    """节点：节点名称。"""
    due_on: date
    """计划完成：计划完成的日期，不改。"""
    met_on: date | None
    """实际完成：实际完成的日期；还没完成的空着。"""


class MilestoneRow(ShownMilestoneRow):
    """项目节点（milestones）：一个项目的一个节点；计划完成日期不改。"""

    __slots__ = ()
    table = "milestones"
    evidence_ref: str | None
    """佐证：档案号或文件摘要；材料本身不入库。"""


NilReturnColumn = Literal["nil_id", "unit_id", "ledger", "kind", "covers_from", "covers_to", "declared_on", "declared_by"]


class NilReturnRow(Row):
    """零报告（nil_returns）：零报告：某单位某台账某类在一段时间里确实没有。"""

    __slots__ = ()
    table = "nil_returns"
    nil_id: str
    """编号：零报告编号。"""
    unit_id: str
    """单位：所属单位的编号，和所在目录一致。"""
    ledger: str
    """台账：哪个台账。"""
    kind: str | None
    """类别：只有这一类没有；空着是全部没有。"""
    covers_from: date
    """起：从哪一天起没有。"""
    covers_to: date
    """止：到哪一天止没有。"""
    declared_on: date
    """申报日期：申报的日期。"""
    declared_by: str
    """申报岗位：申报的岗位，不写姓名。"""


OutageScale = Literal["整村连片", "整村", "局部"]
"""停水断水·范围：整村连片、整村或局部。"""
OUTAGES_SCALE: tuple[OutageScale, ...] = get_args(OutageScale)
OutageCause = Literal["干旱", "洪涝", "地质灾害", "冰冻", "设备故障", "管网破损", "停电", "水质", "检修", "其他"]
"""停水断水·原因：主要原因。"""
OUTAGES_CAUSE: tuple[OutageCause, ...] = get_args(OutageCause)
OutageFoundByLevel = Literal["村", "乡镇", "县", "市", "省", "国家", "社会"]
"""停水断水·发现层级：哪一级发现的。"""
OUTAGES_FOUND_BY_LEVEL: tuple[OutageFoundByLevel, ...] = get_args(OutageFoundByLevel)
OutageColumn = Literal["outage_id", "unit_id", "works_id", "village_codes", "started_on", "ended_on", "scale", "affected_people", "cause", "is_planned", "found_by_level", "measures", "issue_id", "note"]


class ShownOutageRow(Row):
    """停水断水（outages）里可以公开的列：看得到的行是它。"""

    __slots__ = ()
    table = "outages"
    outage_id: str
    """编号：停水编号。"""
    unit_id: str
    """单位：所属单位的编号，和所在目录一致。"""
    works_id: str | None
    """工程：哪个工程停水；分散的写村。"""
    village_codes: tuple[str, ...]
    """影响村：影响哪些村。"""
    started_on: date
    """开始：开始停水的日期。"""
    ended_on: date | None
    """恢复：恢复供水的日期；还没恢复的空着。"""
    scale: OutageScale
    """范围：整村连片、整村或局部。"""
    cause: OutageCause
    """原因：主要原因。"""
    is_planned: bool
    """计划停水：事先通知的计划停水写“是”。"""
    found_by_level: OutageFoundByLevel
    """发现层级：哪一级发现的。"""
    measures: str | None
    """保障措施：停水期间怎么保证用水。"""
    issue_id: str | None
    """台账编号：记入台账的问题编号。"""


class OutageRow(ShownOutageRow):
    """停水断水（outages）：一次停水断水。"""

    __slots__ = ()
    table = "outages"
    affected_people: int | None
    """影响人数：影响的人数，只公布合计。"""
    note: str | None
    """备注：需要说明的话，不对外。"""


PatrolRosterRole = Literal["乡镇", "村委", "驻村干部", "管水员", "群众监督员"]
"""排查网络名录·角色：排查网络里的角色，每村五种。"""
PATROL_ROSTER_ROLE: tuple[PatrolRosterRole, ...] = get_args(PatrolRosterRole)
PatrolRosterColumn = Literal["roster_id", "unit_id", "village_code", "role", "name", "valid_from", "valid_to"]


class PatrolRosterRow(Row):
    """排查网络名录（patrol_roster）：一个村的排查网络里一个角色的一个人；只公布覆盖情况。"""

    __slots__ = ()
    table = "patrol_roster"
    roster_id: str
    """编号：名录编号。"""
    unit_id: str
    """单位：所属单位的编号，和所在目录一致。"""
    village_code: str
    """村：12位村级区划代码。"""
    role: PatrolRosterRole
    """角色：排查网络里的角色，每村五种。"""
    name: str
    """姓名：本人姓名，不对外。"""
    valid_from: date
    """起：从这一天起，当天算在内。"""
    valid_to: date | None
    """止：到这一天止，当天算在内；空白是仍在。"""


PhoneCheckCallResult = Literal["接通", "无人接听", "占线", "空号停机", "号码有误"]
"""电话抽查·结果：最后一次的结果。"""
PHONE_CHECKS_CALL_RESULT: tuple[PhoneCheckCallResult, ...] = get_args(PhoneCheckCallResult)
PhoneCheckInformed = Literal["熟悉", "不熟悉", "未询问"]
"""电话抽查·熟悉情况：接通后是否熟悉情况；没有接通写“未询问”。"""
PHONE_CHECKS_INFORMED: tuple[PhoneCheckInformed, ...] = get_args(PhoneCheckInformed)
PhoneCheckCheckerLevel = Literal["村", "乡镇", "县", "市", "省", "国家"]
"""电话抽查·检查层级：哪一级来查的；村、乡镇、县的放在单位目录，市以上的放在市级目录。"""
PHONE_CHECKS_CHECKER_LEVEL: tuple[PhoneCheckCheckerLevel, ...] = get_args(PhoneCheckCheckerLevel)
PhoneCheckColumn = Literal["phone_check_id", "unit_id", "phone_id", "checked_on", "called_at", "call_result", "informed", "checker_level", "checker_org", "group_no", "draw_id", "withdrawn_on", "withdrawn_reason", "evidence_ref", "note"]


class ShownPhoneCheckRow(Row):
    """电话抽查（phone_checks）里可以公开的列：看得到的行是它。"""

    __slots__ = ()
    table = "phone_checks"
    phone_check_id: str
    """编号：抽查编号。"""
    unit_id: str
    """单位：所属单位的编号，和所在目录一致。"""
    phone_id: str
    """电话：公示电话的编号；电话只在公示电话表里写一次。"""
    checked_on: date
    """抽查日期：最后一次拨打的日期。"""
    called_at: tuple[str, ...]
    """拨打时间：每次拨打的时间，一到三次，写成 2022-09-05T09:30。"""
    call_result: PhoneCheckCallResult
    """结果：最后一次的结果。"""
    informed: PhoneCheckInformed
    """熟悉情况：接通后是否熟悉情况；没有接通写“未询问”。"""
    checker_level: PhoneCheckCheckerLevel
    """检查层级：哪一级来查的；村、乡镇、县的放在单位目录，市以上的放在市级目录。"""
    checker_org: str
    """检查单位：来检查的单位全称。"""
    group_no: int | None
    """督导组：督导组组号；只有市里的检查填。"""
    draw_id: str | None
    """抽查编号：按抽查名单去的，写抽查编号。"""
    withdrawn_on: date | None
    """撤回日期：查错了撤回的日期，和撤回原因一起填。"""
    withdrawn_reason: str | None
    """撤回原因：为什么撤回。"""


class PhoneCheckRow(ShownPhoneCheckRow):
    """电话抽查（phone_checks）：对一个号码的一次抽查，可以拨一到三次。"""

    __slots__ = ()
    table = "phone_checks"
    evidence_ref: str | None
    """佐证：档案号或文件摘要；材料本身不入库。"""
    note: str | None
    """备注：需要说明的话，不对外。"""


PhoneRole = Literal["县级监督", "供水服务", "管理人员", "维修", "乡镇监督", "责任人"]
"""公示电话·用途：号码作什么用，抽查按它算条款。"""
PHONES_ROLE: tuple[PhoneRole, ...] = get_args(PhoneRole)
PhonePlaceType = Literal["县", "乡镇", "村", "工程"]
"""公示电话·范围：对象是哪一种地方。"""
PHONES_PLACE_TYPE: tuple[PhonePlaceType, ...] = get_args(PhonePlaceType)
PhoneNumberKind = Literal["座机", "热线", "服务手机"]
"""公示电话·号码类型：座机、热线，或公布的服务手机。"""
PHONES_NUMBER_KIND: tuple[PhoneNumberKind, ...] = get_args(PhoneNumberKind)
PhoneColumn = Literal["phone_id", "unit_id", "role", "place_type", "place_id", "number", "number_kind", "is_public", "service_hours", "valid_from", "valid_to"]


class PhoneRow(Row):
    """公示电话（phones）：一个公示电话：号码、用途和管的地方。"""

    __slots__ = ()
    table = "phones"
    phone_id: str
    """编号：公示电话的编号；电话只在公示电话表里写一次。"""
    unit_id: str
    """单位：所属单位的编号，和所在目录一致。"""
    role: PhoneRole
    """用途：号码作什么用，抽查按它算条款。"""
    place_type: PhonePlaceType
    """范围：对象是哪一种地方。"""
    place_id: str
    """对象：对象的编号：县、网站写单位编号，乡镇、村写区划代码，工程写工程编号。"""
    number: str
    """号码：电话号码，区号后加短横；热线直接写。"""
    number_kind: PhoneNumberKind
    """号码类型：座机、热线，或公布的服务手机。"""
    is_public: bool
    """可公开：可以对外公布的写“是”。"""
    service_hours: str | None
    """服务时间：什么时间有人接。"""
    valid_from: date
    """启用日：从这一天起，当天算在内。"""
    valid_to: date | None
    """停用日：到这一天止，当天算在内；空白是仍在。"""


ProjectKind = Literal["维修养护", "巩固提升", "新建", "其他"]
"""工程项目·类别：只有维修养护计入二.2。"""
PROJECTS_KIND: tuple[ProjectKind, ...] = get_args(ProjectKind)
ProjectColumn = Literal["project_id", "unit_id", "name", "kind", "works_ids", "plan_year", "budget_yuan"]


class ProjectRow(Row):
    """工程项目（projects）：一个工程项目。"""

    __slots__ = ()
    table = "projects"
    project_id: str
    """编号：项目编号。"""
    unit_id: str
    """单位：所属单位的编号，和所在目录一致。"""
    name: str
    """项目名称：项目全称。"""
    kind: ProjectKind
    """类别：只有维修养护计入二.2。"""
    works_ids: tuple[str, ...]
    """工程：涉及哪些工程。"""
    plan_year: int
    """年度：计划年度。"""
    budget_yuan: Decimal
    """投资：总投资，元。"""


ReadingClauseIds = Literal["一.1", "一.2", "二.2", "三.1", "三.2", "三.3", "四.1", "四.2", "四.3", "四.4", "五.1", "五.2", "五.3", "五.4①", "五.4②", "五.4③", "五.4④", "五.4⑤", "五.5①", "五.5②", "六.1", "六.2", "六.3"]
"""口径登记·条款：这个口径影响哪些条款。"""
READINGS_CLAUSE_IDS: tuple[ReadingClauseIds, ...] = get_args(ReadingClauseIds)
ReadingColumn = Literal["reading_id", "option", "clause_ids", "question", "option_text", "is_chosen", "parameter", "authority", "decided_on"]


class ReadingRow(Row):
    """口径登记（readings）：考评细则里一处说法不清的地方的一种读法；每处恰好采用一种。"""

    __slots__ = ()
    table = "readings"
    reading_id: str
    """口径编号：口径的编号，G加数字。"""
    option: str
    """选项：一种读法的英文编号，程序按它计算。"""
    clause_ids: tuple[ReadingClauseIds, ...]
    """条款：这个口径影响哪些条款。"""
    question: str
    """问题：文件里哪一处说法不清。"""
    option_text: str
    """选项含义：这种读法怎么算。"""
    is_chosen: bool
    """采用：现在采用的写“是”，一个口径恰好一个。"""
    parameter: Decimal | None
    """参数：读法里的数：天数、次数、年数。"""
    authority: str | None
    """决定单位：由谁决定的；空着是待市局确认。"""
    decided_on: date | None
    """决定日期：哪一天决定的。"""


ResponsibilityPlaceType = Literal["县", "乡镇", "村", "工程"]
"""责任人·范围：对象是哪一种地方。"""
RESPONSIBILITIES_PLACE_TYPE: tuple[ResponsibilityPlaceType, ...] = get_args(ResponsibilityPlaceType)
ResponsibilityDuty = Literal["政府主体责任", "水利监管责任", "运行管理责任"]
"""责任人·责任：三个责任中的哪一个。"""
RESPONSIBILITIES_DUTY: tuple[ResponsibilityDuty, ...] = get_args(ResponsibilityDuty)
ResponsibilityRank = Literal["主要领导", "主管领导", "直接负责人", "管水员"]
"""责任人·身份：在这个岗位上的身份。"""
RESPONSIBILITIES_RANK: tuple[ResponsibilityRank, ...] = get_args(ResponsibilityRank)
ResponsibilityColumn = Literal["resp_id", "unit_id", "place_type", "place_id", "duty", "rank", "name", "post", "org", "phone_id", "valid_from", "valid_to", "source_ref", "web_posted_on", "board_posted_on"]


class ResponsibilityRow(Row):
    """责任人（responsibilities）：一个人在一个地方、一段任期里承担的一项责任。"""

    __slots__ = ()
    table = "responsibilities"
    resp_id: str
    """编号：责任人这一行的编号。"""
    unit_id: str
    """单位：所属单位的编号，和所在目录一致。"""
    place_type: ResponsibilityPlaceType
    """范围：对象是哪一种地方。"""
    place_id: str
    """对象：对象的编号：县、网站写单位编号，乡镇、村写区划代码，工程写工程编号。"""
    duty: ResponsibilityDuty
    """责任：三个责任中的哪一个。"""
    rank: ResponsibilityRank
    """身份：在这个岗位上的身份。"""
    name: str
    """姓名：责任人姓名，公开。"""
    post: str
    """职务：职务。"""
    org: str
    """单位名称：所在单位全称。"""
    phone_id: str | None
    """公示电话：公示电话的编号；电话只在公示电话表里写一次。"""
    valid_from: date
    """任职起：从这一天起，当天算在内。"""
    valid_to: date | None
    """任职止：到这一天止，当天算在内；空白是仍在。"""
    source_ref: str
    """任职依据：任职的文件。"""
    web_posted_on: date | None
    """网站公示日期：网站上公示的日期；还没有公示的空着。"""
    board_posted_on: date | None
    """责任栏更换完成日期：责任栏更换完成的日期；还没有换的空着。"""


ReturnKind = Literal["工作总结", "整改台账", "排查汇总", "周报", "其他报表"]
"""报表任务·报表：哪一种报表。"""
RETURNS_KIND: tuple[ReturnKind, ...] = get_args(ReturnKind)
ReturnRecipient = Literal["市水利局", "乡村振兴部门"]
"""报表任务·报送对象：报给谁。"""
RETURNS_RECIPIENT: tuple[ReturnRecipient, ...] = get_args(ReturnRecipient)
ReturnColumn = Literal["return_id", "unit_id", "kind", "name", "recipient", "due_on", "received_on", "returned_on", "return_reason", "accepted_on", "copied_on", "evidence_ref"]


class ShownReturnRow(Row):
    """报表任务（returns）里可以公开的列：看得到的行是它。"""

    __slots__ = ()
    table = "returns"
    return_id: str
    """编号：报表编号。"""
    unit_id: str
    """单位：所属单位的编号，和所在目录一致。"""
    kind: ReturnKind
    """报表：哪一种报表。"""
    name: str
    """名称：报表名称。"""
    recipient: ReturnRecipient
    """报送对象：报给谁。"""
    due_on: date
    """应报日期：应报的日期。"""
    received_on: date | None
    """收到日期：收到的日期；没有收到的空着。"""
    returned_on: date | None
    """退回日期：退回的日期。"""
    return_reason: str | None
    """退回原因：为什么退回。"""
    accepted_on: date | None
    """认可日期：认可的日期。"""
    copied_on: date | None
    """抄送日期：抄送乡村振兴局的日期。"""


class ReturnRow(ShownReturnRow):
    """报表任务（returns）：一个单位应报的一份报表；布置任务时由市里建行。"""

    __slots__ = ()
    table = "returns"
    evidence_ref: str | None
    """佐证：档案号或文件摘要；材料本身不入库。"""


RiskPointPlaceType = Literal["村", "工程"]
"""风险点·对象类型：对象是哪一种地方。"""
RISK_POINTS_PLACE_TYPE: tuple[RiskPointPlaceType, ...] = get_args(RiskPointPlaceType)
RiskPointHazard = Literal["干旱", "洪涝", "地质灾害", "冰冻", "水源不足", "设备老化", "闲置失管", "其他"]
"""风险点·风险：主要怕什么。"""
RISK_POINTS_HAZARD: tuple[RiskPointHazard, ...] = get_args(RiskPointHazard)
RiskPointRiskLevel = Literal["高", "中", "低"]
"""风险点·等级：高、中、低；高的要有预案和物资。"""
RISK_POINTS_RISK_LEVEL: tuple[RiskPointRiskLevel, ...] = get_args(RiskPointRiskLevel)
RiskPointColumn = Literal["risk_id", "unit_id", "place_type", "place_id", "hazard", "trigger", "affected_people", "risk_level", "plan_doc_id", "backup_source", "supplies", "support_measure", "owner_org", "owner_post", "listed_on", "closed_on"]


class ShownRiskPointRow(Row):
    """风险点（risk_points）里可以公开的列：看得到的行是它。"""

    __slots__ = ()
    table = "risk_points"
    risk_id: str
    """编号：风险点编号。"""
    unit_id: str
    """单位：所属单位的编号，和所在目录一致。"""
    place_type: RiskPointPlaceType
    """对象类型：对象是哪一种地方。"""
    hazard: RiskPointHazard
    """风险：主要怕什么。"""
    risk_level: RiskPointRiskLevel
    """等级：高、中、低；高的要有预案和物资。"""
    plan_doc_id: str | None
    """预案：对应的应急预案。"""
    owner_org: str
    """管控单位：谁负责盯住。"""
    owner_post: str | None
    """管控岗位：由哪个岗位盯。"""
    listed_on: date
    """列入日期：列入的日期。"""
    closed_on: date | None
    """消除日期：消除的日期；还在的空着。"""


class RiskPointRow(ShownRiskPointRow):
    """风险点（risk_points）：一个地方的一个风险点；对外只公布各单位各类的个数。"""

    __slots__ = ()
    table = "risk_points"
    place_id: str
    """对象：对象的编号：县、网站写单位编号，乡镇、村写区划代码，工程写工程编号。"""
    trigger: str | None
    """触发情形：什么情况下会出事，不对外。"""
    affected_people: int | None
    """影响人数：影响的人数，只公布合计。"""
    backup_source: str | None
    """备用水源：备用水源，不对外。"""
    supplies: str | None
    """物资储备：备了哪些物资，不对外。"""
    support_measure: str | None
    """帮扶措施：帮扶措施，不对外。"""


SpokenWordSpokenKind = Literal["地名前缀", "县级后缀", "乡级后缀", "村级后缀", "工程后缀", "栏目"]
"""口头说法·说法类别：地名前面可以省的字、地名后面可以省的字（按级别），或想找的一栏。"""
SPOKEN_WORDS_SPOKEN_KIND: tuple[SpokenWordSpokenKind, ...] = get_args(SpokenWordSpokenKind)
SpokenWordColumn = Literal["spoken_kind", "spoken_word", "sort_no", "target_page", "target_label", "source", "is_verified"]


class SpokenWordRow(Row):
    """口头说法（spoken_words）：查找时一种口头的说法：地名前后可以省的字，或想找的一栏。"""

    __slots__ = ()
    table = "spoken_words"
    spoken_kind: SpokenWordSpokenKind
    """说法类别：地名前面可以省的字、地名后面可以省的字（按级别），或想找的一栏。"""
    spoken_word: str
    """说法：人们怎么说。"""
    sort_no: int
    """排序：同一种说法指几处时，先列哪一处。"""
    target_page: str | None
    """指向的页面：栏目说法指的页面地址，可以带页内位置；前缀、后缀空着。"""
    target_label: str | None
    """页面说法：找到以后显示的名字；前缀、后缀空着。"""
    source: str
    """出处：这一行从哪里来：文件和条款，或见过的资料。"""
    is_verified: bool
    """已核实：是否见过原件；没有的在方法页标为待核。"""


SpotCheckPlaceType = Literal["县", "乡镇", "村", "工程", "网站", "电话"]
"""抽查样本·对象类型：对象是哪一种地方。"""
SPOT_CHECKS_PLACE_TYPE: tuple[SpotCheckPlaceType, ...] = get_args(SpotCheckPlaceType)
SpotCheckColumn = Literal["draw_id", "batch_id", "drawn_on", "group_no", "unit_id", "stratum", "place_type", "place_id", "draw_no", "is_reserve", "seed", "frame_version", "frame_size", "sample_size", "inclusion_probability", "not_done_reason", "released_on"]


class SpotCheckRow(Row):
    """抽查样本（spot_checks）：抽中的一个抽查对象；查完以后才入库。"""

    __slots__ = ()
    table = "spot_checks"
    draw_id: str
    """抽查编号：批次编号后加序号。"""
    batch_id: str
    """抽样批次：抽样批次；同一批用同一个种子。"""
    drawn_on: date
    """抽取日期：抽取的日期。"""
    group_no: int | None
    """督导组：由哪个督导组去查。"""
    unit_id: str
    """单位：所属单位的编号，和所在目录一致。"""
    stratum: str
    """层：分层的名称。"""
    place_type: SpotCheckPlaceType
    """对象类型：对象是哪一种地方。"""
    place_id: str
    """对象：对象的编号：县、网站写单位编号，乡镇、村写区划代码，工程写工程编号。"""
    draw_no: int
    """序号：在本单位本层里的序号。"""
    is_reserve: bool
    """备用：备用的写“是”，前面有查不成的才用。"""
    seed: str
    """随机种子：随机种子，公布以后谁都能重抽一遍。"""
    frame_version: str
    """名册版本：按哪一天的名册抽的。"""
    frame_size: int
    """层内总数：本单位本层一共有多少。"""
    sample_size: int
    """层内抽取数：本单位本层抽多少。"""
    inclusion_probability: Decimal | None
    """入样概率：抽样时这一个被抽来查的机会，0 到 1；按风险抽的，估计全体时各处按它的倒数加权。空白的按层内抽取数除以层内总数。"""
    not_done_reason: str | None
    """未查原因：没有查成的原因。"""
    released_on: date | None
    """公布日期：名单公布的日期。"""


SupervisionRole = Literal["组长", "联络人"]
"""督导分工·身份：组长或联络人。"""
SUPERVISION_ROLE: tuple[SupervisionRole, ...] = get_args(SupervisionRole)
SupervisionOfficeKind = Literal["科室", "单位", "职务"]
"""督导分工·类型：附件1这一栏写的是科室、单位还是职务。"""
SUPERVISION_OFFICE_KIND: tuple[SupervisionOfficeKind, ...] = get_args(SupervisionOfficeKind)
SupervisionColumn = Literal["group_no", "role", "sort_no", "name", "office", "office_kind", "valid_from", "valid_to", "is_verified"]


class SupervisionRow(Row):
    """督导分工（supervision）：督导组的一个成员：组长或联络人。"""

    __slots__ = ()
    table = "supervision"
    group_no: int
    """组号：督导组组号。"""
    role: SupervisionRole
    """身份：组长或联络人。"""
    sort_no: int
    """次序：同一身份里的先后。"""
    name: str
    """姓名：附件1上的姓名，去掉中间的空格。"""
    office: str | None
    """科室单位：科室、单位或职务。"""
    office_kind: SupervisionOfficeKind | None
    """类型：附件1这一栏写的是科室、单位还是职务。"""
    valid_from: date
    """起：从这一天起，当天算在内。"""
    valid_to: date | None
    """止：到这一天止，当天算在内；空白是仍在。"""
    is_verified: bool
    """已核实：是否见过原件；没有的在方法页标为待核。"""


TermKind = Literal["角色", "指标", "职责"]
"""术语·类别：角色、指标或职责。"""
TERMS_KIND: tuple[TermKind, ...] = get_args(TermKind)
TermColumn = Literal["term", "word", "kind", "explanation", "source"]


class TermRow(Row):
    """术语（terms）：一个官方用词：角色、指标或职责。列名和取值不在这里，它们在各表的结构里。"""

    __slots__ = ()
    table = "terms"
    term: str
    """术语：官方用词。"""
    word: str
    """英文标识：程序里的英文标识。"""
    kind: TermKind
    """类别：角色、指标或职责。"""
    explanation: str
    """说明：用自己的话说清楚。"""
    source: str
    """出处：这一行从哪里来：文件和条款，或见过的资料。"""


TestFrequencySourceType = Literal["地表水", "地下水", "泉水", "外购水", "城市管网"]
"""检测频次·水源类型：只管这种水源；空着是都管。"""
TEST_FREQUENCY_SOURCE_TYPE: tuple[TestFrequencySourceType, ...] = get_args(TestFrequencySourceType)
TestFrequencySamplingPoint = Literal["水源水", "出厂水", "末梢水", "分散水"]
"""检测频次·采样点：采样点。"""
TEST_FREQUENCY_SAMPLING_POINT: tuple[TestFrequencySamplingPoint, ...] = get_args(TestFrequencySamplingPoint)
TestFrequencyPer = Literal["日", "周", "月", "季", "半年", "年"]
"""检测频次·周期：周期。"""
TEST_FREQUENCY_PER: tuple[TestFrequencyPer, ...] = get_args(TestFrequencyPer)
TestFrequencyColumn = Literal["frequency_id", "standard", "scale_no", "source_type", "sampling_point", "times", "per", "valid_from", "valid_to", "source", "is_verified"]


class TestFrequencyRow(Row):
    """检测频次（test_frequency）：一种规模、水源和采样点应当检测的次数。"""

    __slots__ = ()
    table = "test_frequency"
    frequency_id: str
    """编号：频次的英文编号。"""
    standard: str
    """标准号：标准号，带年号。"""
    scale_no: int | None
    """规模类型：供水规模类型，1到5，对应Ⅰ到Ⅴ。"""
    source_type: TestFrequencySourceType | None
    """水源类型：只管这种水源；空着是都管。"""
    sampling_point: TestFrequencySamplingPoint
    """采样点：采样点。"""
    times: int
    """次数：一个周期至少检测几次。"""
    per: TestFrequencyPer
    """周期：周期。"""
    valid_from: date
    """生效日：从这一天起，当天算在内。"""
    valid_to: date | None
    """失效日：到这一天止，当天算在内；空白是仍在。"""
    source: str
    """出处：这一行从哪里来：文件和条款，或见过的资料。"""
    is_verified: bool
    """已核实：是否见过原件；没有的在方法页标为待核。"""


UnitKind = Literal["区", "县", "县级市", "功能区"]
"""单位·类型：区、县、县级市或功能区。"""
UNITS_KIND: tuple[UnitKind, ...] = get_args(UnitKind)
UnitCompetentBodyKind = Literal["水利局", "社会事业局", "农办"]
"""单位·主管部门类型：主管部门是水利局、社会事业局还是农办。"""
UNITS_COMPETENT_BODY_KIND: tuple[UnitCompetentBodyKind, ...] = get_args(UnitCompetentBodyKind)
UnitGovernmentKind = Literal["人民政府", "管委会"]
"""单位·政府类型：管委会的文件等同政府文件。"""
UNITS_GOVERNMENT_KIND: tuple[UnitGovernmentKind, ...] = get_args(UnitGovernmentKind)
UnitColumn = Literal["unit_id", "name", "short_name", "aliases", "kind", "gb_code", "stats_code", "territory_unit_id", "competent_body", "competent_body_kind", "government_name", "government_kind", "group_no", "website_url", "sort_no", "valid_from", "valid_to", "source", "is_verified"]


class UnitRow(Row):
    """单位（units）：承担任务的单位，一行是17个县、市、区和功能区中的一个。"""

    __slots__ = ()
    table = "units"
    unit_id: str
    """单位编号：所属单位的编号，和所在目录一致。"""
    name: str
    """名称：单位的正式名称。"""
    short_name: str
    """简称：平时说的短名字，页面上用。"""
    aliases: tuple[str, ...]
    """别名：常见的别的写法，用竖线隔开；查找和导入时认得。"""
    kind: UnitKind
    """类型：区、县、县级市或功能区。"""
    gb_code: str | None
    """国标代码：国家标准里的六位代码；没有的空着。"""
    stats_code: str | None
    """统计代码：统计用的六位代码；没有的空着。"""
    territory_unit_id: str | None
    """所在行政区：功能区坐落在哪个县区；县区自己空着。"""
    competent_body: str
    """主管部门：主管农村供水的部门全称。"""
    competent_body_kind: UnitCompetentBodyKind
    """主管部门类型：主管部门是水利局、社会事业局还是农办。"""
    government_name: str
    """政府名称：政府或管委会的全称。"""
    government_kind: UnitGovernmentKind
    """政府类型：管委会的文件等同政府文件。"""
    group_no: int
    """督导组：分包这个单位的督导组（附件1）。"""
    website_url: str | None
    """公示网址：单位公示责任人的网址；没有的空着。"""
    sort_no: int
    """排序：页面和报表里的先后。"""
    valid_from: date
    """生效日：从这一天起，当天算在内。"""
    valid_to: date | None
    """失效日：到这一天止，当天算在内；空白是仍在。"""
    source: str
    """出处：这一行从哪里来：文件和条款，或见过的资料。"""
    is_verified: bool
    """已核实：是否见过原件；没有的在方法页标为待核。"""


VillageDispersedSource = Literal["井水", "泉水", "窖水", "其他"]
"""行政村概况·分散水源：分散供水主要靠什么水源。"""
VILLAGES_DISPERSED_SOURCE: tuple[VillageDispersedSource, ...] = get_args(VillageDispersedSource)
VillageColumn = Literal["village_code", "unit_id", "counted_on", "households", "population", "is_project_village", "unstable_households", "marginal_households", "stricken_households", "lifted_households", "priority_households", "dispersed_households", "dispersed_people", "dispersed_source"]


class ShownVillageRow(Row):
    """行政村概况（villages）里可以公开的列：看得到的行是它。"""

    __slots__ = ()
    table = "villages"
    village_code: str
    """村代码：12位村级区划代码。"""
    unit_id: str
    """单位：所属单位的编号，和所在目录一致。"""
    counted_on: date
    """统计日期：户数、人口统计到哪一天。"""
    households: int
    """总户数：全村户数。"""
    population: int
    """总人口：全村人口。"""
    is_project_village: bool
    """项目村：有供水项目的村写“是”，五.4④按它查。"""
    dispersed_source: VillageDispersedSource | None
    """分散水源：分散供水主要靠什么水源。"""


class VillageRow(ShownVillageRow):
    """行政村概况（villages）：一个有农村供水的村级单位：户数、人口，按户类只记数。"""

    __slots__ = ()
    table = "villages"
    unstable_households: int
    """脱贫不稳定户数：脱贫不稳定户的户数；一户只归一类，按次序取第一类。"""
    marginal_households: int
    """边缘易致贫户数：边缘易致贫户的户数。"""
    stricken_households: int
    """突发严重困难户数：突发严重困难户的户数。"""
    lifted_households: int
    """其他脱贫户数：不属于前三类的脱贫户的户数。"""
    priority_households: int
    """其他重点人群户数：特困、低保、重残等其他重点人群的户数。"""
    dispersed_households: int
    """分散供水户数：没有集中供水、自家取水的户数；大于零就是分散供水村。"""
    dispersed_people: int
    """分散供水人数：分散供水的人数。"""


WaiverColumn = Literal["waiver_id", "rule_id", "unit_id", "ledger", "row_id", "authority", "reason", "granted_on", "expires_on"]


class WaiverRow(Row):
    """豁免（waivers）：一条被豁免的规则，一直公布，到期失效。"""

    __slots__ = ()
    table = "waivers"
    waiver_id: str
    """编号：豁免编号。"""
    rule_id: str
    """规则：豁免哪条规则。"""
    unit_id: str | None
    """单位：所属单位的编号，和所在目录一致。"""
    ledger: str
    """台账：在哪个台账里。"""
    row_id: str | None
    """记录：豁免哪一条记录；空着是这个单位这个台账的全部。"""
    authority: str
    """批准单位：谁批准的。"""
    reason: str
    """理由：为什么。"""
    granted_on: date
    """批准日期：批准日期。"""
    expires_on: date
    """失效日期：失效日期，到期自动恢复检查。"""


WaterAdviceSide = Literal["偏高", "偏低", "都用"]
"""用水提醒·偏哪边：只在偏高、只在偏低时用，还是都用；不得检出的检出了，算偏高。"""
WATER_ADVICE_SIDE: tuple[WaterAdviceSide, ...] = get_args(WaterAdviceSide)
WaterAdviceColumn = Literal["advice_id", "indicator_kind", "indicators", "side", "advice", "valid_from", "valid_to", "source", "is_verified"]


class WaterAdviceRow(Row):
    """用水提醒（water_advice）：水里一类指标不合格时，用水的人该怎么办，用大白话写。"""

    __slots__ = ()
    table = "water_advice"
    advice_id: str
    """编号：提醒编号。"""
    indicator_kind: str
    """指标类别：管哪一类指标。"""
    indicators: tuple[str, ...]
    """适用指标：指标的英文编号，和水质限值表一致；空着的一条管没有写明是哪项不合格的。"""
    side: WaterAdviceSide
    """偏哪边：只在偏高、只在偏低时用，还是都用；不得检出的检出了，算偏高。"""
    advice: str
    """提醒：该怎么办：能不能喝、烧开有没有用、能不能洗。"""
    valid_from: date
    """生效日：从这一天起，当天算在内。"""
    valid_to: date | None
    """失效日：到这一天止，当天算在内；空白是仍在。"""
    source: str
    """出处：这一行从哪里来：文件和条款，或见过的资料。"""
    is_verified: bool
    """已核实：是否见过原件；没有的在方法页标为待核。"""


WaterLimitSamplingPoint = Literal["水源水", "出厂水", "末梢水", "分散水", "全部"]
"""水质限值·采样点：限值管哪个采样点；“全部”是饮用水的各个点。"""
WATER_LIMITS_SAMPLING_POINT: tuple[WaterLimitSamplingPoint, ...] = get_args(WaterLimitSamplingPoint)
WaterLimitCondition = Literal["无", "水源与净水技术受限"]
"""水质限值·条件：只在水源与净水技术受限时放宽的，写明。"""
WATER_LIMITS_CONDITION: tuple[WaterLimitCondition, ...] = get_args(WaterLimitCondition)
WaterLimitLimitKind = Literal["上限", "下限", "区间", "不得检出", "无异常"]
"""水质限值·限值形式：上限、下限、区间，或不得检出、无异常。"""
WATER_LIMITS_LIMIT_KIND: tuple[WaterLimitLimitKind, ...] = get_args(WaterLimitLimitKind)
WaterLimitSupplyKind = Literal["全部", "小型集中与分散"]
"""水质限值·适用供水：管全部供水，还是只管小型集中与分散供水。"""
WATER_LIMITS_SUPPLY_KIND: tuple[WaterLimitSupplyKind, ...] = get_args(WaterLimitSupplyKind)
WaterLimitColumn = Literal["limit_set", "indicator", "sampling_point", "condition", "indicator_name", "unit_of_measure", "limit_kind", "low", "high", "standard", "supply_kind", "is_relaxed", "valid_from", "valid_to", "source", "is_verified"]


class WaterLimitRow(Row):
    """水质限值（water_limits）：一组限值里的一项指标在一个采样点的限值。"""

    __slots__ = ()
    table = "water_limits"
    limit_set: str
    """限值组：限值组的英文编号，按采样日期和供水规模选用。"""
    indicator: str
    """指标：指标的英文编号，和水质限值表一致。"""
    sampling_point: WaterLimitSamplingPoint
    """采样点：限值管哪个采样点；“全部”是饮用水的各个点。"""
    condition: WaterLimitCondition
    """条件：只在水源与净水技术受限时放宽的，写明。"""
    indicator_name: str
    """指标名称：指标的中文名称。"""
    unit_of_measure: str | None
    """计量单位：计量单位，照标准的写法；没有单位的空着。"""
    limit_kind: WaterLimitLimitKind
    """限值形式：上限、下限、区间，或不得检出、无异常。"""
    low: Decimal | None
    """下限：不低于这个数；没有的空着。"""
    high: Decimal | None
    """上限：不超过这个数；没有的空着。"""
    standard: str
    """标准号：标准号，带年号。"""
    supply_kind: WaterLimitSupplyKind
    """适用供水：管全部供水，还是只管小型集中与分散供水。"""
    is_relaxed: bool
    """放宽限值：只靠放宽限值才达标的，页面会写明。"""
    valid_from: date
    """生效日：从这一天起，当天算在内。"""
    valid_to: date | None
    """失效日：到这一天止，当天算在内；空白是仍在。"""
    source: str
    """出处：这一行从哪里来：文件和条款，或见过的资料。"""
    is_verified: bool
    """已核实：是否见过原件；没有的在方法页标为待核。"""


WaterResultQualifier = Literal["等于", "小于", "大于", "区间", "未检出", "定性"]
"""检测结果·形式：值的形式，和报告原值一致。"""
WATER_RESULTS_QUALIFIER: tuple[WaterResultQualifier, ...] = get_args(WaterResultQualifier)
WaterResultColumn = Literal["sample_id", "indicator", "raw_value", "qualifier", "value_low", "value", "unit_of_measure"]


class WaterResultRow(Row):
    """检测结果（water_results）：一个水样的一项检测结果。"""

    __slots__ = ()
    table = "water_results"
    sample_id: str
    """样品：样品编号。"""
    indicator: str
    """指标：指标的英文编号，和水质限值表一致。"""
    raw_value: str
    """报告原值：报告上写的值，照抄，如 0.86、<0.01、未检出。"""
    qualifier: WaterResultQualifier
    """形式：值的形式，和报告原值一致。"""
    value_low: Decimal | None
    """区间下值：区间的下值；不是区间的空着。"""
    value: Decimal | None
    """数值：数值；区间写上值，未检出且没有检出限的空着。"""
    unit_of_measure: str | None
    """计量单位：计量单位，照标准的写法；没有单位的空着。"""


WaterTestPlaceType = Literal["工程", "村"]
"""水质检测·对象类型：对象是哪一种地方。"""
WATER_TESTS_PLACE_TYPE: tuple[WaterTestPlaceType, ...] = get_args(WaterTestPlaceType)
WaterTestSamplingPoint = Literal["水源水", "出厂水", "末梢水", "分散水"]
"""水质检测·采样点：在哪里取的水。"""
WATER_TESTS_SAMPLING_POINT: tuple[WaterTestSamplingPoint, ...] = get_args(WaterTestSamplingPoint)
WaterTestMethod = Literal["化验", "快检", "望闻问尝"]
"""水质检测·方法：化验、快检，或望闻问尝。"""
WATER_TESTS_METHOD: tuple[WaterTestMethod, ...] = get_args(WaterTestMethod)
WaterTestConclusion = Literal["达标", "不达标", "未评价"]
"""水质检测·报告结论：报告自己写的结论；达不达标另按限值算，见“水质判定”。"""
WATER_TESTS_CONCLUSION: tuple[WaterTestConclusion, ...] = get_args(WaterTestConclusion)
WaterTestPostedAt = Literal["厂站", "网站", "村"]
"""水质检测·公示处：在哪里公示。"""
WATER_TESTS_POSTED_AT: tuple[WaterTestPostedAt, ...] = get_args(WaterTestPostedAt)
WaterTestCheckerLevel = Literal["村", "乡镇", "县", "市", "省", "国家"]
"""水质检测·检查层级：哪一级来查的；村、乡镇、县的放在单位目录，市以上的放在市级目录。"""
WATER_TESTS_CHECKER_LEVEL: tuple[WaterTestCheckerLevel, ...] = get_args(WaterTestCheckerLevel)
WaterTestColumn = Literal["sample_id", "unit_id", "place_type", "place_id", "sampled_on", "sampling_point", "method", "retest_of_id", "lab_name", "report_no", "reported_on", "limit_set", "conclusion", "posted_on", "posted_at", "is_archived", "checker_level", "checker_org", "group_no", "draw_id", "withdrawn_on", "withdrawn_reason", "evidence_ref", "note"]


class ShownWaterTestRow(Row):
    """水质检测（water_tests）里可以公开的列：看得到的行是它。"""

    __slots__ = ()
    table = "water_tests"
    sample_id: str
    """样品编号：样品编号。"""
    unit_id: str
    """单位：所属单位的编号，和所在目录一致。"""
    place_type: WaterTestPlaceType
    """对象类型：对象是哪一种地方。"""
    place_id: str
    """对象：对象的编号：县、网站写单位编号，乡镇、村写区划代码，工程写工程编号。"""
    sampled_on: date
    """采样日期：采样的日期。"""
    sampling_point: WaterTestSamplingPoint
    """采样点：在哪里取的水。"""
    method: WaterTestMethod
    """方法：化验、快检，或望闻问尝。"""
    retest_of_id: str | None
    """复检自：复检的是哪个样品。"""
    lab_name: str | None
    """检测单位：检测单位全称。"""
    report_no: str | None
    """报告编号：检测报告编号。"""
    reported_on: date | None
    """报告日期：报告日期。"""
    limit_set: str | None
    """报告所用限值：报告用的是哪组限值。"""
    conclusion: WaterTestConclusion
    """报告结论：报告自己写的结论；达不达标另按限值算，见“水质判定”。"""
    posted_on: date | None
    """公示日期：报告公示的日期；还没有公示的空着。"""
    posted_at: tuple[WaterTestPostedAt, ...]
    """公示处：在哪里公示。"""
    is_archived: bool | None
    """已存档：报告是否按要求存档。"""
    checker_level: WaterTestCheckerLevel
    """检查层级：哪一级来查的；村、乡镇、县的放在单位目录，市以上的放在市级目录。"""
    checker_org: str
    """检查单位：来检查的单位全称。"""
    group_no: int | None
    """督导组：督导组组号；只有市里的检查填。"""
    draw_id: str | None
    """抽查编号：按抽查名单去的，写抽查编号。"""
    withdrawn_on: date | None
    """撤回日期：查错了撤回的日期，和撤回原因一起填。"""
    withdrawn_reason: str | None
    """撤回原因：为什么撤回。"""


class WaterTestRow(ShownWaterTestRow):
    """水质检测（water_tests）：一个水样，或一次望闻问尝。"""

    __slots__ = ()
    table = "water_tests"
    evidence_ref: str | None
    """佐证：档案号或文件摘要；材料本身不入库。"""
    note: str | None
    """备注：需要说明的话，不对外。"""


WorkdayColumn = Literal["day_on", "is_workday", "name", "is_verified"]


class WorkdayRow(Row):
    """工作日调整（workdays）：一个和周一至周五不一样的日子：放假或调休上班。"""

    __slots__ = ()
    table = "workdays"
    day_on: date
    """日期：和平常不一样的那一天。"""
    is_workday: bool
    """上班：这一天上班写“是”，放假写“否”。"""
    name: str
    """名称：哪个节日，或调休上班。"""
    is_verified: bool
    """已核实：是否见过原件；没有的在方法页标为待核。"""


WorksWorksClass = Literal["千吨万人", "千人以上", "千人以下", "城市管网延伸"]
"""供水工程·工程类别：按规模和受益人口推定；不一样的要写类别说明。"""
WORKS_WORKS_CLASS: tuple[WorksWorksClass, ...] = get_args(WorksWorksClass)
WorksSourceType = Literal["地表水", "地下水", "泉水", "外购水", "城市管网"]
"""供水工程·水源类型：主要水源。"""
WORKS_SOURCE_TYPE: tuple[WorksSourceType, ...] = get_args(WorksSourceType)
WorksOtherSources = Literal["地表水", "地下水", "泉水", "外购水", "城市管网"]
"""供水工程·其他水源：主要水源以外，平时也在用的水源。"""
WORKS_OTHER_SOURCES: tuple[WorksOtherSources, ...] = get_args(WorksOtherSources)
WorksBackupSource = Literal["地表水", "地下水", "泉水", "外购水", "城市管网", "无"]
"""供水工程·备用水源类型：平时不用、断水时启用的水源；没有写“无”。"""
WORKS_BACKUP_SOURCE: tuple[WorksBackupSource, ...] = get_args(WorksBackupSource)
WorksDisinfection = Literal["次氯酸钠", "二氧化氯", "液氯", "臭氧", "紫外线", "其他", "无"]
"""供水工程·消毒方式：正在用的消毒方式；没有写“无”。"""
WORKS_DISINFECTION: tuple[WorksDisinfection, ...] = get_args(WorksDisinfection)
WorksOperatorKind = Literal["县级供水单位", "乡镇供水站", "村委会", "企业", "个人承包", "用水者协会", "其他"]
"""供水工程·管护单位类型：管护单位是哪一类。"""
WORKS_OPERATOR_KIND: tuple[WorksOperatorKind, ...] = get_args(WorksOperatorKind)
WorksStatus = Literal["正常", "间歇", "作用不明显", "闲置", "停用"]
"""供水工程·运行状态：现在的运行状态。"""
WORKS_STATUS: tuple[WorksStatus, ...] = get_args(WorksStatus)
WorksColumn = Literal["works_id", "unit_id", "name", "aliases", "town_code", "village_codes", "partly_served_codes", "works_class", "class_reason", "capacity_m3d", "population", "households", "source_type", "other_sources", "backup_source", "has_limited_source", "treatment", "disinfection", "has_lab", "is_metered", "price_yuan_m3", "operator_name", "operator_kind", "owner_name", "built_year", "status", "status_on", "replaced_by_id"]


class WorksRow(Row):
    """供水工程（works）：一处集中供水工程，或一处城市管网延伸。"""

    __slots__ = ()
    table = "works"
    works_id: str
    """工程编号：工程编号，一经编定不再改。"""
    unit_id: str
    """单位：所属单位的编号，和所在目录一致。"""
    name: str
    """工程名称：工程全称，和公示牌一致。"""
    aliases: tuple[str, ...]
    """别名：常见的别的写法，用竖线隔开；查找和导入时认得。"""
    town_code: str
    """所在乡镇：9位乡镇区划代码。"""
    village_codes: tuple[str, ...]
    """供水村：给哪些村供水，写12位代码。"""
    partly_served_codes: tuple[str, ...]
    """部分供水的村：供水村里只供到一部分的，写12位代码；整村都供的不写。"""
    works_class: WorksWorksClass
    """工程类别：按规模和受益人口推定；不一样的要写类别说明。"""
    class_reason: str | None
    """类别说明：申报的类别和推定的不同，为什么。"""
    capacity_m3d: Decimal
    """设计规模：设计每天供多少立方米。"""
    population: int
    """受益人口：实际受益的人数。"""
    households: int
    """受益户数：实际受益的户数。"""
    source_type: WorksSourceType
    """水源类型：主要水源。"""
    other_sources: tuple[WorksOtherSources, ...]
    """其他水源：主要水源以外，平时也在用的水源。"""
    backup_source: WorksBackupSource | None
    """备用水源类型：平时不用、断水时启用的水源；没有写“无”。"""
    has_limited_source: bool | None
    """水源与净水技术受限：水源和净水条件受限、按放宽限值评的写“是”。"""
    treatment: str | None
    """净水工艺：主要的净水工艺。"""
    disinfection: WorksDisinfection
    """消毒方式：正在用的消毒方式；没有写“无”。"""
    has_lab: bool | None
    """设化验室：有没有日常检测化验室。"""
    is_metered: bool | None
    """按量计费：是否按用水量收费。"""
    price_yuan_m3: Decimal | None
    """水价：每立方米水价，元。"""
    operator_name: str
    """管护单位：管护单位或承包人所在单位的名称。"""
    operator_kind: WorksOperatorKind
    """管护单位类型：管护单位是哪一类。"""
    owner_name: str | None
    """产权单位：工程产权归哪个单位；不写个人姓名，归村集体的写村委会。"""
    built_year: int | None
    """建成年：建成的年份。"""
    status: WorksStatus
    """运行状态：现在的运行状态。"""
    status_on: date | None
    """状态日期：从哪一天起是这个状态；不正常的要写。"""
    replaced_by_id: str | None
    """并入工程：已经并到哪个工程。"""


GuaranteeCoverageColumn = Literal["unit_id", "town_code", "item_code", "label", "works", "met", "failed", "unseen"]


class GuaranteeCoverageRow(Row):
    """六有两确保落实情况（guarantee_coverage）：六有两确保每一项在几处工程落实、几处没有落实、几处没有查；一个乡镇一项一行，按最近一次查到这一项的结果算。"""

    __slots__ = ()
    table = "guarantee_coverage"
    unit_id: str
    """单位：单位编号。"""
    town_code: str
    """乡镇：工程所在乡镇的区划代码。"""
    item_code: str
    """项目编号：六有是 LY1 到 LY6，两确保是 QB1、QB2。"""
    label: str
    """检查内容：这一项查什么。"""
    works: int
    """在供水的工程：这个乡镇在供水的工程数，是后面三列的和。"""
    met: int
    """落实：看过、没有查出问题的工程数。"""
    failed: int
    """没有落实：看过、查出问题的工程数。"""
    unseen: int
    """没有查：排查开始以来没有看过这一项的工程数。"""


HouseholdSumCheckedBy = Literal["外部", "本单位"]
"""入户核查合计·谁查的：外部是市、省、国家查的，本单位是县、乡镇、村自己查的。"""
HOUSEHOLD_SUMS_CHECKED_BY: tuple[HouseholdSumCheckedBy, ...] = get_args(HouseholdSumCheckedBy)
HouseholdSumHouseholdGroup = Literal["脱贫户和监测户", "其他户"]
"""入户核查合计·户类：扣分只看脱贫户和监测户。"""
HOUSEHOLD_SUMS_HOUSEHOLD_GROUP: tuple[HouseholdSumHouseholdGroup, ...] = get_args(HouseholdSumHouseholdGroup)
HouseholdSumPeriod = Literal["排查以前", "排查阶段", "考评阶段"]
"""入户核查合计·时段：按核查日期分：排查开始以前，排查开始到考评开始，考评开始以后。"""
HOUSEHOLD_SUMS_PERIOD: tuple[HouseholdSumPeriod, ...] = get_args(HouseholdSumPeriod)
HouseholdSumColumn = Literal["unit_id", "checked_by", "household_group", "period", "visited_households", "safety_households", "unsafe_households", "listed_households", "repeat_unsafe_households", "paper_households", "lacking_households", "repeat_lacking_households"]


class HouseholdSumRow(Row):
    """入户核查合计（household_sums）：入户核查不逐行公开；一个单位、一方、一类户、一段时间合计一行，五.1和五.4④凭它重算。撤回的和认定不属实的不算。"""

    __slots__ = ()
    table = "household_sums"
    unit_id: str
    """单位：单位编号。"""
    checked_by: HouseholdSumCheckedBy
    """谁查的：外部是市、省、国家查的，本单位是县、乡镇、村自己查的。"""
    household_group: HouseholdSumHouseholdGroup
    """户类：扣分只看脱贫户和监测户。"""
    period: HouseholdSumPeriod
    """时段：按核查日期分：排查开始以前，排查开始到考评开始，考评开始以后。"""
    visited_households: int
    """入户数：一共入了几户。"""
    safety_households: int
    """看过饮水安全的户数：其中看过饮水是否安全的户数。"""
    unsafe_households: int
    """饮水不安全户数：四项指标至少一项不达标的户数。"""
    listed_households: int
    """不安全户里已入台账未到期：不安全户里，已在台账、还没到期的户数，不扣分。"""
    repeat_unsafe_households: int
    """不安全户里此前已计：不安全户里，以前的检查已经计过的户数，不再扣分。"""
    paper_households: int
    """看过明白卡和报告的户数：其中看过明白卡和水质报告的户数。"""
    lacking_households: int
    """缺其一或全缺：明白卡和水质报告缺一样或都缺的户数。"""
    repeat_lacking_households: int
    """缺卡缺报告户里此前已计：缺卡缺报告的户里，以前已经计过的户数，不再扣分。"""


ReportingStatusStatus = Literal["已报告", "零报告", "未报告"]
"""报告情况·报没报：已报告是至少有一条记录，零报告是申报没有，未报告是两样都没有。"""
REPORTING_STATUS_STATUS: tuple[ReportingStatusStatus, ...] = get_args(ReportingStatusStatus)
ReportingStatusColumn = Literal["unit_id", "ledger", "kind", "status"]


class ReportingStatusRow(Row):
    """报告情况（reporting_status）：考评要的每一种记录，单位报了、申报了零报告，还是没有报告；没有报告的条款不计分。"""

    __slots__ = ()
    table = "reporting_status"
    unit_id: str
    """单位：单位编号。"""
    ledger: str
    """台账：台账的英文名。"""
    kind: str
    """类别：台账里的哪一种记录；不分类别的写“全部”。"""
    status: ReportingStatusStatus
    """报没报：已报告是至少有一条记录，零报告是申报没有，未报告是两样都没有。"""


ScreeningCoverageTier = Literal["县", "乡镇", "村"]
"""排查覆盖·该谁查：千吨万人、城市管网延伸由县查，千人以上由乡镇查，其余由村查。"""
SCREENING_COVERAGE_TIER: tuple[ScreeningCoverageTier, ...] = get_args(ScreeningCoverageTier)
ScreeningCoverageGrain = Literal["工程", "村", "户"]
"""排查覆盖·查什么：按工程、按村或按户数。"""
SCREENING_COVERAGE_GRAIN: tuple[ScreeningCoverageGrain, ...] = get_args(ScreeningCoverageGrain)
ScreeningCoverageColumn = Literal["unit_id", "tier", "grain", "kind", "due", "in_time", "late", "lower", "never"]


class ScreeningCoverageRow(Row):
    """排查覆盖（screening_coverage）：逐户逐村逐工程，该查多少、按期查过多少、逾期查过多少、查的层级不够多少、没有查过多少；一个单位一项责任一行。"""

    __slots__ = ()
    table = "screening_coverage"
    unit_id: str
    """单位：单位编号。"""
    tier: ScreeningCoverageTier
    """该谁查：千吨万人、城市管网延伸由县查，千人以上由乡镇查，其余由村查。"""
    grain: ScreeningCoverageGrain
    """查什么：按工程、按村或按户数。"""
    kind: str
    """类别：工程类别、村的供水方式或者户类。"""
    due: int
    """该查：在供水的工程、登记了概况的村、概况里这一类的户，是后面四列的和。"""
    in_time: int
    """按期查过：该查的一级或上一级在排查结束日以前（含当天）自己查过。"""
    late: int
    """逾期查过：该查的一级或上一级在排查结束以后才查。"""
    lower: int
    """查的层级不够：只有下面一级查过。"""
    never: int
    """没有查过：排查开始以来没有查过；排查结束以前，是还没有查到。"""


WithheldSumColumn = Literal["unit_id", "evidence", "word", "kind", "amount", "measure"]


class WithheldSumRow(Row):
    """不公开记录的合计（withheld_sums）：整行不公开的记录使一项计分依据多出或少去多少；公开的记录数出来，加上这里的，就是计分用的数。没有影响的不列。披露、反映2次以上的问题另按每个问题列出媒体披露的次数（repeated_by_problem）：扣在六.1还是六.2，要一个问题一个问题地比。"""

    __slots__ = ()
    table = "withheld_sums"
    unit_id: str
    """单位：单位编号。"""
    evidence: str
    """计分依据编号：计分依据的英文名，和细则页、得分数据里的一致。"""
    word: str
    """计分依据：数的是什么。"""
    kind: str
    """种类：依据分种类的写种类，不分的写“不分”。"""
    amount: Decimal
    """合计：多出的数；少去的是负数。"""
    measure: str
    """计量：按什么数。"""


ROW_CLASSES: Mapping[str, type[Row]] = {
    "accountability": AccountabilityRow,
    "activities": ActivityRow,
    "assignments": AssignmentRow,
    "checklist_items": ChecklistItemRow,
    "divisions": DivisionRow,
    "documents": DocumentRow,
    "findings": FindingRow,
    "funds": FundRow,
    "household_checks": HouseholdCheckRow,
    "incidents": IncidentRow,
    "inspections": InspectionRow,
    "issue_events": IssueEventRow,
    "issues": IssueRow,
    "judgements": JudgementRow,
    "milestones": MilestoneRow,
    "nil_returns": NilReturnRow,
    "outages": OutageRow,
    "patrol_roster": PatrolRosterRow,
    "phone_checks": PhoneCheckRow,
    "phones": PhoneRow,
    "projects": ProjectRow,
    "readings": ReadingRow,
    "responsibilities": ResponsibilityRow,
    "returns": ReturnRow,
    "risk_points": RiskPointRow,
    "spoken_words": SpokenWordRow,
    "spot_checks": SpotCheckRow,
    "supervision": SupervisionRow,
    "terms": TermRow,
    "test_frequency": TestFrequencyRow,
    "units": UnitRow,
    "villages": VillageRow,
    "waivers": WaiverRow,
    "water_advice": WaterAdviceRow,
    "water_limits": WaterLimitRow,
    "water_results": WaterResultRow,
    "water_tests": WaterTestRow,
    "workdays": WorkdayRow,
    "works": WorksRow,
    "guarantee_coverage": GuaranteeCoverageRow,
    "household_sums": HouseholdSumRow,
    "reporting_status": ReportingStatusRow,
    "screening_coverage": ScreeningCoverageRow,
    "withheld_sums": WithheldSumRow,
}
"""The row class of each ledger by its name."""


class Ledgers:
    """What holds the rows of every ledger; whoever inherits from it says how."""

    accountability: tuple[AccountabilityRow, ...]
    """追责问责：一次追责措施，只写岗位，不写人。"""
    activities: tuple[ActivityRow, ...]
    """工作活动：有日期的一件工作：督查、培训、演练、宣传等。"""
    assignments: tuple[AssignmentRow, ...]
    """交办问题：市、省、国家交给一个单位的一个问题。"""
    checklist_items: tuple[ChecklistItemRow, ...]
    """检查项目：检查清单上的一个问题；一个问题最多对应一条考评条款。"""
    divisions: tuple[DivisionRow, ...]
    """行政区划：乡镇级和村级区划，一行是一个；管理单位和所在行政区分开记。"""
    documents: tuple[DocumentRow, ...]
    """制度文件：一份制度文件。"""
    findings: tuple[FindingRow, ...]
    """查出的问题：一次检查里一个不合格的项目。"""
    funds: tuple[FundRow, ...]
    """维修基金：维修基金的一笔：应落实、到账或支出。"""
    household_checks: tuple[HouseholdCheckRow, ...]
    """入户核查：一个村一天对一类户的入户核查，只记数，不记任何户的信息。"""
    incidents: tuple[IncidentRow, ...]
    """负面事件：一件负面事件，或一次曝光。"""
    inspections: tuple[InspectionRow, ...]
    """排查与检查：到一个地方的一次排查或检查。"""
    issue_events: tuple[IssueEventRow, ...]
    """整改流转：一个问题的一步流转：登记、交办、延期、完成、核查、销号等。"""
    issues: tuple[IssueRow, ...]
    """整改台账：整改台账，一行是一个问题；登记时写的地方、问题、来源和首次时限不再改。"""
    judgements: tuple[JudgementRow, ...]
    """评定：对一个单位一条条款的一次评定。"""
    milestones: tuple[MilestoneRow, ...]
    """项目节点：一个项目的一个节点；计划完成日期不改。"""
    nil_returns: tuple[NilReturnRow, ...]
    """零报告：零报告：某单位某台账某类在一段时间里确实没有。"""
    outages: tuple[OutageRow, ...]
    """停水断水：一次停水断水。"""
    patrol_roster: tuple[PatrolRosterRow, ...]
    """排查网络名录：一个村的排查网络里一个角色的一个人；只公布覆盖情况。"""
    phone_checks: tuple[PhoneCheckRow, ...]
    """电话抽查：对一个号码的一次抽查，可以拨一到三次。"""
    phones: tuple[PhoneRow, ...]
    """公示电话：一个公示电话：号码、用途和管的地方。"""
    projects: tuple[ProjectRow, ...]
    """工程项目：一个工程项目。"""
    readings: tuple[ReadingRow, ...]
    """口径登记：考评细则里一处说法不清的地方的一种读法；每处恰好采用一种。"""
    responsibilities: tuple[ResponsibilityRow, ...]
    """责任人：一个人在一个地方、一段任期里承担的一项责任。"""
    returns: tuple[ReturnRow, ...]
    """报表任务：一个单位应报的一份报表；布置任务时由市里建行。"""
    risk_points: tuple[RiskPointRow, ...]
    """风险点：一个地方的一个风险点；对外只公布各单位各类的个数。"""
    spoken_words: tuple[SpokenWordRow, ...]
    """口头说法：查找时一种口头的说法：地名前后可以省的字，或想找的一栏。"""
    spot_checks: tuple[SpotCheckRow, ...]
    """抽查样本：抽中的一个抽查对象；查完以后才入库。"""
    supervision: tuple[SupervisionRow, ...]
    """督导分工：督导组的一个成员：组长或联络人。"""
    terms: tuple[TermRow, ...]
    """术语：一个官方用词：角色、指标或职责。列名和取值不在这里，它们在各表的结构里。"""
    test_frequency: tuple[TestFrequencyRow, ...]
    """检测频次：一种规模、水源和采样点应当检测的次数。"""
    units: tuple[UnitRow, ...]
    """单位：承担任务的单位，一行是17个县、市、区和功能区中的一个。"""
    villages: tuple[VillageRow, ...]
    """行政村概况：一个有农村供水的村级单位：户数、人口，按户类只记数。"""
    waivers: tuple[WaiverRow, ...]
    """豁免：一条被豁免的规则，一直公布，到期失效。"""
    water_advice: tuple[WaterAdviceRow, ...]
    """用水提醒：水里一类指标不合格时，用水的人该怎么办，用大白话写。"""
    water_limits: tuple[WaterLimitRow, ...]
    """水质限值：一组限值里的一项指标在一个采样点的限值。"""
    water_results: tuple[WaterResultRow, ...]
    """检测结果：一个水样的一项检测结果。"""
    water_tests: tuple[WaterTestRow, ...]
    """水质检测：一个水样，或一次望闻问尝。"""
    workdays: tuple[WorkdayRow, ...]
    """工作日调整：一个和周一至周五不一样的日子：放假或调休上班。"""
    works: tuple[WorksRow, ...]
    """供水工程：一处集中供水工程，或一处城市管网延伸。"""

    if TYPE_CHECKING:
        @overload
        def __getitem__(self, ledger: Literal["accountability"]) -> tuple[AccountabilityRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["activities"]) -> tuple[ActivityRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["assignments"]) -> tuple[AssignmentRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["checklist_items"]) -> tuple[ChecklistItemRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["divisions"]) -> tuple[DivisionRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["documents"]) -> tuple[DocumentRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["findings"]) -> tuple[FindingRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["funds"]) -> tuple[FundRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["household_checks"]) -> tuple[HouseholdCheckRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["incidents"]) -> tuple[IncidentRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["inspections"]) -> tuple[InspectionRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["issue_events"]) -> tuple[IssueEventRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["issues"]) -> tuple[IssueRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["judgements"]) -> tuple[JudgementRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["milestones"]) -> tuple[MilestoneRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["nil_returns"]) -> tuple[NilReturnRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["outages"]) -> tuple[OutageRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["patrol_roster"]) -> tuple[PatrolRosterRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["phone_checks"]) -> tuple[PhoneCheckRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["phones"]) -> tuple[PhoneRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["projects"]) -> tuple[ProjectRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["readings"]) -> tuple[ReadingRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["responsibilities"]) -> tuple[ResponsibilityRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["returns"]) -> tuple[ReturnRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["risk_points"]) -> tuple[RiskPointRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["spoken_words"]) -> tuple[SpokenWordRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["spot_checks"]) -> tuple[SpotCheckRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["supervision"]) -> tuple[SupervisionRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["terms"]) -> tuple[TermRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["test_frequency"]) -> tuple[TestFrequencyRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["units"]) -> tuple[UnitRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["villages"]) -> tuple[VillageRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["waivers"]) -> tuple[WaiverRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["water_advice"]) -> tuple[WaterAdviceRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["water_limits"]) -> tuple[WaterLimitRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["water_results"]) -> tuple[WaterResultRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["water_tests"]) -> tuple[WaterTestRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["workdays"]) -> tuple[WorkdayRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["works"]) -> tuple[WorksRow, ...]: ...
        @overload
        def __getitem__(self, ledger: str) -> tuple[Row, ...]: ...
        def __getitem__(self, ledger: str) -> Any: ...
        @overload
        def index(self, ledger: Literal["accountability"]) -> Index[AccountabilityRow]: ...
        @overload
        def index(self, ledger: Literal["activities"]) -> Index[ActivityRow]: ...
        @overload
        def index(self, ledger: Literal["assignments"]) -> Index[AssignmentRow]: ...
        @overload
        def index(self, ledger: Literal["checklist_items"]) -> Index[ChecklistItemRow]: ...
        @overload
        def index(self, ledger: Literal["divisions"]) -> Index[DivisionRow]: ...
        @overload
        def index(self, ledger: Literal["documents"]) -> Index[DocumentRow]: ...
        @overload
        def index(self, ledger: Literal["findings"]) -> Index[FindingRow]: ...
        @overload
        def index(self, ledger: Literal["funds"]) -> Index[FundRow]: ...
        @overload
        def index(self, ledger: Literal["household_checks"]) -> Index[HouseholdCheckRow]: ...
        @overload
        def index(self, ledger: Literal["incidents"]) -> Index[IncidentRow]: ...
        @overload
        def index(self, ledger: Literal["inspections"]) -> Index[InspectionRow]: ...
        @overload
        def index(self, ledger: Literal["issue_events"]) -> Index[IssueEventRow]: ...
        @overload
        def index(self, ledger: Literal["issues"]) -> Index[IssueRow]: ...
        @overload
        def index(self, ledger: Literal["judgements"]) -> Index[JudgementRow]: ...
        @overload
        def index(self, ledger: Literal["milestones"]) -> Index[MilestoneRow]: ...
        @overload
        def index(self, ledger: Literal["nil_returns"]) -> Index[NilReturnRow]: ...
        @overload
        def index(self, ledger: Literal["outages"]) -> Index[OutageRow]: ...
        @overload
        def index(self, ledger: Literal["patrol_roster"]) -> Index[PatrolRosterRow]: ...
        @overload
        def index(self, ledger: Literal["phone_checks"]) -> Index[PhoneCheckRow]: ...
        @overload
        def index(self, ledger: Literal["phones"]) -> Index[PhoneRow]: ...
        @overload
        def index(self, ledger: Literal["projects"]) -> Index[ProjectRow]: ...
        @overload
        def index(self, ledger: Literal["readings"]) -> Index[ReadingRow]: ...
        @overload
        def index(self, ledger: Literal["responsibilities"]) -> Index[ResponsibilityRow]: ...
        @overload
        def index(self, ledger: Literal["returns"]) -> Index[ReturnRow]: ...
        @overload
        def index(self, ledger: Literal["risk_points"]) -> Index[RiskPointRow]: ...
        @overload
        def index(self, ledger: Literal["spoken_words"]) -> Index[SpokenWordRow]: ...
        @overload
        def index(self, ledger: Literal["spot_checks"]) -> Index[SpotCheckRow]: ...
        @overload
        def index(self, ledger: Literal["supervision"]) -> Index[SupervisionRow]: ...
        @overload
        def index(self, ledger: Literal["terms"]) -> Index[TermRow]: ...
        @overload
        def index(self, ledger: Literal["test_frequency"]) -> Index[TestFrequencyRow]: ...
        @overload
        def index(self, ledger: Literal["units"]) -> Index[UnitRow]: ...
        @overload
        def index(self, ledger: Literal["villages"]) -> Index[VillageRow]: ...
        @overload
        def index(self, ledger: Literal["waivers"]) -> Index[WaiverRow]: ...
        @overload
        def index(self, ledger: Literal["water_advice"]) -> Index[WaterAdviceRow]: ...
        @overload
        def index(self, ledger: Literal["water_limits"]) -> Index[WaterLimitRow]: ...
        @overload
        def index(self, ledger: Literal["water_results"]) -> Index[WaterResultRow]: ...
        @overload
        def index(self, ledger: Literal["water_tests"]) -> Index[WaterTestRow]: ...
        @overload
        def index(self, ledger: Literal["workdays"]) -> Index[WorkdayRow]: ...
        @overload
        def index(self, ledger: Literal["works"]) -> Index[WorksRow]: ...
        @overload
        def index(self, ledger: str) -> Index[Row]: ...
        def index(self, ledger: str) -> Any: ...
        @overload
        def group(self, ledger: Literal["accountability"], column: AccountabilityColumn) -> Mapping[Any, list[AccountabilityRow]]: ...
        @overload
        def group(self, ledger: Literal["activities"], column: ActivityColumn) -> Mapping[Any, list[ActivityRow]]: ...
        @overload
        def group(self, ledger: Literal["assignments"], column: AssignmentColumn) -> Mapping[Any, list[AssignmentRow]]: ...
        @overload
        def group(self, ledger: Literal["checklist_items"], column: ChecklistItemColumn) -> Mapping[Any, list[ChecklistItemRow]]: ...
        @overload
        def group(self, ledger: Literal["divisions"], column: DivisionColumn) -> Mapping[Any, list[DivisionRow]]: ...
        @overload
        def group(self, ledger: Literal["documents"], column: DocumentColumn) -> Mapping[Any, list[DocumentRow]]: ...
        @overload
        def group(self, ledger: Literal["findings"], column: FindingColumn) -> Mapping[Any, list[FindingRow]]: ...
        @overload
        def group(self, ledger: Literal["funds"], column: FundColumn) -> Mapping[Any, list[FundRow]]: ...
        @overload
        def group(self, ledger: Literal["household_checks"], column: HouseholdCheckColumn) -> Mapping[Any, list[HouseholdCheckRow]]: ...
        @overload
        def group(self, ledger: Literal["incidents"], column: IncidentColumn) -> Mapping[Any, list[IncidentRow]]: ...
        @overload
        def group(self, ledger: Literal["inspections"], column: InspectionColumn) -> Mapping[Any, list[InspectionRow]]: ...
        @overload
        def group(self, ledger: Literal["issue_events"], column: IssueEventColumn) -> Mapping[Any, list[IssueEventRow]]: ...
        @overload
        def group(self, ledger: Literal["issues"], column: IssueColumn) -> Mapping[Any, list[IssueRow]]: ...
        @overload
        def group(self, ledger: Literal["judgements"], column: JudgementColumn) -> Mapping[Any, list[JudgementRow]]: ...
        @overload
        def group(self, ledger: Literal["milestones"], column: MilestoneColumn) -> Mapping[Any, list[MilestoneRow]]: ...
        @overload
        def group(self, ledger: Literal["nil_returns"], column: NilReturnColumn) -> Mapping[Any, list[NilReturnRow]]: ...
        @overload
        def group(self, ledger: Literal["outages"], column: OutageColumn) -> Mapping[Any, list[OutageRow]]: ...
        @overload
        def group(self, ledger: Literal["patrol_roster"], column: PatrolRosterColumn) -> Mapping[Any, list[PatrolRosterRow]]: ...
        @overload
        def group(self, ledger: Literal["phone_checks"], column: PhoneCheckColumn) -> Mapping[Any, list[PhoneCheckRow]]: ...
        @overload
        def group(self, ledger: Literal["phones"], column: PhoneColumn) -> Mapping[Any, list[PhoneRow]]: ...
        @overload
        def group(self, ledger: Literal["projects"], column: ProjectColumn) -> Mapping[Any, list[ProjectRow]]: ...
        @overload
        def group(self, ledger: Literal["readings"], column: ReadingColumn) -> Mapping[Any, list[ReadingRow]]: ...
        @overload
        def group(self, ledger: Literal["responsibilities"], column: ResponsibilityColumn) -> Mapping[Any, list[ResponsibilityRow]]: ...
        @overload
        def group(self, ledger: Literal["returns"], column: ReturnColumn) -> Mapping[Any, list[ReturnRow]]: ...
        @overload
        def group(self, ledger: Literal["risk_points"], column: RiskPointColumn) -> Mapping[Any, list[RiskPointRow]]: ...
        @overload
        def group(self, ledger: Literal["spoken_words"], column: SpokenWordColumn) -> Mapping[Any, list[SpokenWordRow]]: ...
        @overload
        def group(self, ledger: Literal["spot_checks"], column: SpotCheckColumn) -> Mapping[Any, list[SpotCheckRow]]: ...
        @overload
        def group(self, ledger: Literal["supervision"], column: SupervisionColumn) -> Mapping[Any, list[SupervisionRow]]: ...
        @overload
        def group(self, ledger: Literal["terms"], column: TermColumn) -> Mapping[Any, list[TermRow]]: ...
        @overload
        def group(self, ledger: Literal["test_frequency"], column: TestFrequencyColumn) -> Mapping[Any, list[TestFrequencyRow]]: ...
        @overload
        def group(self, ledger: Literal["units"], column: UnitColumn) -> Mapping[Any, list[UnitRow]]: ...
        @overload
        def group(self, ledger: Literal["villages"], column: VillageColumn) -> Mapping[Any, list[VillageRow]]: ...
        @overload
        def group(self, ledger: Literal["waivers"], column: WaiverColumn) -> Mapping[Any, list[WaiverRow]]: ...
        @overload
        def group(self, ledger: Literal["water_advice"], column: WaterAdviceColumn) -> Mapping[Any, list[WaterAdviceRow]]: ...
        @overload
        def group(self, ledger: Literal["water_limits"], column: WaterLimitColumn) -> Mapping[Any, list[WaterLimitRow]]: ...
        @overload
        def group(self, ledger: Literal["water_results"], column: WaterResultColumn) -> Mapping[Any, list[WaterResultRow]]: ...
        @overload
        def group(self, ledger: Literal["water_tests"], column: WaterTestColumn) -> Mapping[Any, list[WaterTestRow]]: ...
        @overload
        def group(self, ledger: Literal["workdays"], column: WorkdayColumn) -> Mapping[Any, list[WorkdayRow]]: ...
        @overload
        def group(self, ledger: Literal["works"], column: WorksColumn) -> Mapping[Any, list[WorksRow]]: ...
        @overload
        def group(self, ledger: str, column: str) -> Mapping[Any, list[Row]]: ...
        def group(self, ledger: str, column: str) -> Any: ...


class ShownLedgers:
    """What holds of each ledger what may be shown, and the tables computed beside."""

    accountability: tuple[ShownAccountabilityRow, ...]
    """追责问责：一次追责措施，只写岗位，不写人。"""
    activities: tuple[ShownActivityRow, ...]
    """工作活动：有日期的一件工作：督查、培训、演练、宣传等。"""
    assignments: tuple[AssignmentRow, ...]
    """交办问题：市、省、国家交给一个单位的一个问题。"""
    checklist_items: tuple[ChecklistItemRow, ...]
    """检查项目：检查清单上的一个问题；一个问题最多对应一条考评条款。"""
    divisions: tuple[DivisionRow, ...]
    """行政区划：乡镇级和村级区划，一行是一个；管理单位和所在行政区分开记。"""
    documents: tuple[DocumentRow, ...]
    """制度文件：一份制度文件。"""
    findings: tuple[FindingRow, ...]
    """查出的问题：一次检查里一个不合格的项目。"""
    funds: tuple[ShownFundRow, ...]
    """维修基金：维修基金的一笔：应落实、到账或支出。"""
    incidents: tuple[IncidentRow, ...]
    """负面事件：一件负面事件，或一次曝光。"""
    inspections: tuple[ShownInspectionRow, ...]
    """排查与检查：到一个地方的一次排查或检查。"""
    issue_events: tuple[ShownIssueEventRow, ...]
    """整改流转：一个问题的一步流转：登记、交办、延期、完成、核查、销号等。"""
    issues: tuple[ShownIssueRow, ...]
    """整改台账：整改台账，一行是一个问题；登记时写的地方、问题、来源和首次时限不再改。"""
    judgements: tuple[ShownJudgementRow, ...]
    """评定：对一个单位一条条款的一次评定。"""
    milestones: tuple[ShownMilestoneRow, ...]
    """项目节点：一个项目的一个节点；计划完成日期不改。"""
    nil_returns: tuple[NilReturnRow, ...]
    """零报告：零报告：某单位某台账某类在一段时间里确实没有。"""
    outages: tuple[ShownOutageRow, ...]
    """停水断水：一次停水断水。"""
    phone_checks: tuple[ShownPhoneCheckRow, ...]
    """电话抽查：对一个号码的一次抽查，可以拨一到三次。"""
    phones: tuple[PhoneRow, ...]
    """公示电话：一个公示电话：号码、用途和管的地方。"""
    projects: tuple[ProjectRow, ...]
    """工程项目：一个工程项目。"""
    readings: tuple[ReadingRow, ...]
    """口径登记：考评细则里一处说法不清的地方的一种读法；每处恰好采用一种。"""
    responsibilities: tuple[ResponsibilityRow, ...]
    """责任人：一个人在一个地方、一段任期里承担的一项责任。"""
    returns: tuple[ShownReturnRow, ...]
    """报表任务：一个单位应报的一份报表；布置任务时由市里建行。"""
    risk_points: tuple[ShownRiskPointRow, ...]
    """风险点：一个地方的一个风险点；对外只公布各单位各类的个数。"""
    spoken_words: tuple[SpokenWordRow, ...]
    """口头说法：查找时一种口头的说法：地名前后可以省的字，或想找的一栏。"""
    spot_checks: tuple[SpotCheckRow, ...]
    """抽查样本：抽中的一个抽查对象；查完以后才入库。"""
    supervision: tuple[SupervisionRow, ...]
    """督导分工：督导组的一个成员：组长或联络人。"""
    terms: tuple[TermRow, ...]
    """术语：一个官方用词：角色、指标或职责。列名和取值不在这里，它们在各表的结构里。"""
    test_frequency: tuple[TestFrequencyRow, ...]
    """检测频次：一种规模、水源和采样点应当检测的次数。"""
    units: tuple[UnitRow, ...]
    """单位：承担任务的单位，一行是17个县、市、区和功能区中的一个。"""
    villages: tuple[ShownVillageRow, ...]
    """行政村概况：一个有农村供水的村级单位：户数、人口，按户类只记数。"""
    waivers: tuple[WaiverRow, ...]
    """豁免：一条被豁免的规则，一直公布，到期失效。"""
    water_advice: tuple[WaterAdviceRow, ...]
    """用水提醒：水里一类指标不合格时，用水的人该怎么办，用大白话写。"""
    water_limits: tuple[WaterLimitRow, ...]
    """水质限值：一组限值里的一项指标在一个采样点的限值。"""
    water_results: tuple[WaterResultRow, ...]
    """检测结果：一个水样的一项检测结果。"""
    water_tests: tuple[ShownWaterTestRow, ...]
    """水质检测：一个水样，或一次望闻问尝。"""
    workdays: tuple[WorkdayRow, ...]
    """工作日调整：一个和周一至周五不一样的日子：放假或调休上班。"""
    works: tuple[WorksRow, ...]
    """供水工程：一处集中供水工程，或一处城市管网延伸。"""
    guarantee_coverage: tuple[GuaranteeCoverageRow, ...]
    """六有两确保落实情况：六有两确保每一项在几处工程落实、几处没有落实、几处没有查；一个乡镇一项一行，按最近一次查到这一项的结果算。"""
    household_sums: tuple[HouseholdSumRow, ...]
    """入户核查合计：入户核查不逐行公开；一个单位、一方、一类户、一段时间合计一行，五.1和五.4④凭它重算。撤回的和认定不属实的不算。"""
    reporting_status: tuple[ReportingStatusRow, ...]
    """报告情况：考评要的每一种记录，单位报了、申报了零报告，还是没有报告；没有报告的条款不计分。"""
    screening_coverage: tuple[ScreeningCoverageRow, ...]
    """排查覆盖：逐户逐村逐工程，该查多少、按期查过多少、逾期查过多少、查的层级不够多少、没有查过多少；一个单位一项责任一行。"""
    withheld_sums: tuple[WithheldSumRow, ...]
    """不公开记录的合计：整行不公开的记录使一项计分依据多出或少去多少；公开的记录数出来，加上这里的，就是计分用的数。没有影响的不列。披露、反映2次以上的问题另按每个问题列出媒体披露的次数（repeated_by_problem）：扣在六.1还是六.2，要一个问题一个问题地比。"""

    if TYPE_CHECKING:
        @overload
        def __getitem__(self, ledger: Literal["accountability"]) -> tuple[ShownAccountabilityRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["activities"]) -> tuple[ShownActivityRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["assignments"]) -> tuple[AssignmentRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["checklist_items"]) -> tuple[ChecklistItemRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["divisions"]) -> tuple[DivisionRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["documents"]) -> tuple[DocumentRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["findings"]) -> tuple[FindingRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["funds"]) -> tuple[ShownFundRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["incidents"]) -> tuple[IncidentRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["inspections"]) -> tuple[ShownInspectionRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["issue_events"]) -> tuple[ShownIssueEventRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["issues"]) -> tuple[ShownIssueRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["judgements"]) -> tuple[ShownJudgementRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["milestones"]) -> tuple[ShownMilestoneRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["nil_returns"]) -> tuple[NilReturnRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["outages"]) -> tuple[ShownOutageRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["phone_checks"]) -> tuple[ShownPhoneCheckRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["phones"]) -> tuple[PhoneRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["projects"]) -> tuple[ProjectRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["readings"]) -> tuple[ReadingRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["responsibilities"]) -> tuple[ResponsibilityRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["returns"]) -> tuple[ShownReturnRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["risk_points"]) -> tuple[ShownRiskPointRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["spoken_words"]) -> tuple[SpokenWordRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["spot_checks"]) -> tuple[SpotCheckRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["supervision"]) -> tuple[SupervisionRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["terms"]) -> tuple[TermRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["test_frequency"]) -> tuple[TestFrequencyRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["units"]) -> tuple[UnitRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["villages"]) -> tuple[ShownVillageRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["waivers"]) -> tuple[WaiverRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["water_advice"]) -> tuple[WaterAdviceRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["water_limits"]) -> tuple[WaterLimitRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["water_results"]) -> tuple[WaterResultRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["water_tests"]) -> tuple[ShownWaterTestRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["workdays"]) -> tuple[WorkdayRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["works"]) -> tuple[WorksRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["guarantee_coverage"]) -> tuple[GuaranteeCoverageRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["household_sums"]) -> tuple[HouseholdSumRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["reporting_status"]) -> tuple[ReportingStatusRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["screening_coverage"]) -> tuple[ScreeningCoverageRow, ...]: ...
        @overload
        def __getitem__(self, ledger: Literal["withheld_sums"]) -> tuple[WithheldSumRow, ...]: ...
        @overload
        def __getitem__(self, ledger: str) -> tuple[Row, ...]: ...
        def __getitem__(self, ledger: str) -> Any: ...
        @overload
        def index(self, ledger: Literal["accountability"]) -> Index[ShownAccountabilityRow]: ...
        @overload
        def index(self, ledger: Literal["activities"]) -> Index[ShownActivityRow]: ...
        @overload
        def index(self, ledger: Literal["assignments"]) -> Index[AssignmentRow]: ...
        @overload
        def index(self, ledger: Literal["checklist_items"]) -> Index[ChecklistItemRow]: ...
        @overload
        def index(self, ledger: Literal["divisions"]) -> Index[DivisionRow]: ...
        @overload
        def index(self, ledger: Literal["documents"]) -> Index[DocumentRow]: ...
        @overload
        def index(self, ledger: Literal["findings"]) -> Index[FindingRow]: ...
        @overload
        def index(self, ledger: Literal["funds"]) -> Index[ShownFundRow]: ...
        @overload
        def index(self, ledger: Literal["incidents"]) -> Index[IncidentRow]: ...
        @overload
        def index(self, ledger: Literal["inspections"]) -> Index[ShownInspectionRow]: ...
        @overload
        def index(self, ledger: Literal["issue_events"]) -> Index[ShownIssueEventRow]: ...
        @overload
        def index(self, ledger: Literal["issues"]) -> Index[ShownIssueRow]: ...
        @overload
        def index(self, ledger: Literal["judgements"]) -> Index[ShownJudgementRow]: ...
        @overload
        def index(self, ledger: Literal["milestones"]) -> Index[ShownMilestoneRow]: ...
        @overload
        def index(self, ledger: Literal["nil_returns"]) -> Index[NilReturnRow]: ...
        @overload
        def index(self, ledger: Literal["outages"]) -> Index[ShownOutageRow]: ...
        @overload
        def index(self, ledger: Literal["phone_checks"]) -> Index[ShownPhoneCheckRow]: ...
        @overload
        def index(self, ledger: Literal["phones"]) -> Index[PhoneRow]: ...
        @overload
        def index(self, ledger: Literal["projects"]) -> Index[ProjectRow]: ...
        @overload
        def index(self, ledger: Literal["readings"]) -> Index[ReadingRow]: ...
        @overload
        def index(self, ledger: Literal["responsibilities"]) -> Index[ResponsibilityRow]: ...
        @overload
        def index(self, ledger: Literal["returns"]) -> Index[ShownReturnRow]: ...
        @overload
        def index(self, ledger: Literal["risk_points"]) -> Index[ShownRiskPointRow]: ...
        @overload
        def index(self, ledger: Literal["spoken_words"]) -> Index[SpokenWordRow]: ...
        @overload
        def index(self, ledger: Literal["spot_checks"]) -> Index[SpotCheckRow]: ...
        @overload
        def index(self, ledger: Literal["supervision"]) -> Index[SupervisionRow]: ...
        @overload
        def index(self, ledger: Literal["terms"]) -> Index[TermRow]: ...
        @overload
        def index(self, ledger: Literal["test_frequency"]) -> Index[TestFrequencyRow]: ...
        @overload
        def index(self, ledger: Literal["units"]) -> Index[UnitRow]: ...
        @overload
        def index(self, ledger: Literal["villages"]) -> Index[ShownVillageRow]: ...
        @overload
        def index(self, ledger: Literal["waivers"]) -> Index[WaiverRow]: ...
        @overload
        def index(self, ledger: Literal["water_advice"]) -> Index[WaterAdviceRow]: ...
        @overload
        def index(self, ledger: Literal["water_limits"]) -> Index[WaterLimitRow]: ...
        @overload
        def index(self, ledger: Literal["water_results"]) -> Index[WaterResultRow]: ...
        @overload
        def index(self, ledger: Literal["water_tests"]) -> Index[ShownWaterTestRow]: ...
        @overload
        def index(self, ledger: Literal["workdays"]) -> Index[WorkdayRow]: ...
        @overload
        def index(self, ledger: Literal["works"]) -> Index[WorksRow]: ...
        @overload
        def index(self, ledger: Literal["guarantee_coverage"]) -> Index[GuaranteeCoverageRow]: ...
        @overload
        def index(self, ledger: Literal["household_sums"]) -> Index[HouseholdSumRow]: ...
        @overload
        def index(self, ledger: Literal["reporting_status"]) -> Index[ReportingStatusRow]: ...
        @overload
        def index(self, ledger: Literal["screening_coverage"]) -> Index[ScreeningCoverageRow]: ...
        @overload
        def index(self, ledger: Literal["withheld_sums"]) -> Index[WithheldSumRow]: ...
        @overload
        def index(self, ledger: str) -> Index[Row]: ...
        def index(self, ledger: str) -> Any: ...
        @overload
        def group(self, ledger: Literal["accountability"], column: AccountabilityColumn) -> Mapping[Any, list[ShownAccountabilityRow]]: ...
        @overload
        def group(self, ledger: Literal["activities"], column: ActivityColumn) -> Mapping[Any, list[ShownActivityRow]]: ...
        @overload
        def group(self, ledger: Literal["assignments"], column: AssignmentColumn) -> Mapping[Any, list[AssignmentRow]]: ...
        @overload
        def group(self, ledger: Literal["checklist_items"], column: ChecklistItemColumn) -> Mapping[Any, list[ChecklistItemRow]]: ...
        @overload
        def group(self, ledger: Literal["divisions"], column: DivisionColumn) -> Mapping[Any, list[DivisionRow]]: ...
        @overload
        def group(self, ledger: Literal["documents"], column: DocumentColumn) -> Mapping[Any, list[DocumentRow]]: ...
        @overload
        def group(self, ledger: Literal["findings"], column: FindingColumn) -> Mapping[Any, list[FindingRow]]: ...
        @overload
        def group(self, ledger: Literal["funds"], column: FundColumn) -> Mapping[Any, list[ShownFundRow]]: ...
        @overload
        def group(self, ledger: Literal["incidents"], column: IncidentColumn) -> Mapping[Any, list[IncidentRow]]: ...
        @overload
        def group(self, ledger: Literal["inspections"], column: InspectionColumn) -> Mapping[Any, list[ShownInspectionRow]]: ...
        @overload
        def group(self, ledger: Literal["issue_events"], column: IssueEventColumn) -> Mapping[Any, list[ShownIssueEventRow]]: ...
        @overload
        def group(self, ledger: Literal["issues"], column: IssueColumn) -> Mapping[Any, list[ShownIssueRow]]: ...
        @overload
        def group(self, ledger: Literal["judgements"], column: JudgementColumn) -> Mapping[Any, list[ShownJudgementRow]]: ...
        @overload
        def group(self, ledger: Literal["milestones"], column: MilestoneColumn) -> Mapping[Any, list[ShownMilestoneRow]]: ...
        @overload
        def group(self, ledger: Literal["nil_returns"], column: NilReturnColumn) -> Mapping[Any, list[NilReturnRow]]: ...
        @overload
        def group(self, ledger: Literal["outages"], column: OutageColumn) -> Mapping[Any, list[ShownOutageRow]]: ...
        @overload
        def group(self, ledger: Literal["phone_checks"], column: PhoneCheckColumn) -> Mapping[Any, list[ShownPhoneCheckRow]]: ...
        @overload
        def group(self, ledger: Literal["phones"], column: PhoneColumn) -> Mapping[Any, list[PhoneRow]]: ...
        @overload
        def group(self, ledger: Literal["projects"], column: ProjectColumn) -> Mapping[Any, list[ProjectRow]]: ...
        @overload
        def group(self, ledger: Literal["readings"], column: ReadingColumn) -> Mapping[Any, list[ReadingRow]]: ...
        @overload
        def group(self, ledger: Literal["responsibilities"], column: ResponsibilityColumn) -> Mapping[Any, list[ResponsibilityRow]]: ...
        @overload
        def group(self, ledger: Literal["returns"], column: ReturnColumn) -> Mapping[Any, list[ShownReturnRow]]: ...
        @overload
        def group(self, ledger: Literal["risk_points"], column: RiskPointColumn) -> Mapping[Any, list[ShownRiskPointRow]]: ...
        @overload
        def group(self, ledger: Literal["spoken_words"], column: SpokenWordColumn) -> Mapping[Any, list[SpokenWordRow]]: ...
        @overload
        def group(self, ledger: Literal["spot_checks"], column: SpotCheckColumn) -> Mapping[Any, list[SpotCheckRow]]: ...
        @overload
        def group(self, ledger: Literal["supervision"], column: SupervisionColumn) -> Mapping[Any, list[SupervisionRow]]: ...
        @overload
        def group(self, ledger: Literal["terms"], column: TermColumn) -> Mapping[Any, list[TermRow]]: ...
        @overload
        def group(self, ledger: Literal["test_frequency"], column: TestFrequencyColumn) -> Mapping[Any, list[TestFrequencyRow]]: ...
        @overload
        def group(self, ledger: Literal["units"], column: UnitColumn) -> Mapping[Any, list[UnitRow]]: ...
        @overload
        def group(self, ledger: Literal["villages"], column: VillageColumn) -> Mapping[Any, list[ShownVillageRow]]: ...
        @overload
        def group(self, ledger: Literal["waivers"], column: WaiverColumn) -> Mapping[Any, list[WaiverRow]]: ...
        @overload
        def group(self, ledger: Literal["water_advice"], column: WaterAdviceColumn) -> Mapping[Any, list[WaterAdviceRow]]: ...
        @overload
        def group(self, ledger: Literal["water_limits"], column: WaterLimitColumn) -> Mapping[Any, list[WaterLimitRow]]: ...
        @overload
        def group(self, ledger: Literal["water_results"], column: WaterResultColumn) -> Mapping[Any, list[WaterResultRow]]: ...
        @overload
        def group(self, ledger: Literal["water_tests"], column: WaterTestColumn) -> Mapping[Any, list[ShownWaterTestRow]]: ...
        @overload
        def group(self, ledger: Literal["workdays"], column: WorkdayColumn) -> Mapping[Any, list[WorkdayRow]]: ...
        @overload
        def group(self, ledger: Literal["works"], column: WorksColumn) -> Mapping[Any, list[WorksRow]]: ...
        @overload
        def group(self, ledger: Literal["guarantee_coverage"], column: GuaranteeCoverageColumn) -> Mapping[Any, list[GuaranteeCoverageRow]]: ...
        @overload
        def group(self, ledger: Literal["household_sums"], column: HouseholdSumColumn) -> Mapping[Any, list[HouseholdSumRow]]: ...
        @overload
        def group(self, ledger: Literal["reporting_status"], column: ReportingStatusColumn) -> Mapping[Any, list[ReportingStatusRow]]: ...
        @overload
        def group(self, ledger: Literal["screening_coverage"], column: ScreeningCoverageColumn) -> Mapping[Any, list[ScreeningCoverageRow]]: ...
        @overload
        def group(self, ledger: Literal["withheld_sums"], column: WithheldSumColumn) -> Mapping[Any, list[WithheldSumRow]]: ...
        @overload
        def group(self, ledger: str, column: str) -> Mapping[Any, list[Row]]: ...
        def group(self, ledger: str, column: str) -> Any: ...
