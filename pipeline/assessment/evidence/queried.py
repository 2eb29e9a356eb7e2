# ruff: noqa: E501
# fmt: off
"""The evidence that clauses may count. Made by `make rows` from the queries; not edited by hand."""

from __future__ import annotations

from pipeline.assessment.evidence.counted import Counted


class Queried:
    """What a clause is given: each query is an attribute, whoever answers it."""

    agency: Counted
    """管理机构（个）：政府批复、在用的管理机构，种类是落实的程度；市里对“机构落实”的认定优先。"""
    agency_on_paper: Counted
    """文件上的管理机构（个）：政府批复、在用的管理机构；场所、人员、经费都落实的种类是“落实”，否则是“部分落实”。 不是政府批复的，列出来，不得分。"""
    appraisal_papers: Counted
    """纳入评价体系的文件（份）：在用的县级考核文件；种类是有没有写明农村饮水的条款。"""
    budget_due: Counted
    """到期节点所属投资（元）：本年到期的维修养护项目节点，每个按所属项目的投资额计（口径 G3）。"""
    budget_met: Counted
    """按时完成的节点所属投资（元）：按时完成的到期节点，每个按所属项目的投资额计（口径 G3）。"""
    disinfection_faults: Counted
    """消毒不正常（处）：外部检查查出消毒设施不合要求的对象，一个对象算一处（口径 G30、G31）。"""
    disinfection_seen: Counted
    """看过消毒设施（处）：外部检查看过消毒设施的对象。"""
    dropped_assignments: Counted
    """交办后登记又作废、没有接着办的问题（件）：市、省、国家交办、过了期限，登记后作废、又没有写明由哪个问题接着办的（口径 G41）。 因为重复作废、理由里写明了重复的问题编号的，交办转到那个问题，连同交办的期限。"""
    emergency_plans: Counted
    """应急预案（份）：在用的县级应急预案；种类是市里对可操作性的认定，没有认定的是“待评”。 没有及时印发或修订的（口径 G10），种类是“没有及时修订”，认定过也不算。"""
    exposures: Counted
    """披露、通报（次）：本年的媒体披露和省、市通报，一次算一次。"""
    failed_manager_calls: Counted
    """不通或不熟悉（次）：外部抽查管理人员电话，不通的，或者接通了但不熟悉情况的（口径 G6），一次抽查算一次。"""
    failing_places: Counted
    """水质不达标（处）：最近一次检测不达标、复检也没有合格、又不在期限内整改的工程和分散供水村（口径 G13）。 判不了的检测不算最近一次：它说明不了水已经好了；不达标以后，没有再测超标项目的达标也一样。 销号以后又退回的，不再算在期限内整改。"""
    faulty_returns: Counted
    """迟报、没有报或被退回（份）：到期没有收到的、晚收到的、被退回的总结和报表，一份算一次。"""
    forwarded_examples: Counted
    """经验转发（次）：本年被市级以上转发的典型经验做法。"""
    funds_received: Counted
    """到账维修基金（元）：本年度到账的维修基金，按笔。"""
    government_posting_faults: Counted
    """公示不全、没有公示或没有及时更新（处）：三种来源合起来，同一处只算一次：外部检查查出的，没有责任人的乡镇，没有及时更新的网站和责任栏。"""
    grave_events: Counted
    """重大事件（项）：本年的重大安全、质量事故，审计、纪检查出的重大问题，水污染事件。"""
    hotline_calls: Counted
    """抽查监督和服务电话（次）：外部抽查县级监督电话、供水服务电话的次数。"""
    issues_at_stake: Counted
    """快到期的外部问题（件）：还没有完成（口径 G36）、时限还没有到的外部问题：按时完成就不扣分。"""
    laboratory_faults: Counted
    """不合要求（处）：外部检查查出化验室、检测人员、水厂预案不合要求的对象，一个对象算一处（口径 G30、G31）。"""
    laboratory_seen: Counted
    """看过化验室、检测人员、水厂预案（处）：外部检查看过化验室、检测人员、水厂预案的对象。"""
    lacking_households: Counted
    """缺明白卡或水质报告的脱贫户、监测户（户）：外部入户核查发现缺明白卡或水质报告的脱贫户、监测户，减去以前已经算过的（口径 G30）。"""
    large_works: Counted
    """在用的千吨万人水厂（处）：登记为千吨万人、正在供水的工程。"""
    late_or_recurrent_issues: Counted
    """没有按期完成或反复的问题（件）：外部渠道的问题，没有按时限完成的，或者反复的（口径 G12、G32、G36、G39），一件只算一次。 到数据日期还没有完成的，不论时限在哪一天；什么叫完成，按口径 G36。 接过重复问题的交办的，连同那个交办一起列出。"""
    late_postings: Counted
    """换人后没有及时更新的公示（处）：县、乡镇政府主要领导任职后，20个工作日内没有更新的网站或责任栏（口径 G4、G34），各算一处。 几个乡镇的责任栏没有更换，合起来算一处（口径 G44）。"""
    leader_visits: Counted
    """主要领导督导检查（次）：本年党委或政府主要领导到工程、到村的督导检查，有佐证，同一天算一次（口径 G1）。"""
    manager_calls: Counted
    """抽查管理人员电话（次）：外部抽查管理人员电话的次数。"""
    material_faults: Counted
    """没有宣传资料的对象（处）：外部检查查出缺宣传栏、彩页或水质报告的工程和项目村（没有登记的村也算），一个对象算一处。"""
    material_seen: Counted
    """看过宣传资料的对象（处）：外部检查看过宣传资料的工程和项目村。"""
    milestones_due: Counted
    """到期节点（个）：本年到期的维修养护项目节点；到期当天还没有完成的，还不算到期。"""
    milestones_met: Counted
    """按时完成的节点（个）：到期节点中，在计划完成日当天或以前完成的。"""
    model_speeches: Counted
    """典型发言（次）：本年在市级以上现场会、座谈会上的典型发言。"""
    outside_issues: Counted
    """外部渠道的问题（件）：外部渠道反映、没有作废的问题，加上交办了没有问题在办的。"""
    overdue_reports: Counted
    """化验报告迟迟没有出（份）：在用工程本年自己化验、采样20个工作日后还没有出报告的水样（口径 G4）；不算未公示，不扣分。"""
    paper_households: Counted
    """看过明白卡和水质报告的脱贫户、监测户（户）：外部入户核查看过明白卡、水质报告的脱贫户、监测户。"""
    people_served: Counted
    """受益人口（人）：全部已建工程的受益人口，不论运行状态。"""
    posting_seen: Counted
    """看过政府责任公示（处）：外部检查看过政府责任公示的对象。"""
    press_pieces: Counted
    """宣传稿件（篇）：本年的宣传稿件，标题相同的算一篇，按级别最高的媒体；种类是媒体级别。 口径 G37 说各算时，每家媒体一篇。"""
    repeated_problems: Counted
    """披露、反映2次以上的问题（项）：本年被媒体披露、行风热线反映合计两次以上的同一问题，一个问题一项，有一次情况严重就算严重。"""
    returns_due: Counted
    """应报的总结、报表（份）：市里布置、已经过了应报日期或者已经收到的总结和报表；应报日期当天还没有收到的，还不算。"""
    rules: Counted
    """管理办法（份）：在用的县级运行管理办法；种类是发文层次。"""
    safety_households: Counted
    """核查饮水安全的脱贫户、监测户（户）：外部入户核查看过饮水是否安全的脱贫户、监测户。"""
    screening_papers: Counted
    """排查机制文件（份）：在用的县级动态排查机制文件。"""
    seldom_tested_places: Counted
    """检测次数不够（处）：口径 G42 说按频次时：本年检测过、但有的采样点在一个已经过完的周期里次数不够的在用工程。 频次看检测频次表，按规模、水源和采样点；单位自己的化验、快检都算。"""
    station_faults: Counted
    """不合要求（处）：外部检查查出厂站卫生、公示、标志不合要求的对象，一个对象算一处（口径 G30、G31）。"""
    station_seen: Counted
    """看过厂站卫生、公示、标志（处）：外部检查看过厂站卫生、公示、标志的对象。"""
    testable_places: Counted
    """应检测的工程和分散供水村（处）：在用工程和分散供水的村：检测率的分母。"""
    trainings: Counted
    """管水员培训（次）：本年有管水员参加、有人次、有佐证的培训。"""
    unanswered_hotline_calls: Counted
    """不通（次）：外部抽查县级监督电话、供水服务电话，不通的，一次抽查算一次。"""
    unfiled_reports: Counted
    """报告没有按要求存放（处）：外部检查查出水质报告没有按要求存放的工程（SZ2），一个工程算一处；口径 G13 说扣才算。"""
    unlisted_assignments: Counted
    """交办后没有登记的问题（件）：市、省、国家交办、过了期限、台账里一直没有的问题（口径 G41）。"""
    unposted_reports: Counted
    """报告没有按时公示（处）：报告已经出来的最近一次全项检测，出报告后20个工作日内没有公示的工程（口径 G4、G43）。 加上外部检查查出没有公示的。没有检测的工程已经算在没有检测里，不再算。"""
    unsafe_households: Counted
    """饮水不安全的脱贫户、监测户（户）：外部入户核查发现饮水不安全的脱贫户、监测户，减去已在本单位台账、还没有到期的，减去以前已经算过的。 口径 G11 说谁发现的都算时，自查的也算，已在台账的不减。"""
    untested_places: Counted
    """没有检测（处）：本年单位自己没有一次化验的在用工程，和没有一次检测的分散供水村（口径 G40）。"""
    vacant_townships: Counted
    """没有政府责任人的乡镇（处）：近20个工作日里没有一天有政府主体责任人在任的乡镇（口径 G4、G34），一个乡镇算一处。"""
    water_leader_faults: Counted
    """公示不全或没有公示（处）：外部检查查出水利责任公示不全的对象；网站已经降低了基础分的不再算（口径 G35）。 去一次算一次的（口径 G30），不再算的只是降低基础分的那一次。"""
    water_leaders_claimed: Counted
    """登记的水利部门领导公示（处）：单位登记已在网站公示的水利部门领导，在任的，或者刚离任、还没有到更新期限的（口径 G4）。"""
    water_leaders_posted: Counted
    """水利部门领导公示（处）：网站上公示了水利部门哪一级领导；种类是领导身份。 有外部检查的看最近一次，没有的看单位登记的网站公示日期。"""
    water_posting_seen: Counted
    """看过水利责任公示（处）：外部检查看过水利责任公示的对象。"""
    works_seen_for_manager: Counted
    """看过电话公示的工程（处）：外部检查看过管理人员电话公示的工程。"""
    works_without_manager: Counted
    """没有公示管理人员电话的工程（处）：外部检查查出没有公示管理人员和电话的工程（GS8），一个工程算一处；口径 G29 说扣才算。"""
