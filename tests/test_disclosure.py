"""The door of privacy, one hinge at a time: which rows pass, which columns, how they are masked.

Made-up books of a few rows; what the whole site shows of the story is asked by `test_door`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest
from story import EXAMPLE

from pipeline import assessment, disclosure, rectification, water
from pipeline.assessment import contract
from pipeline.checks.examples import AS_OF, book_of
from pipeline.disclosure import masked_name, masked_phone
from pipeline.disclosure.door import let_through
from pipeline.disclosure.totals import ROSTER_ROLES
from pipeline.ledgers import Row, load, load_schemas
from pipeline.ledgers.schemas import Schemas

SCHEMAS = load_schemas()
GATED = [schema for schema in SCHEMAS.values() if schema.row_gate]

VISIT = {"visit_id": "city-v00001"}
TOLD = VISIT | {"feedback_on": "2022-09-10"}
FINAL = {
    "judgement_id": "city-j0001",
    "stage": "终评",
    "clause_id": "一.1",
    "judged_on": "2022-09-10",
}
SIGNED = FINAL | {"signed_on": "2022-09-12"}
OWN = {
    "judgement_id": "jiaxian-j0001",
    "stage": "自评",
    "clause_id": "一.1",
    "judged_on": "2022-09-01",
}
JUDGED_OWN = "jiaxian-j0001"

OPEN = {
    **{
        schema.name: [{schema.name: [{"is_public": "是"}]}]
        for schema in GATED
        if schema.row_gate == "is_public"
    },
    "inspections": [{"inspections": [{"feedback_on": ""}]}, {"inspections@C": [TOLD]}],
    "findings": [
        {"inspections": [VISIT | {"feedback_on": ""}], "findings": [VISIT]},
        {"inspections@C": [TOLD], "findings@C": [VISIT]},
    ],
    "spot_checks": [{"spot_checks": [{"drawn_on": "2022-09-01", "released_on": "2022-09-14"}]}],
    "judgements": [
        {"judgements@C": [FINAL | {"stage": "核查", "signed_on": "2022-09-12"}]},
        {"judgements@C": [SIGNED]},
        {"judgements": [OWN], "judgements@C": [SIGNED]},
        {"judgements": [OWN | {"signed_on": "2022-09-12"}], "judgements@C": [SIGNED]},
    ],
}
"""Ledger -> books in which every row of the ledger may be seen."""

SHUT = {
    **{
        schema.name: [{schema.name: [{"is_public": "否"}]}]
        for schema in GATED
        if schema.row_gate == "is_public"
    },
    "inspections": [
        {"inspections@C": [VISIT]},
        {"inspections@C": [VISIT | {"feedback_on": "2022-09-17"}]},
    ],
    "findings": [
        {"inspections@C": [VISIT], "findings@C": [VISIT]},
        {"inspections@C": [TOLD], "findings@C": [VISIT | {"visit_id": "city-v00002"}]},
    ],
    "spot_checks": [
        {"spot_checks": [{"drawn_on": "2022-09-01"}]},
        {"spot_checks": [{"drawn_on": "2022-09-01", "released_on": "2022-09-17"}]},
    ],
    "judgements": [
        {"judgements@C": [FINAL]},
        {"judgements@C": [FINAL | {"stage": "核查"}]},
        {"judgements@C": [FINAL | {"signed_on": "2022-09-17"}]},
        {"judgements": [OWN]},
        {"judgements": [OWN | {"signed_on": "2022-09-12"}]},
        {"judgements": [OWN], "judgements@C": [FINAL]},
        {"judgements": [OWN], "judgements@C": [SIGNED | {"stage": "核查"}]},
        {"judgements": [OWN], "judgements@C": [SIGNED | {"clause_id": "一.2"}]},
        {"judgements": [OWN], "judgements@C": [SIGNED | {"edition": "2021"}]},
        {"judgements": [OWN], "judgements@C": [SIGNED | {"unit_id": "yixian"}]},
    ],
}
"""Ledger -> books of which a row of the ledger (the unit's own judgement, else all) is shut in."""


UNITS = {"units": [{"unit_id": "jiaxian"}, {"unit_id": "yixian"}]}


def seen(book: dict, **more) -> disclosure.View:
    """Return what the public may see of a made-up book, of two units unless it names its own."""
    return disclosure.view(book_of(UNITS | book).snapshot, AS_OF, "0" * 64, **more)


def passing(book: dict, audience: assessment.Audience = "public") -> dict[str, tuple[Row, ...]]:
    """Return the rows of a made-up book that the door lets through."""
    return let_through(book_of(book).snapshot.as_of(AS_OF), audience)


def cases(table: dict) -> list:
    """Return the books of a table as parameters: ledger and book."""
    return [
        pytest.param(ledger, book, id=f"{ledger} {n}")
        for ledger, books in table.items()
        for n, book in enumerate(books)
    ]


def test_every_gated_ledger_has_an_open_and_a_closed_row():
    """Another gate, or another ledger with one, asks for its examples."""
    names = {schema.name for schema in GATED}

    assert set(OPEN) == set(SHUT) == names
    assert {schema.row_gate for schema in GATED} == {
        "is_public", "feedback_on", "released_on", "signed_on", "parent",
    }  # fmt: skip


@pytest.mark.parametrize(("ledger", "book"), cases(OPEN))
def test_an_open_gate_lets_every_row_through(ledger, book):
    """The public sees as many rows as there are."""
    assert len(passing(book)[ledger]) == len(book_of(book).snapshot[ledger]) > 0


@pytest.mark.parametrize(("ledger", "book"), cases(SHUT))
def test_a_shut_gate_lets_no_row_through(ledger, book):
    """The row is in no table of the public; the office sees it."""
    shut = {JUDGED_OWN} if "judgements" in book else {r.id for r in book_of(book).snapshot[ledger]}

    assert not shut & {row.id for row in passing(book)[ledger]}
    assert shut <= {row.id for row in passing(book, audience="internal")[ledger]}


PRIVATE = {"phone_id": "jiaxian-t00001", "is_public": "否"}
CALL = {"phone_id": "jiaxian-t00001"}


def test_a_list_names_no_row_that_is_shut_in():
    """The finding of a visit without feedback is left out of an issue's list, the others stay."""
    open_visit, shut_visit = TOLD | {"visit_id": "city-v00002"}, VISIT
    findings = [
        {"finding_id": f"{visit['visit_id']}-f01", "visit_id": visit["visit_id"]}
        for visit in (open_visit, shut_visit)
    ]
    both = {"finding_ids": "city-v00001-f01|city-v00002-f01"}
    book = {
        "inspections@C": [open_visit, shut_visit],
        "findings@C": findings,
        "issues": [both, {"finding_ids": "city-v00002-f01"}],
    }

    first, second = passing(book)["issues"]
    assert (first.finding_ids, second.finding_ids) == (("city-v00002-f01",), ("city-v00002-f01",))
    assert len(passing(book, audience="internal")["issues"][0].finding_ids) == 2


def test_a_list_that_must_be_filled_is_thinned_all_the_same():
    """A required list loses its members that are shut in; the row stays."""
    fields = tuple(
        replace(f, required=f.required or f.name == "finding_ids") for f in SCHEMAS["issues"].fields
    )
    book = {
        "inspections@C": [VISIT],
        "findings@C": [VISIT | {"finding_id": "city-v00001-f01"}],
        "issues": [{"finding_ids": "city-v00001-f01|city-v00009-f01"}],
    }
    snapshot = replace(book_of(book).snapshot, schemas=altered("issues", fields=fields))

    (row,) = let_through(snapshot, "public")["issues"]
    assert row.finding_ids == ("city-v00009-f01",)


def test_a_cell_names_no_row_that_is_shut_in():
    """A person's phone that is not public is blank; the person stays, and so does another's."""
    book = {
        "phones": [PRIVATE, {"phone_id": "jiaxian-t00002", "is_public": "是"}],
        "responsibilities": [CALL, {"phone_id": "jiaxian-t00002"}, {}],
    }

    assert [row.phone_id for row in passing(book)["responsibilities"]] == [
        None,
        "jiaxian-t00002",
        None,
    ]


def test_a_row_that_must_name_one_that_is_shut_in_is_shut_in_too():
    """Calls to a number that is not public, and what names such a call."""
    call = {"phone_check_id": "jiaxian-c00001"} | CALL
    other = {"phone_check_id": "jiaxian-c00002", "phone_id": "jiaxian-t00002"}
    about = [
        SIGNED | {"judgement_id": f"city-j000{n}", "stage": "核查", "subject_id": subject}
        for n, subject in enumerate(("jiaxian-c00001", "jiaxian-c00002"), 1)
    ]
    book = {
        "phones": [PRIVATE, {"phone_id": "jiaxian-t00002", "is_public": "是"}],
        "phone_checks": [call, other],
        "judgements@C": about,
        "units": [{}],
    }

    assert [row.id for row in passing(book)["phone_checks"]] == ["jiaxian-c00002"]
    assert [row.subject_id for row in passing(book)["judgements"]] == [None, "jiaxian-c00002"]
    assert len(passing(book, audience="internal")["phone_checks"]) == 2


def test_a_row_with_a_key_of_two_columns_is_not_named_either():
    """A waiver says no longer which result it is about if results may not be seen."""
    named = "jiaxian-s00012+fluoride"
    book = {
        "water_results": [{"sample_id": "jiaxian-s00012", "indicator": "fluoride"}],
        "waivers": [{"waiver_id": "w1", "row_id": named}, {"waiver_id": "w2", "row_id": "else"}],
    }
    snapshot = book_of(book).snapshot
    assert [row.id for row in snapshot["water_results"]] == [named]
    hidden = tuple(replace(f, visibility="I") for f in SCHEMAS["water_results"].fields)

    told = let_through(replace(snapshot, schemas=altered("water_results", fields=hidden)), "public")
    assert told["water_results"] == ()
    assert [row.row_id for row in told["waivers"]] == [None, "else"]
    assert [row.row_id for row in let_through(snapshot, "public")["waivers"]] == [named, "else"]


def altered(ledger: str, **changes) -> Schemas:
    """Return the schemas with one of them changed."""
    return Schemas(dict(SCHEMAS) | {ledger: replace(SCHEMAS[ledger], **changes)})


def test_a_gate_that_nobody_wrote_stops_everything():
    """A slip of the pen in a schema opens nothing."""
    snapshot = replace(
        book_of({"works": [{}]}).snapshot, schemas=altered("works", row_gate="sometimes")
    )

    with pytest.raises(KeyError, match="sometimes"):
        disclosure.view(snapshot, AS_OF, "0" * 64)


@pytest.mark.parametrize("schema", SCHEMAS.values(), ids=list(SCHEMAS))
def test_only_public_columns_are_there(schema):
    """P and M for everybody, all of them for the office; without its key no row at all."""
    books = OPEN.get(schema.name, [{schema.name: [{}]}])
    public, internal = passing(books[-1]), passing(books[-1], audience="internal")
    allowed = [
        name
        for f in schema.fields
        for name in (f.visibility in "PM" and f.name, f.shown_as and f.shown_as.name)
        if name
    ]

    assert type(internal[schema.name][0])._fields == (*schema.names, "shard", "line")
    if set(schema.primary_key) <= set(allowed):
        row = public[schema.name][0]
        assert type(row)._fields == (*allowed, "shard", "line")
        original = next(one for one in internal[schema.name] if one.id == row.id)
        for field in schema.fields:
            if field.visibility == "P":
                assert getattr(row, field.name) == getattr(original, field.name)
        assert (row.shard, row.line) == (original.shard, original.line)
    else:
        assert public[schema.name] == ()


def test_a_column_kept_back_may_be_shown_as_filled_or_not():
    """That a paper is on file is told, never its number."""
    rows = passing(
        {"activities": [{"evidence_ref": "档A-12", "is_public": "是"}, {"is_public": "是"}]}
    )["activities"]

    assert [row.has_evidence for row in rows] == [True, False]
    assert "evidence_ref" not in rows[0]._fields


def test_a_key_alone_may_be_public():
    """A row may say that it is there, and no more."""
    fields = tuple(
        replace(f, visibility="P" if f.name == "works_id" else "I") for f in SCHEMAS["works"].fields
    )
    snapshot = replace(book_of({"works": [{}]}).snapshot, schemas=altered("works", fields=fields))
    (row,) = disclosure.view(snapshot, AS_OF, "0" * 64).works

    assert type(row)._fields == ("works_id", "shard", "line")


def test_rows_without_a_public_key_stay_in():
    """Checks of households and the roster of patrols are published in sums only."""
    hidden = {
        s.name
        for s in SCHEMAS.values()
        if not {f.name for f in s.fields if f.visibility in "PM"} >= set(s.primary_key)
    }

    assert hidden == {"household_checks", "patrol_roster"}


@pytest.mark.parametrize(
    ("name", "masked"), [("张三", "张**"), ("欧阳修远", "欧**"), ("王", "王**"), ("", "**")]
)
def test_a_masked_name_keeps_the_surname(name, masked):
    """However long it is, the rest is two stars."""
    assert masked_name(name) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("13800001234", "138****1234"),
        ("0300-60001234", "0300-60001234"),
        ("12345", "12345"),
        ("123456", "123****3456"),
    ],
)
def test_a_masked_phone_hides_the_middle_of_a_mobile(number, masked):
    """Office numbers and hotlines are open."""
    assert masked_phone(number) == masked


