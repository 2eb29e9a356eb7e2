"""The same answer in the shape of a Frictionless report, for editors that can load one.

One task for each sheet; rows and fields are numbered as on the screen. The library itself is not
needed: the shape is plain JSON.
"""

from __future__ import annotations

from typing import Any

from pipeline.findings import Finding
from pipeline.intake.outcome import Outcome
from pipeline.intake.sheets import Sheet
from pipeline.personal import mask

_ROWS = ("导入", "并入", "未导入")


def report_of(outcome: Outcome) -> dict[str, Any]:
    """Return the report: errors that refuse rows as errors, everything else as warnings."""
    tasks = [_task(number, sheet, outcome) for number, sheet in enumerate(outcome.book.sheets, 1)]
    files = {outcome.file_of(sheet) for sheet in outcome.book.sheets}
    strays = [f for f in outcome.findings if f.file not in files and not f.waived]
    errors = [_error(f) for f in strays if f.severity == "error"]
    warnings = [_said(f) for f in strays if f.severity != "error"]
    return {
        "valid": outcome.ok,
        "stats": {
            "tasks": len(tasks),
            "errors": sum(task["stats"]["errors"] for task in tasks) + len(errors),
            "warnings": sum(task["stats"]["warnings"] for task in tasks) + len(warnings),
            "seconds": 0,
        },
        "warnings": warnings,
        "errors": errors,
        "tasks": tasks,
    }


def _task(number: int, sheet: Sheet, outcome: Outcome) -> dict[str, Any]:
    """Return what is said of one sheet; a name may be of ASCII only, so that it is a number."""
    file = outcome.file_of(sheet)
    found = [f for f in outcome.findings if f.file == file and not f.waived]
    errors = [_error(f) for f in found if f.severity == "error"]
    warnings = [_said(f) for f in found if f.severity != "error"]
    rows = sum(line.sheet == sheet.name and line.fate in _ROWS for line in outcome.lines)
    return {
        "name": f"sheet-{number}",
        "title": mask(file),
        "type": "table",
        "valid": not errors,
        "place": mask(file),
        "labels": [],
        "stats": {"errors": len(errors), "warnings": len(warnings), "seconds": 0, "rows": rows},
        "warnings": warnings,
        "errors": errors,
    }


def _error(finding: Finding) -> dict[str, Any]:
    """Return one error: of a cell where it has one, else of a row, else of the table.

    A reader of such reports keeps the note and words the message anew: the note says all.
    """
    kind, tags = "table-error", ["#table"]
    place: dict[str, Any] = {}
    if finding.line:
        kind, tags = "row-error", [*tags, "#row"]
        place = {"rowNumber": finding.line, "cells": []}
    if finding.line and finding.column:
        kind, tags = "cell-error", [*tags, "#cell"]
        place |= {
            "fieldName": finding.field or "",
            "fieldNumber": finding.column,
            "cell": finding.value or "",
        }
    return {
        "type": kind,
        "title": finding.rule,
        "description": finding.remedy,
        "message": finding.message,
        "tags": tags,
        "note": f"{_said(finding)}；怎么改：{finding.remedy}",
        **place,
    }


def _said(finding: Finding) -> str:
    return f"{finding.cell or ''} {finding.message}".strip()
