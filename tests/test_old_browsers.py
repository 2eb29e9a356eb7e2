"""Old phones see what new ones see: nothing in style or script is younger than the baseline."""

from __future__ import annotations

import re

import pytest
from old_browsers import BASELINE, lost, scripted, table
from story import PROJECT

from pipeline.publication.pages.missing import STYLE

ASSETS = PROJECT / "site" / "assets"
FEATURES = table()


def test_style_is_understood():
    """A plain value stands before each modern one; what has none loses nothing that matters."""
    style = (ASSETS / "qy.css").read_text(encoding="utf-8")

    assert lost(style, FEATURES) == []
    assert lost(STYLE, FEATURES) == []


def test_scripts_are_understood(example_site):
    """Every script of the site, and those that stand in pages."""
    scripts = {p.name: p.read_text(encoding="utf-8") for p in example_site.rglob("*.js")}
    for name in ("index.html", "404.html"):
        html = (example_site / name).read_text(encoding="utf-8")
        scripts |= {name: "\n".join(re.findall(r"<script>(.*?)</script>", html, re.S))}
    told = {name: scripted(text, FEATURES) for name, text in scripts.items()}

    assert {name: what for name, what in told.items() if what} == {}


def test_what_is_excused_is_younger_than_the_baseline():
    """The table excuses nothing that needs no excuse."""
    assert [key for key, one in FEATURES.items() if one.without and one.chrome <= BASELINE] == []


@pytest.mark.parametrize(
    ("style", "why"),
    [
        ('.a::before { content: "x" / ""; }', "content: a / b needs Chrome 77"),
        (".a { display: flex; gap: 1rem; }", "a gap parts nothing but grids"),
        (".a { display: flex; grid-gap: 1rem; }", "a gap parts nothing but grids"),
        (".a { font-size: min(1rem, 2vw); }", "min needs Chrome 79"),
        (".a:is(.b, .c) { color: red; }", ":is( needs Chrome 88"),
        ("@media (min-width: 1em) { .a:has(b) { color: red; } }", ":has( needs Chrome 105"),
        (".a { background: linear-gradient(red 0 1px, blue 0); }", "colour a b needs Chrome 71"),
        (".a { border-inline: 0; }", "property border-inline is not in old_browsers.csv"),
    ],
)
def test_what_old_phones_do_not_know_is_refused(style, why):
    """Each kind of loss, in a style sheet of one rule."""
    assert why in "\n".join(lost(style, FEATURES))


@pytest.mark.parametrize(
    "style",
    [
        '.a::before { content: "x"; content: "x" / ""; }',
        ".a { display: grid; grid-gap: 1rem; }",
        ".a { font-size: 1rem; font-size: min(1rem, 2vw); }",
        "@media print { .a:has(b) { gap: 1mm; } }",
    ],
)
def test_what_has_a_plain_value_is_let_through(style):
    """The plain value first, or paper."""
    assert lost(style, FEATURES) == []


@pytest.mark.parametrize("script", ["a?.b", "a ?? b", "try { a(); } catch { b(); }", "[1].at(0)"])
def test_young_script_is_refused(script):
    """An old phone would not run anything of the file."""
    assert scripted(script, FEATURES)


@pytest.mark.parametrize("script", ['"a?.b"', "/* a ?? b */", "a ? .5 : b", "`${a}`"])
def test_script_of_the_baseline_is_let_through(script):
    """Strings and comments are not code."""
    assert scripted(script, FEATURES) == []