def test_those_who_mend_are_masked_one_by_one():
    """A person, a list of persons, and nobody."""
    rows = [
        {"resp_person": "端木晓舟", "co_persons": "司徒晚晴|上官清浅"},
        {"resp_person": "钱测二"},
    ]
    first, second = passing({"issues": rows})["issues"]

    assert (first.resp_person, first.co_persons) == ("端**", ("司**", "上**"))
    assert (second.resp_person, second.co_persons) == ("钱**", ())


def test_a_masked_phone_column_is_masked_as_a_phone():
    """And a blank one stays blank."""
    fields = tuple(
        replace(f, visibility="M") if f.name in ("resp_phone", "resp_post") else f
        for f in SCHEMAS["issues"].fields
    )
    rows = [{"resp_phone": "13800001234", "resp_post": "村主任"}, {"resp_phone": "12314"}]
    snapshot = replace(book_of({"issues": rows}).snapshot, schemas=altered("issues", fields=fields))
    first, second = let_through(snapshot, "public")["issues"]

    assert (first.resp_phone, first.resp_post) == ("138****1234", "村**")
    assert (second.resp_phone, second.resp_post) == ("12314", None)


HOUSES = {"checked_households": "12", "without_card_households": "3"}


def test_counts_of_households_are_sums_of_units():
    """What a unit says and what others found apart; a blank adds nothing, no text adds up."""
    book = {
        "household_checks": [HOUSES, HOUSES | {"without_card_households": ""}],
        "household_checks@C": [HOUSES | {"checked_households": "5"}],
        "household_checks@yixian": [HOUSES | {"unit_id": "yixian", "checked_households": "7"}],
        "villages": [{"lifted_households": "30", "village_code": f"89012110320{n}"} for n in "12"],
        "risk_points": [{"affected_people": "40"}],
    }
    sums = seen(book).sums

    assert sums["jiaxian"] == {
        "household_checks.U.checked_households": 24,
        "household_checks.U.without_card_households": 3,
        "household_checks.C.checked_households": 5,
        "household_checks.C.without_card_households": 3,
        "villages.lifted_households": 60,
        "risk_points.affected_people": 40,
        **dict.fromkeys(
            (
                f"villages.{f.name}"
                for f in SCHEMAS["villages"].fields
                if f.visibility == "A" and f.name != "lifted_households"
            ),
            2 * int(SCHEMAS["villages"].by_name["unstable_households"].example),
        ),
    }
    assert sums["yixian"]["household_checks.U.checked_households"] == 7
    assert sums["yixian"]["household_checks.U.without_card_households"] == 3


