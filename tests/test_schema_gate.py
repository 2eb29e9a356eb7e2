"""The schema gate: our words for every error, one fault one finding, cached, on several cores."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from effort import ends
from frictionless import Resource
from frictionless import Schema as TableSchema
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import workers
from pipeline.checks import catalogue, cells, opinion, schema
from pipeline.checks.examples import cells_of
from pipeline.checks.hints import Hints
from pipeline.checks.names import LONGEST, PERSON_COLUMNS, fault_of_name
from pipeline.ledgers import RawShard, ceilings, load
from pipeline.ledgers.listing import Listing
from pipeline.ledgers.rows import to_cell, typed
from pipeline.store import Store
from pipeline.telephones import Area
from tests.shards_of import SCHEMAS, file_of, read_of, shard_of

EXAMPLE = Path(__file__).parent / "example"


def found_in(ledger: str, **given_cells: str):  # type: ignore[no-untyped-def]
    raw = read_of(ledger, file_of(ledger, given_cells))
    return [*raw.findings, *schema.check([raw], SCHEMAS, None)]


def raw_of(ledger: str, rows: list[list[str]]) -> RawShard:
    """Return rows as if the byte gate had found no fault with them."""
    return RawShard(shard_of(ledger), SCHEMAS[ledger].names, list(range(2, len(rows) + 2)), rows)


def ours(raw: RawShard):  # type: ignore[no-untyped-def]
    listing = Listing(raw.shard)
    cells.check(raw, SCHEMAS[raw.shard.ledger], listing)
    return listing.done()


def objected(ledger: str, rows: list[list[str]]) -> set[tuple[int | None, str | None]]:
    """Return line and column of each cell the independent opinion objects to."""
    return {(f.line, f.field) for f in opinion.begin([raw_of(ledger, rows)], SCHEMAS, Store())({})}


def streamed(ledger: str, rows: list[list[str]]) -> set[tuple[int, str]]:
    """Return the same of Frictionless's own validation of the whole table, row by row."""
    table = SCHEMAS[ledger]
    fields = TableSchema.from_descriptor({"fields": table.descriptor["fields"]})
    resource = Resource(data=[list(table.names), *rows], schema=fields)
    report = resource.validate(limit_errors=len(rows) * len(table.names) + 1)
    return {(e.row_number, e.field_name) for task in report.tasks for e in task.errors}


def test_the_committed_ledgers_pass() -> None:
    loaded = load(EXAMPLE, SCHEMAS)

    assert loaded.row_count > 100
    assert schema.check(loaded.raw, SCHEMAS, None) == []


@pytest.mark.parametrize("ledger", list(SCHEMAS))
def test_the_examples_of_every_schema_pass(ledger: str) -> None:
    table = SCHEMAS[ledger]
    raw = raw_of(ledger, [[f.example for f in table.fields]])

    assert schema.check([raw], SCHEMAS, None) == []
    assert len(typed(raw, table)) == 1


@pytest.mark.parametrize("ledger", list(SCHEMAS))
def test_every_required_column_is_missed(ledger: str) -> None:
    table = SCHEMAS[ledger]
    required = [f.name for f in table.fields if f.required]
    rows = [cells_of(table, {name: blank}) for name in required for blank in ("", "　")]
    found = ours(raw_of(ledger, rows))

    assert sorted(f.line or 0 for f in found) == list(range(2, len(rows) + 2))
    assert {f.rule for f in found} == {"S01"}


@pytest.mark.parametrize("ledger", list(SCHEMAS))
def test_an_allowed_value_with_a_stray_blank_is_refused_with_the_right_one(ledger: str) -> None:
    table = SCHEMAS[ledger]
    for field in table.fields:
        for value in field.enum:
            for stray in (f"{value} ", f" {value}", f"{value}　", f"{value}\u200b"):
                rows = [cells_of(table, {field.name: stray})]

                assert [f.rule for f in ours(raw_of(ledger, rows))] == ["S06"], stray
            assert cells.near_choice(f"{value} ", field.enum) == value


