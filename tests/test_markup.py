"""What the Nu Html Checker and html-validate found once on pages stays gone."""

from __future__ import annotations

import re
from html.parser import HTMLParser

TYPED = {"text", "search", "tel", "url", "email", "number", "date", "month", "hidden"}


class Faults(HTMLParser):
    """Collect what is wrong with the elements of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one element."""
        told = dict(attrs)
        names = (told.get("class") or "").split()
        if len(names) != len(set(names)):
            self.found.add(f"doubled class: {names}")
        if tag == "input" and "autocomplete" in told and told.get("type", "text") not in TYPED:
            self.found.add(f"autocomplete on {told.get('type')}")
        if tag in ("aside", "nav") and not {"aria-label", "aria-labelledby"} & set(told):
            self.found.add(f"landmark without a name: {tag} {names}")
        if len(attrs) != len(told):
            self.found.add(f"doubled attribute: {tag}")


def test_no_page_has_what_the_checkers_found(example_site):
    """Switches of the theme that nobody uses, classes given twice, landmarks without a name."""
    told: dict[str, set[str]] = {}
    for path in sorted(example_site.rglob("*.html")):
        faults = Faults()
        faults.feed(path.read_text(encoding="utf-8"))
        for fault in faults.found:
            told.setdefault(fault, set()).add(path.name)

    assert told == {}


def test_every_page_declares_itself_first(example_site):
    """Nothing stands before the declaration of the document."""
    for path in example_site.rglob("*.html"):
        assert re.match(r"\s*<!doctype html>", path.read_text(encoding="utf-8"), re.I), path