def test_nothing_public_is_a_sum_and_nothing_without_a_unit():
    """Only columns marked A are added up, and only where a row names its unit."""
    names = {name for one in disclosure.view(*_story()).sums.values() for name in one}
    expected = set()
    for schema in SCHEMAS.values():
        for field in schema.fields:
            if field.visibility == "A" and field.type == "integer" and "unit_id" in schema.names:
                homes = (".U", ".C") if schema.home == "UC" else ("",)
                expected |= {f"{schema.name}{home}.{field.name}" for home in homes}

    assert names <= expected
    assert {"villages.lifted_households", "issues.affected_households"} <= names
    assert not any(name.startswith("issue_events") for name in names)


def test_a_village_says_the_day_of_its_last_check_only():
    """Whichever row comes first."""
    days = ("2022-08-03", "2022-09-01", "2022-08-20")
    rows = [{"village_code": "890121103201", "checked_on": day} for day in days]
    rows.append({"village_code": "890121103202", "checked_on": "2022-07-30"})

    assert seen({"household_checks": rows}).checked_on == {
        "890121103201": date(2022, 9, 1),
        "890121103202": date(2022, 7, 30),
    }


ROLES = SCHEMAS["patrol_roster"].by_name["role"].enum


@pytest.mark.parametrize(
    ("roles", "ended", "covered"),
    [
        (ROLES, "", 1),
        (ROLES, "2022-09-16", 1),
        (ROLES, "2022-09-15", 0),
        (ROLES[:-1], "", 0),
        ((*ROLES[:-1], ROLES[0]), "", 0),
    ],
)
def test_a_village_is_covered_by_all_five_roles_in_force(roles, ended, covered):
    """The last day in force counts; the same role twice is one."""
    village = {"village_code": "890121103201"}
    roster = [village | {"role": role} for role in roles]
    roster[0] = roster[0] | {"valid_to": ended, "valid_from": "2022-01-01"}
    other = {"village_code": "890121103202"}
    book = {"units": [{}], "villages": [village, other], "patrol_roster": roster}

    assert len(ROLES) == ROSTER_ROLES
    assert seen(book).roster_coverage == {"jiaxian": (covered, 2)}


