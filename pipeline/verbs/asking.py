"""Asking a clerk on a terminal, cell by cell, in Chinese, and again as long as it cannot stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline import entry
from pipeline.dates import in_force
from pipeline.entry.given import as_cell, fault_of
from pipeline.findings import Finding
from pipeline.ledgers.placed import TOWN, UNIT, kinds_of
from pipeline.ledgers.schemas import Field, Schema
from pipeline.trouble import UsageTrouble
from pipeline.verbs.console import Console

SHOWN = 24
"""Townships that are named in a question."""


class Asking:
    """Whoever sits before the terminal, asked for the cells of one row."""

    def __init__(self, office: entry.Office, schema: Schema, console: Console) -> None:
        """Take where the row belongs, and by whom it is entered."""
        self._office, self._schema, self._console = office, schema, console
        self._has_begun = False

    def ask(self, schema: Schema, field: Field, row: Mapping[str, str]) -> str | None:
        """Ask for one cell until it can stand; None when whoever is asked has gone away."""
        if not self._has_begun:
            self._has_begun = True
            self._console.tell("一项一项问，答错了会再问；要停下按 Ctrl-C，什么都不会写")
        return self._asked(schema, field, row, None)

    def may_mend(self, errors: Sequence[Finding]) -> bool:
        """Whether all that refuses a row are cells of it that can be asked for again."""
        return bool(errors) and all(self._cell_of(finding) for finding in errors)

    def mended(
        self, draft: entry.Draft, given: Mapping[str, str], errors: Sequence[Finding]
    ) -> dict[str, str]:
        """Return what is given for the row once more, with the cells at fault asked for again.

        Raises:
            Unfinished: whoever is asked has gone away.
        """
        row = dict(next(iter(draft.new.values()))[0])
        known = {f.name: row.get(f.name, "") for f in self._schema.fields}
        told = {n: c for n, c in known.items() if c and self._title(n) not in draft.filled}
        told |= {n: c for n, c in given.items() if n not in self._columns}
        self._console.tell("只改这几项，其余照旧：")
        for field in dict.fromkeys(filter(None, map(self._cell_of, errors))):
            cell = self._asked(self._schema, field, row, row.get(field.name, ""))
            if cell is None:
                raise entry.Unfinished("没有答完，什么都没有写")
            told[field.name] = row[field.name] = cell
        return told

    @property
    def _columns(self) -> frozenset[str]:
        return frozenset((*self._schema.by_name, *self._schema.by_title))

    def _title(self, name: str) -> str:
        return self._schema.by_name[name].title

    def _cell_of(self, finding: Finding) -> Field | None:
        """Return the column of the row in which something is wrong."""
        is_ours = finding.ledger == self._schema.name or (finding.subject or "").startswith(
            f"{self._schema.name}/"
        )
        return self._schema.by_name.get(finding.field or "") if is_ours else None

    def _asked(
        self, schema: Schema, field: Field, row: Mapping[str, str], before: str | None
    ) -> str | None:
        """Ask for a cell; `before` is what was said, which an empty answer keeps."""
        is_place = bool(field.key_by or kinds_of(schema, field))
        said = "写名称，不用写编号。" if is_place else field.description
        self._console.tell(f"{field.title}：{said}")
        kept = f"，回车就是“{before}”" if before else ""
        question = f"  {field.title}（{self._hint(schema, field)}{kept}）："
        while True:
            try:
                answer = self._console.ask(question)
            except KeyboardInterrupt:
                answer = None
            if answer is None:
                self._console.tell("")
                return None
            if not answer and before:
                return before
            try:
                cell = as_cell(self._office, schema, field, answer, row)
            except UsageTrouble as trouble:
                self._console.tell(f"  {trouble}")
                continue
            is_needed = field.required or before is not None
            fault = fault_of(schema, field, cell) if cell else "这一项要填" if is_needed else None
            if fault is None:
                return cell
            self._console.tell(f"  {fault}")

    def _hint(self, schema: Schema, field: Field) -> str:
        """Say what may be answered."""
        if field.enum:
            return "、".join(field.enum)
        kinds = kinds_of(schema, field)
        if kinds == (TOWN,):
            names = [
                one.name
                for one in self._office.snapshot.divisions
                if one.division_level == "乡级"
                and one.unit_id == self._office.unit_id
                and in_force(one, self._office.day)
            ]
            return "、".join(names[:SHOWN]) + ("等" if len(names) > SHOWN else "")
        if kinds == (UNIT,) or field.key_by or kinds:
            return "如 某村、某供水工程" if field.key_by else "名称"
        return "是、否" if field.type == "boolean" else f"如 {field.example}"
