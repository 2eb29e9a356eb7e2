"""The story's site behind a real nginx, in a sub-folder of its host, with the settings it ships."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from story import EXAMPLE, site_of

NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
UNDER = "/gov/water"
SETTINGS = """
daemon off; master_process off; pid {place}/pid; error_log {place}/error.log notice;
events {{ worker_connections 256; }}
http {{
  access_log off;
  client_body_temp_path {place}/1; proxy_temp_path {place}/2; fastcgi_temp_path {place}/3;
  uwsgi_temp_path {place}/4; scgi_temp_path {place}/5;
  server {{
    listen 127.0.0.1:{port};
    location {under}/ {{ alias {site}/; include {site}/headers.conf; }}
  }}
}}
"""


@pytest.fixture(scope="session")
def sub_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The public folder of the story's site, whose address names a sub-folder of its host."""
    place = tmp_path_factory.mktemp("under")
    data = shutil.copytree(EXAMPLE, place / "data")
    campaign = data / "campaign.yml"
    told = campaign.read_text(encoding="utf-8")
    moved = told.replace("https://qingyuan.example/", f"https://qingyuan.example{UNDER}/")
    campaign.write_text(moved, encoding="utf-8")
    return site_of(data, place / "build").resolve()


@contextmanager
def nginx(site: Path, place: Path) -> Iterator[str]:
    """Serve a site while the block runs; yields its address. No nginx: CI fails, others skip."""
    if NGINX is None and os.environ.get("CI"):
        pytest.fail("没有 nginx，请运行：apt-get install -y nginx-light", pytrace=False)
    if NGINX is None:
        pytest.skip("没有 nginx：apt-get install -y nginx-light")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = place / "nginx.conf"
    text = SETTINGS.format(place=place, port=port, under=UNDER, site=site)
    settings.write_text(text, encoding="utf-8")
    command = [NGINX, "-p", str(place), "-e", str(place / "error.log"), "-c", str(settings)]
    tried = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stderr
    assert "[warn]" not in tried.stderr, tried.stderr
    with subprocess.Popen(command) as process:
        _wait_for(port)
        yield f"http://127.0.0.1:{port}{UNDER}"
        process.terminate()


@pytest.fixture(scope="session")
def behind_nginx(sub_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the story's site behind nginx."""
    with nginx(sub_site, tmp_path_factory.mktemp("nginx")) as address:
        yield address


def _wait_for(port: int) -> None:
    """Return once somebody listens."""
    for _ in range(200):
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail("nginx 没有起来", pytrace=False)