def test_a_near_miss_never_turns_a_denial_round() -> None:
    assert cells.near_choice("未完成", ("完成", "正在")) is None
    assert cells.near_choice("不满意 ", ("满意", "不满意")) == "不满意"
    assert cells.near_choice("不太满意", ("满意", "基本满意", "不满意")) == "不满意"
    assert cells.near_choice("已完成", ("完成", "正在")) == "完成"
    assert cells.near_choice("完 成", ("完成", "正在")) == "完成"
    assert cells.near_choice("√", ("完成", "正在")) is None


@pytest.mark.parametrize(
    ("ledger", "field", "value", "says"),
    [
        ("issues", "found_on", "2022/8/20", "2022-08-20"),
        ("issues", "found_on", "44793", "2022-08-20"),
        ("issues", "due_on", "8月20日前", "整改时限原文"),
        ("issues", "resp_phone", "037763123456", "0377-63123456"),
        ("issues", "works_id", "NANZHAO-W0001", "nanzhao-w0001"),
        ("issues", "handling", "限期 整改", "限期"),
        ("works", "population", "1,200", "1200"),
        ("works", "price_yuan_m3", "1.1234567", "6位"),
        ("water_tests", "posted_at", "网站|厂站", "厂站|网站"),
        ("issues", "resp_person", "张 三", "张三"),
    ],
)
def test_the_finding_says_what_was_probably_meant(
    ledger: str, field: str, value: str, says: str
) -> None:
    (finding,) = found_in(ledger, **{field: value})

    assert says in finding.message
    assert finding.title == SCHEMAS[ledger].by_name[field].title


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("37663123456", "少了开头的0，应写成 0376-63123456"),
        ("6312345", "少了区号（信阳市是0376；别处的写那里的区号），应写成 0376-6312345"),
        ("138-0013-8000", "连着写，应写成 138****8000"),
    ],
)
def test_a_telephone_number_lacks_what_the_city_dials(value: str, says: str) -> None:
    """The gate does not know the city; what it says is completed by those who do, and masked."""
    raw = raw_of("issues", [cells_of(SCHEMAS["issues"], {"resp_phone": value})])
    area = Area("信阳市", "0376")

    (finding,) = Hints([raw], SCHEMAS, area).improved(ours(raw))

    assert says in finding.message


class TestNames:
    """Names of persons: long and rare ones pass, placeholders do not."""

    def test_the_columns_exist(self) -> None:
        """Every column of a name is a column of its ledger."""
        for ledger, field in PERSON_COLUMNS:
            assert field in SCHEMAS[ledger].by_name

    @pytest.mark.parametrize(
        "name",
        [
            *(
                "刘垠",
                "欧阳震华",
                "阿依古丽·买买提",
                "买买提·吐尔逊·艾则孜",
                "𠮷田",
                "王䶮",
                "张𬭊",
                "于〇",
            ),
            *("何㭎", "阿卜杜热合曼·阿卜杜热合曼", "尤努斯江", "白玛央金", "文武", "同尚", "党委"),
            *("书记官", "任局", "无我"),
        ],
    )
    def test_real_names_pass(self, name: str) -> None:
        """A name may have two parts, three, or characters beyond the first plane."""
        assert fault_of_name(name) is None

    @pytest.mark.parametrize("over", [-1, 0, 1])
    def test_the_longest_name(self, over: int) -> None:
        """The limit holds at itself."""
        assert (fault_of_name("买" * (LONGEST + over)) is not None) == (over > 0)