def _story():
    return load(EXAMPLE).snapshot, AS_OF, "f" * 64


@pytest.fixture(scope="module")
def story():
    """The story as the public sees it."""
    return disclosure.view(*_story())


LACKING = {
    "checker_level": "市",
    "household_kind": "其他脱贫户",
    "without_card_households": "3",
    "without_report_households": "0",
    "lacking_households": "3",
    "repeat_lacking_households": "0",
    "checked_on": "2022-09-05",
}
VISITED = {
    "visited_on": "2022-09-05",
    "checker_level": "市",
    "checklists": "宣传资料",
    "place_type": "村",
    "place_id": "890121103201",
}
ITEM = {"item_code": "ZL2", "clause_id": "五.4④", "checklist": "宣传资料", "place_types": "村"}
CHARGED = {
    "units": [{}],
    "household_checks@C": [LACKING],
    "villages": [{}],
    "works": [{}],
    "inspections@C": [TOLD | VISITED],
    "findings@C": [VISIT | {"item_code": "ZL2"}],
    "checklist_items": [ITEM],
}
"""A unit charged under 五.4④ for what may be opened and for what is only counted."""


@pytest.mark.parametrize("snapshot", [_story()[0], book_of(CHARGED).snapshot], ids=["story", "one"])
def test_a_score_names_what_may_be_opened_and_counts_the_rest(snapshot):
    """Rows in order, none lost: those of the lines, and those that may still win points."""
    view = disclosure.view(snapshot, AS_OF, "0" * 64)
    own = assessment.assess(snapshot, AS_OF, assessment.milestones(snapshot.campaign, AS_OF))
    visible = {row.ref for rows in view.tables.values() for row in rows}

    assert set(view.assessment.sheets) == set(own.sheets)
    for unit, sheet in own.sheets.items():
        lines = zip(view.assessment.sheets[unit].lines, sheet.lines, strict=True)
        for shown, whole in lines:
            assert shown.rows == tuple(row for row in whole.rows if row in visible)
            assert shown.hidden == len(whole.rows) - len(shown.rows)
            assert replace(shown, rows=whole.rows, hidden=whole.hidden) == whole
        for win, whole in zip(view.assessment.wins[unit], own.wins[unit], strict=True):
            assert win.rows == tuple(row for row in whole.rows if row in visible)
            assert replace(win, rows=whole.rows) == whole


