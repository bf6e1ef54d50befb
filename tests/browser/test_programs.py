"""A running site as programs meet it: a cache in front of it, and those who read its data."""

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http.client import HTTPConnection, HTTPResponse
from types import SimpleNamespace
from urllib.request import urlretrieve

import anyio
import duckdb
import mcp
import pytest
from django.conf import settings as of_site
from pytest_django.live_server_helper import LiveServer

from astana.models import Dossier

NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
# A cache as it comes: what it keeps is said by the site alone.
CONFIGURATION = """
{user}daemon off; pid {folder}/pid; error_log {folder}/error.log; events {{}}
http {{
    access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    proxy_cache_path {folder}/cache keys_zone=kept:1m;
    server {{
        listen 127.0.0.1:{port};
        location / {{
            proxy_pass {site}; proxy_cache kept; proxy_set_header Host $http_host;
            add_header X-Cache $upstream_cache_status always;
        }}
    }}
}}
"""


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.fixture
def cache(site, tmp_path) -> Iterator[SimpleNamespace]:
    """Return what asks a cache in front of a server of its own, which can be stopped."""
    assert NGINX, "There is no nginx here. Debian: apt-get install nginx-light"
    server, port = LiveServer("localhost"), _free_port()
    user = "user root; " if os.getuid() == 0 else ""
    written = CONFIGURATION.format(user=user, folder=tmp_path, port=port, site=server.url)
    (tmp_path / "nginx.conf").write_text(written)
    running = subprocess.Popen([NGINX, "-c", tmp_path / "nginx.conf", "-e", tmp_path / "error.log"])

    def ask(address: str, *, session: str = "") -> tuple[HTTPResponse, str]:
        connection = HTTPConnection("127.0.0.1", port, timeout=10)
        cookie = {"Cookie": f"{of_site.SESSION_COOKIE_NAME}={session}"} if session else {}
        connection.request("GET", address, headers={"Host": "localhost", **cookie})
        answer = connection.getresponse()
        return answer, answer.read().decode()

    for _time in range(100):
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.02)
    yield SimpleNamespace(ask=ask, stop=server.stop)
    running.terminate()
    running.wait(timeout=10)
    server.stop()


def test_a_cache_in_front_gives_on_what_is_public_and_nothing_else(
    cache, sessions, settings, django_db_blocker
):
    settings.CACHE_SECONDS, settings.CACHE_STALE_SECONDS = 1, 0
    mine = sessions["reader"]
    with django_db_blocker.unblock():
        dossier = Dossier.objects.create(slug="kept", title="Before", visibility="public")
    pages = ["/dossiers/kept/", "/api/dossiers/kept/", "/dossiers/kept/positions.csv"]
    try:
        first = [cache.ask(page)[0].getheader("X-Cache") for page in pages]
        again = [cache.ask(page)[0].getheader("X-Cache") for page in pages]
        assert (first, again) == (["MISS"] * 3, ["HIT"] * 3)
        for _time in range(2):
            answer, page = cache.ask(pages[0], session=mine)
            assert answer.getheader("X-Cache") == "MISS"
            assert "no-store" in answer.getheader("Cache-Control")
            assert "/accounts/logout/" in page
        assert "/accounts/logout/" not in cache.ask(pages[0])[1]

        with django_db_blocker.unblock():
            dossier.title = "After"
            dossier.save()
        edited = time.monotonic()
        while "After" not in cache.ask(pages[0])[1] or "After" not in cache.ask(pages[1])[1]:
            assert time.monotonic() - edited < settings.CACHE_SECONDS + 2
            time.sleep(0.1)

        cache.stop()
        # A cache counts whole seconds, so that a copy may be fresh for one more.
        time.sleep(settings.CACHE_SECONDS + 1)
        for page in pages:
            answer, text = cache.ask(page)
            assert (answer.status, answer.getheader("X-Cache")) == (200, "STALE")
            assert "Before" not in text
        assert cache.ask(pages[0], session=mine)[0].status == 502
    finally:
        with django_db_blocker.unblock():
            Dossier.objects.filter(pk=dossier.pk).delete()


def test_the_lines_in_the_guide_to_the_data_run(site, tmp_path, monkeypatch):
    guide = (of_site.BASE_DIR / "docs" / "data.md").read_text()
    monkeypatch.chdir(tmp_path)
    names: dict = {}
    for block in re.findall(r"```python\n(.*?)```", guide, re.DOTALL):
        exec(block.replace("https://astana.example", site), names)
    assert {row["actor"] for row in names["positions"]} == {"russia"}
    assert len(names["positions"]) > 5
    assert names["silences"].articles_read.min() > 0
    assert names["silences"].value.isna().all()
    assert len(names["lines"]) > 100
    assert names["found"]
    # DuckDB would load what reads addresses from elsewhere: the file is read as it was saved.
    (query,) = re.findall(r"```sql\n(.*?)```", guide, re.DOTALL)
    address = re.search(r"https://astana\.example[^\s']+", query)[0]
    saved, _answer = urlretrieve(address.replace("https://astana.example", site), "positions.csv")
    counted = duckdb.sql(query.replace(address, saved)).fetchall()
    assert sum(number for _stance, number in counted) == len(names["lines"])
    # The addresses of the others are there too.
    others = set(re.findall(r"https://astana\.example(/[^\s\"')]+)", guide.split("## R")[1]))
    for address in others:
        connection = HTTPConnection(site.removeprefix("http://"))
        connection.request("GET", address)
        assert connection.getresponse().status == 200, address


def test_the_official_client_of_agents_asks_for_rows_that_can_be_cited(site):
    async def asked(era: str) -> tuple[int, dict]:
        async with mcp.Client(f"{site}/mcp", mode=era, read_timeout_seconds=30) as client:
            tools = await client.list_tools()
            chosen = {"dossier": "syria-astana-2017", "actor": "russia"}
            found = await client.call_tool("positions", chosen)
            return len(tools.tools), found.structured_content or {"refused": found.content}

    # By what it finds out of the server, and as clients did before; in a thread of its own, as the
    # browser of other tests has an event loop in this one.
    with ThreadPoolExecutor() as others:
        (number, found), before = others.map(partial(anyio.run, asked), ("auto", "legacy"))
    assert (number, found) == before
    assert number <= 6
    assert found["rows"]
    for row in found["rows"]:
        assert row["url"].startswith(site)
        assert {"voice", "said"} <= set(row)