class TestTogether:
    """Our checks and Frictionless over the same cells."""

    coded = st.text(alphabet="0123456789-+.eE,_ ０１٣－|是否NaIFinf年月/", max_size=12)
    anything = st.one_of(
        coded, st.text(max_size=12), st.sampled_from(["", " ", "　", "\u200b", "无"])
    )

    @settings(max_examples=60)
    @given(st.data())
    def test_what_both_accept_becomes_a_row_that_reads_back(self, data: st.DataObject) -> None:
        """Nothing that passes is lost on the way to typed rows, and no value changes."""
        ledger = data.draw(st.sampled_from(list(SCHEMAS)))
        table = SCHEMAS[ledger]
        changed = data.draw(
            st.dictionaries(st.sampled_from(table.names), self.anything, min_size=1, max_size=4)
        )
        raw = raw_of(ledger, [cells_of(table, changed)])
        if ours(raw):
            return
        assert objected(ledger, raw.cells) == set()
        (row,) = typed(raw, table)
        for field, cell in zip(table.fields, raw.cells[0], strict=True):
            if not cell.isspace() and field.type not in ("integer", "number"):
                assert to_cell(getattr(row, field.name)) == cell

    @settings(max_examples=60)
    @given(st.data())
    def test_frictionless_never_finds_a_row_that_we_let_pass(self, data: st.DataObject) -> None:
        """Ours is the stricter of the two, cell by cell."""
        ledger = data.draw(st.sampled_from(list(SCHEMAS)))
        table = SCHEMAS[ledger]
        rows = [
            cells_of(table, {name: data.draw(self.anything)})
            for name in data.draw(st.lists(st.sampled_from(table.names), min_size=1, max_size=8))
        ]
        rows = [row for row in rows if any(cell.strip() for cell in row)]
        said = {f.line for f in ours(raw_of(ledger, rows))}
        theirs = objected(ledger, rows)

        assert {line for line, _ in theirs} <= said
        assert theirs == streamed(ledger, rows)

    def test_an_error_only_frictionless_sees_is_told_in_our_words(self) -> None:
        """If our checks ever fall behind, the finding is still ours, at its cell."""
        table = SCHEMAS["works"]
        raw = replace(raw_of("works", [cells_of(table, {"population": "x"})]), lines=[7])
        (finding,) = opinion.begin([raw], SCHEMAS, Store())({})

        assert (finding.rule, finding.line, finding.title) == ("S50", 7, "受益人口")
        assert finding.column == table.column("population")
        assert not re.search("[A-Za-z]{3,}", finding.message.replace("Frictionless", ""))