def test_a_row_behind_a_gate_is_counted_beside_those_that_open():
    """Households lacking a card cost points: how many rows, never which."""
    lines = {one.clause: one for one in seen(CHARGED).assessment.sheets["jiaxian"].lines}

    assert lines["五.4④"].rows == ("findings/city-v00012-f01",)
    assert lines["五.4④"].hidden == 1


def test_what_may_win_points_names_no_row_that_is_shut_in():
    """Were the ledger of issues not public, what is at stake would still be told, without rows."""
    fields = tuple(
        replace(f, visibility="I") if f.name == "issue_id" else f for f in SCHEMAS["issues"].fields
    )
    issue = {"found_by_level": "市", "channel": "督导组", "due_on": "2022-09-30"}
    snapshot = book_of({"units": [{}], "issues": [issue], "works": [{}]}).snapshot
    hidden = replace(snapshot, schemas=altered("issues", fields=fields))
    at_stake = {
        name: [
            win
            for win in disclosure.view(some, AS_OF, "0" * 64).assessment.wins["jiaxian"]
            if win.is_kept
        ]
        for name, some in (("open", snapshot), ("shut", hidden))
    }

    assert [win.rows for win in at_stake["open"]] == [("issues/jiaxian-2022-0031",)]
    assert [win.rows for win in at_stake["shut"]] == [()]
    assert replace(at_stake["open"][0], rows=()) == at_stake["shut"][0]


