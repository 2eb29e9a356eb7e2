"""The same answer in the shape of a Frictionless report, for editors that can load one.

One task for each sheet; rows and fields are numbered as on the screen. The library itself is not
needed: the shape is plain JSON.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from pipeline.findings import Finding
from pipeline.intake.outcome import Outcome


def report_of(outcome: Outcome) -> dict[str, Any]:
    """Return the report: errors that refuse rows as errors, everything else as warnings."""
    files = list(dict.fromkeys(outcome.file_of(sheet) for sheet in outcome.book.sheets))
    tasks = [_task(file, outcome) for file in files]
    strays = [f for f in outcome.findings if f.file not in files]
    errors = [_error(f) for f in strays if f.severity == "error" and not f.waived]
    total = sum(task["stats"]["errors"] for task in tasks) + len(errors)
    return {
        "valid": outcome.ok,
        "stats": {
            "tasks": len(tasks),
            "errors": total,
            "warnings": _warnings(outcome),
            "seconds": 0,
        },
        "warnings": [f.message for f in strays if f.severity == "warning"],
        "errors": errors,
        "tasks": tasks,
    }


def _task(file: str, outcome: Outcome) -> dict[str, Any]:
    found = [f for f in outcome.findings if f.file == file and not f.waived]
    errors = [_error(f) for f in found if f.severity == "error"]
    rows = Counter(line.fate in ("导入", "并入", "未导入") for line in outcome.lines)
    return {
        "name": file,
        "type": "table",
        "valid": not errors,
        "place": file,
        "labels": [],
        "stats": {
            "errors": len(errors),
            "warnings": len(found) - len(errors),
            "seconds": 0,
            "rows": rows[True],
        },
        "warnings": [f"{f.cell or ''} {f.message}".strip() for f in found if f.severity != "error"],
        "errors": errors,
    }


def _error(finding: Finding) -> dict[str, Any]:
    """Return one error: of a cell where it has one, else of a row, else of the table."""
    kind = "cell-error" if finding.cell else "row-error" if finding.line else "table-error"
    error: dict[str, Any] = {
        "type": kind,
        "title": finding.rule,
        "description": finding.remedy,
        "message": finding.message,
        "tags": [
            "#table",
            *(["#row"] if finding.line else []),
            *(["#cell"] if finding.cell else []),
        ],
        "note": finding.remedy,
    }
    if finding.line:
        error |= {"rowNumber": finding.line, "cells": []}
    if finding.cell:
        error |= {
            "fieldName": finding.field or "",
            "fieldNumber": finding.column,
            "cell": finding.value or "",
        }
    return error


def _warnings(outcome: Outcome) -> int:
    return sum(f.severity == "warning" for f in outcome.findings)
