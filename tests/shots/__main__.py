"""Take pictures of every kind of page at two widths, in light, dark and large type.

    python -m tests.shots [SITE] [FOLDER]

The site defaults to build/public, the folder to build/shots. The heaviest page of each kind is
taken: what fits there fits anywhere. `index.html` in the folder shows them side by side.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from pipeline.publication.pages import KINDS

PROJECT = Path(__file__).resolve().parents[2]
WIDTHS = (360, 1280)
MODES = ("light", "dark", "care")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def kinds(site: Path) -> Iterator[tuple[str, Path]]:
    """Yield a name and a page for every kind, the heaviest; and every page of prose."""
    heaviest: dict[str, Path] = {}
    for path in sorted(site.rglob("*.html")):
        address = path.relative_to(site).as_posix()
        try:
            name = KINDS.at(address).name
        except KeyError:
            name = address.removesuffix(".html").replace("/", "-")
        if name not in heaviest or path.stat().st_size > heaviest[name].stat().st_size:
            heaviest[name] = path
    yield from heaviest.items()


def take(browser: Browser, page: Path, target: Path, width: int, mode: str) -> None:
    """Take one picture of a whole page."""
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if mode == "dark" else "light",
    )
    if mode == "care":
        context.add_init_script("localStorage.setItem('qy-care', '1')")
    tab = context.new_page()
    tab.goto(page.as_uri())
    tab.screenshot(path=target, full_page=True)
    context.close()


def main(site: Path, folder: Path) -> None:
    """Take all pictures and write the page that shows them."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        raise SystemExit("没有 Chromium，请运行：apt-get install -y chromium")
    if not (site / "index.html").is_file():
        raise SystemExit(f"{site} 里没有网站，先运行 make site")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shown = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        for name, page in kinds(site.resolve()):
            for width in WIDTHS:
                for mode in MODES:
                    target = folder / f"{name}-{width}-{mode}.png"
                    take(browser, page, target, width, mode)
                    shown.append(target.name)
            print(f"{name}: {page.name}")
        browser.close()
    images = "".join(
        f'<figure><img src="{n}" width="320"><p>{escape(n)}</p></figure>' for n in shown
    )
    (folder / "index.html").write_text(f"<!doctype html><meta charset=utf-8>{images}", "utf-8")
    print(f"{len(shown)} 张图在 {folder}")


if __name__ == "__main__":
    given = [Path(argument) for argument in sys.argv[1:]]
    main(*(given + [PROJECT / "build/public", PROJECT / "build/shots"][len(given) :]))