def test_a_view_carries_what_follows_from_the_rows(story):
    """States, histories, verdicts, reporting, the contract of scores, the table of transitions."""
    view = story
    snapshot, day, digest = _story()

    assert (view.audience, view.as_of_on, view.digest) == ("public", day, digest)
    assert view.parts == {}
    assert view.campaign == snapshot.campaign
    assert view.states == rectification.states(snapshot, day)
    assert view.histories == rectification.histories(snapshot)
    assert view.verdicts == water.verdicts(snapshot)
    assert view.reporting["wolong"]["issues"] == "已报告"
    assert view.score_table[0] == contract.COLUMNS
    assert view.score_table[1:] == tuple(contract.to_rows(view.assessment, view.assessment.sheets))
    assert view.score_data == contract.to_json(view.assessment, view.assessment.sheets)
    assert ("未登记", "登记", "整改中") in view.transitions
    assert len(view.transitions) == len(rectification.TRANSITIONS)


def test_later_rows_do_not_exist_for_an_earlier_day():
    """The view is of a day: rows, states and checks after it are not there."""
    rows = [{"village_code": "890121103201", "checked_on": day} for day in ("2022-08-03",)]
    rows.append({"village_code": "890121103201", "checked_on": "2022-09-01"})
    book = book_of(UNITS | {"household_checks": rows, "issues": [{"found_on": "2022-08-20"}]})
    view = disclosure.view(book.snapshot, date(2022, 8, 10), "0" * 64)

    assert view.issues == ()
    assert view.states == {}
    assert view.checked_on == {"890121103201": date(2022, 8, 3)}


def test_a_view_may_know_its_parts():
    """So that unchanged parts need not be made again."""
    parts = MappingProxyType({"shared": "a"})

    assert seen({"units": [{}]}, parts=parts).parts is parts
