"""A laboratory's report in which the indicators run downwards, turned into a wide table.

Above stand the lines of its head (采样地点, 水样类型, 采样日期, 报告编号), below them the names of
indicators, units, limits and the results: one column, or one for each sample; or one such block for
each sample, one after another or side by side. A turned sheet has a row for each sample and knows
of every cell where it stands in the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.intake.labels import Form, nearest, other_basis
from pipeline.intake.measures import is_same, note_of
from pipeline.intake.outcome import Fate
from pipeline.intake.recognisers.reading import NOTHING, flat
from pipeline.intake.runs import RESULT, Run, bands, grouped, is_long, meet, runs_of, set_roles
from pipeline.intake.samples import LEFT_OUT, OWN, pairs_in, point_in, said_of, without_point
from pipeline.intake.sheets import BLANK, Cell, Sheet, letters
from pipeline.intake.spread import Turned
from pipeline.intake.tables import Table

Place = tuple[int, int]


@dataclass
class _Sample:
    """One sample: by name of a column of ours, the place in the file of the cell it is from."""

    said: dict[str, tuple[Place, Cell]] = field(default_factory=dict)
    results: dict[str, Place] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)


def report_of(sheet: Sheet, form: Form) -> Turned | None:
    """Return a sheet in which indicators run downwards as a wide table; None if it is no such."""
    known = {label: name[1:] for label, name in form.labels.items() if name.startswith("=")}
    runs = [r for column in range(1, sheet.width + 1) for r in runs_of(sheet, column, known)]
    if not runs or any(is_long(sheet, run, form) for run in runs):
        return None
    for run in runs:
        beside = [r.column for r in runs if r.column > run.column and meet(r, run)]
        run.right = min(beside, default=sheet.width + 1) - 1
        set_roles(sheet, run)
    runs = [run for run in runs if run.values]
    turning = _Turning(sheet, known)
    for rows in bands(runs):
        turning.take(rows)
    return turning.report(form) if turning.samples else None


class _Turning:
    """Gathers the samples of one sheet, band after band."""

    def __init__(self, sheet: Sheet, known: Mapping[str, str]) -> None:
        self.sheet, self.known = sheet, known
        self.samples: list[_Sample] = []
        self.asked: list[tuple[Place, str, str]] = []
        self.left_out: list[str] = []
        self.rows: set[int] = set()
        self._common: dict[str, tuple[Place, Cell]] = {}
        self._end = 0
        self._last: list[_Sample] = []
        self._bottom: list[Run] = []

    def take(self, runs: list[Run]) -> None:
        """Take in a band: what is said above it, then its results."""
        top = min(run.top for run in runs)
        start = self._start(top) if self._last else 1
        if self._last:
            self._say(self._last, self._bottom, range(self._end + 1, start))
        groups = grouped(runs)
        samples = [[_Sample() for _ in group[0].values] for group in groups]
        for group, own in zip(groups, samples, strict=True):
            self._say(own, group, range(start, top), wide=len(groups) == 1)
        is_further = self._last and not any(OWN & s.said.keys() for own in samples for s in own)
        if is_further and len(groups) == 1 and len(samples[0]) == len(self._last):
            for new, old in zip(samples[0], self._last, strict=True):
                old.said = new.said | old.said
            samples = [self._last]  # the report goes on: another page, another group of indicators
        else:
            for sample in (s for own in samples for s in own):
                sample.said = self._common | sample.said
                self.samples.append(sample)
        if not self._last:
            self._common = _of_all(self.samples[0].said)
        for group, own in zip(groups, samples, strict=True):
            self._results(group, own)
        self._last = [s for own in samples for s in own]
        self._bottom, self._end = runs, max(run.bottom for run in runs)

    def _start(self, top: int) -> int:
        """Return the row from which on lines are of the band that begins at `top`."""
        for number in range(self._end + 1, top):
            for cell in self.sheet.rows[number - 1]:
                names = {n for n, _ in pairs_in(cell.text)} | {said_of(cell.text)}
                if names & (OWN | {"report_no"}):
                    return number
        return top

    def _say(
        self, samples: list[_Sample], runs: list[Run], rows: range, *, wide: bool = True
    ) -> None:
        """Note what the lines of a head, or of a foot, say of the samples."""
        left = 1 if wide else runs[0].column
        right = self.sheet.width if wide else runs[-1].right
        for number in rows:
            line = self.sheet.rows[number - 1]
            column = left
            while column <= min(right, len(line)):
                cell = line[column - 1]
                column += 1
                if cell.is_blank or cell.is_filled:
                    continue
                for name, value in pairs_in(cell.text):
                    said = Cell(value, "text" if value else "blank")
                    self._note(samples, name, (number, column - 1), said)
                if name := said_of(cell.text):
                    column = self._beside(samples, runs, name, number, column, right)

    def _beside(
        self, samples: list[_Sample], runs: list[Run], name: str, row: int, first: int, right: int
    ) -> int:
        """Note the cells beside a label; returns the column of the next label."""
        self.rows.add(row)
        values = runs[0].values
        spans = {(r, c): last for r, c, _, last in self.sheet.merged if r == row}
        column = first
        told: list[tuple[int, Cell]] = []
        while column <= right and not said_of((cell := self.sheet.cell(row, column)).text):
            if pairs_in(cell.text):
                break
            if not cell.is_blank and not cell.is_filled:
                told.append((column, cell))
            column += 1
        for seat, cell in told:
            last = spans.get((row, seat), seat)
            under = [s for s, v in zip(samples, values, strict=False) if seat <= v <= last]
            is_all = not under or (len(told) == 1 and name not in OWN)
            self._note(samples if is_all else under, name, (row, seat), cell)
        return column

    def _note(self, samples: list[_Sample], name: str, place: Place, cell: Cell) -> None:
        self.rows.add(place[0])
        if name in LEFT_OUT and not cell.is_blank:
            said = f"{letters(place[1])}{place[0]}“{cell.text.strip()[:12]}”"
            self.left_out += [said] if said not in self.left_out else []
        for sample in samples:
            if not cell.is_blank:
                sample.said.setdefault(name, (place, cell))

    def _results(self, runs: list[Run], samples: list[_Sample]) -> None:
        """Note the results of each sample, and what is said above its column."""
        for run in runs:
            self.rows |= {*run.heads, *run.rows, *run.strange}
            for sample, column in zip(samples, run.values, strict=True):
                for head in run.heads:
                    cell = self.sheet.cell(head, column)
                    word = flat(cell.text)
                    if word and not RESULT.fullmatch(word) and not cell.is_filled:
                        sample.said.setdefault("*head", ((head, column), cell))
                for row, indicator in run.rows.items():
                    self._result(sample, run, (row, column), indicator)
            for row, text in run.strange.items():
                self._strange(run, row, text)

    def _result(self, sample: _Sample, run: Run, place: Place, indicator: str) -> None:
        row, _ = place
        cell = self.sheet.cell(*place)
        if cell.is_blank or flat(cell.text) in NOTHING - {"无"}:
            return
        if indicator in sample.results:
            said = "同一个样品的同一个指标写了两次"
            self.asked.append((place, said, "留一个；是两个样品的，各写上采样地点和日期"))
            return
        sample.results[indicator] = place
        unit = self.sheet.cell(row, run.unit).text.strip() if run.unit else ""
        label = self.sheet.cell(row, run.column).text
        heads = (note_of(self.sheet.cell(h, place[1]).text) for h in run.heads)
        sample.notes[indicator] = unit or note_of(label) or next(filter(None, heads), "")
        if basis := other_basis(label, indicator, self.known):
            said = f"“{label.strip()[:20]}”{basis}"
            self.asked.append(((row, run.column), said, "换算好再填，指标名照水质限值表写"))

    def _strange(self, run: Run, row: int, text: str) -> None:
        """Ask about a word that is nearly an indicator; tell of one that is none of ours."""
        if all(self.sheet.cell(row, c).is_blank for c in run.values):
            return
        place = row, run.column
        if near := nearest(text, self.known):
            said = f"没有叫“{text[:20]}”的指标，是不是 {'、'.join(near)}"
            self.asked.append((place, said, "照水质限值表的指标名写"))
        else:
            self.left_out.append(f"{letters(run.column)}{row}“{text[:12]}”")

    def report(self, form: Form) -> Turned:
        """Return the samples as a wide table."""
        self._say(self._last, self._bottom, range(self._end + 1, len(self.sheet.rows) + 1))
        rows = [_settled(sample) for sample in self.samples]
        names = list(dict.fromkeys(n for row in rows for n in row))
        columns = {name: n for n, name in enumerate(names, 1)}
        turned = Sheet(self.sheet.name, [[Cell(n, "text") for n in names]], source=self.sheet)
        notes: dict[str, str] = {}
        for number, (sample, said) in enumerate(zip(self.samples, rows, strict=True), 2):
            line = [said[n][1] if n in said else BLANK for n in names]
            results = sample.results.items()
            for indicator, place in results:
                name = f"={indicator}"
                at = columns.setdefault(name, len(columns) + 1)
                line.extend([BLANK] * (at - len(line)))
                line[at - 1] = self.sheet.cell(*place)
                turned.seats[number, at] = place
                note = notes.setdefault(name, sample.notes[indicator])
                if not is_same(note, sample.notes[indicator]):
                    said_twice = f"单位一处是 {note}，一处是 {sample.notes[indicator]}"
                    self.asked.append((place, said_twice, "换成一样的单位再填"))
            turned.seats |= {(number, columns[n]): place for n, (place, _) in said.items()}
            places = sorted([p for p, _ in said.values()] + list(sample.results.values()))
            turned.seats[number, 0] = places[0] if places else (1, 1)
            turned.rows.append(line)
        above = [c.text.strip() for _, row in self.sheet.numbered() for c in row if not c.is_blank]
        title = "".join(dict.fromkeys(above[:40]))
        table = Table(
            turned, form, 1, 1, columns, (), title, 2, len(turned.rows), notes
        )  # fmt: skip
        fates: dict[int, tuple[Fate, str]] = dict.fromkeys(
            self.rows, ("并入", "检测报告里样品的一行")
        )
        return Turned(table, self.asked, self.left_out, fates)


def _of_all(said: Mapping[str, tuple[Place, Cell]]) -> dict[str, tuple[Place, Cell]]:
    """Return what stands above everything that is said of the first sample: it is said of all."""
    first = min((row for n, ((row, _), _) in said.items() if n in OWN), default=0)
    return {n: s for n, s in said.items() if s[0][0] < first}


def _settled(sample: _Sample) -> dict[str, tuple[Place, Cell]]:
    """Return what is said of a sample under the names of the ledger's columns."""
    said = {n: s for n, s in sample.said.items() if not n.startswith("*")}
    worded = [sample.said[n] for n in ("*works", "*place", "*name", "*head") if n in sample.said]
    if "sampling_point" not in said or not point_in(said["sampling_point"][1].text):
        told = next((one for one in worded if point_in(one[1].text)), None)
        said |= {"sampling_point": told} if told else {}
    place = next((one for one in worded if without_point(one[1].text)), None)
    return ({"place_id": place} if place else {}) | said