class TestCache:
    """What was checked once is not checked again, unless anything changed."""

    def raws(self) -> list[RawShard]:
        """Return a good shard and a bad one."""
        return [
            read_of("works", file_of("works", {})),
            read_of("issues", file_of("issues", {"handling": "马上"})),
        ]

    def test_a_second_run_says_the_same_without_looking(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A run with a full store judges no cell."""
        first = schema.check(self.raws(), SCHEMAS, Store(tmp_path))
        monkeypatch.setattr(schema, "_check_shard", None)

        assert schema.check(self.raws(), SCHEMAS, Store(tmp_path)) == first
        assert [f.rule for f in first] == ["S06"]

    def test_of_a_part_of_a_shard_nothing_is_kept(self, tmp_path: Path) -> None:
        """A part has no digest by which two of them could be told apart."""
        part = replace(self.raws()[1], digest="")
        schema.check([part], SCHEMAS, Store(tmp_path))

        assert list(tmp_path.rglob("*")) == []

    def test_a_changed_shard_is_checked_anew(self, tmp_path: Path) -> None:
        """The digest of the content decides."""
        schema.check(self.raws(), SCHEMAS, Store(tmp_path))
        changed = [read_of("issues", file_of("issues", {"handling": "以后"}))]

        assert "以后" in schema.check(changed, SCHEMAS, Store(tmp_path))[0].message


@pytest.mark.parametrize("over", [-1, 0, 1])
def test_findings_listed_are_limited_and_the_rest_counted(over: int) -> None:
    count = ceilings.MAX_FINDINGS + over
    raw = read_of("issues", file_of("issues", *[{"handling": "马上"}] * count))
    found = schema.check([raw], SCHEMAS, None)

    assert len(found) == min(count, ceilings.MAX_FINDINGS) + (over > 0)
    assert (found[-1].line is None) == (over > 0)


class TestOpinion:
    """Frictionless is heard about what our own gates passed, and never twice about the same."""

    def objections(self, raws: list[RawShard], store: Store) -> list[tuple[str | None, int | None]]:
        """Return file and line of what it objects to."""
        return [(f.file, f.line) for f in opinion.begin(raws, SCHEMAS, store)({})]

    def test_what_it_passed_is_not_shown_again(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A run with a full store does not even load it."""
        raws = [read_of("works", file_of("works", {}))]
        assert self.objections(raws, Store(tmp_path)) == []
        monkeypatch.setattr(opinion, "doubted", None)

        assert self.objections(raws, Store(tmp_path)) == []

    def test_what_it_objects_to_is_shown_again(self, tmp_path: Path) -> None:
        """Only what was passed is kept."""
        raws = [read_of("issues", file_of("issues", {"handling": "马上"}))]
        first = self.objections(raws, Store(tmp_path))

        assert first == [(raws[0].shard.name, 2)]
        assert self.objections(raws, Store(tmp_path)) == first

    def test_of_a_row_with_a_refused_cell_nothing_is_said_and_nothing_kept(
        self, tmp_path: Path
    ) -> None:
        """One fault is one finding; that the row was passed would not be true."""
        raws = [read_of("issues", file_of("issues", {"handling": "马上"}))]
        refused = {raws[0].shard.name: {2: frozenset({1})}}

        assert opinion.begin(raws, SCHEMAS, Store(tmp_path))(refused) == []
        assert self.objections(raws, Store(tmp_path)) == [(raws[0].shard.name, 2)]

    @pytest.mark.parametrize("ledger", list(SCHEMAS))
    def test_cell_by_cell_it_says_what_it_says_of_a_whole_table(self, ledger: str) -> None:
        """Its readers, asked once per distinct cell, object to what its validation objects to."""
        table = SCHEMAS[ledger]
        planted = ("", "x", "−1", "1e400", "99999999999", "2022-02-30", "1.5", "马上", "9" * 600)
        rows = [cells_of(table, {name: bad}) for name in table.names for bad in planted]

        theirs = streamed(ledger, rows)

        assert theirs
        assert objected(ledger, rows) == theirs

    def test_another_process_says_what_this_one_says(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A row is named by its own file and line wherever it was looked at."""
        cells = [cells_of(SCHEMAS["works"], {"status": s}) for s in ("正常", "很好")]
        raws = [
            RawShard(shard_of("works", unit), SCHEMAS["works"].names, [2, 3], cells)
            for unit in ("nanzhao", "xixia", "sheqi")
        ]
        alone = self.objections(raws, Store())
        monkeypatch.setattr(workers, "CAN_FORK", False)

        assert self.objections(raws, Store()) == alone
        assert alone == [(f"data/units/{u}/works.csv", 3) for u in ("nanzhao", "xixia", "sheqi")]


def test_every_pattern_is_linear_and_whole() -> None:
    """No pattern of a schema takes long on 50 kB, and none is ungrouped."""
    for table in SCHEMAS.values():
        for field in table.fields:
            for pattern in (field.pattern, (field.list_of or {}).get("pattern")):
                if not pattern:
                    continue
                assert pattern.startswith("(?:")
                assert pattern.endswith(")")
                for text in ("1" * 50_000, "a-" * 25_000, "0377-" * 10_000, "(" * 50_000):
                    with ends():
                        re.fullmatch(pattern, text + "!")


def test_rules_of_this_gate_speak_chinese() -> None:
    for rule in catalogue():
        if rule.gate in ("bytes", "schema", "privacy"):
            assert re.search("[\u4e00-\u9fff]", rule.sentence)
            assert re.search("[\u4e00-\u9fff]", rule.remedy)
