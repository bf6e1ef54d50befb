"""What is shown in pages of others, in a real frame of a real page from elsewhere."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

from playwright.sync_api import expect

from tests.browser.addresses import COMPARE
from tests.browser.waiting import wait_until


@contextmanager
def _a_page_of_others(body: str) -> Iterator[str]:
    """Serve a page at another host, and return its address."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(f"<!doctype html><title>A newspaper</title>{body}".encode())

        def log_message(self, *_words):
            pass

    server = HTTPServer(("127.0.0.1", 0), Page)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_the_code_shows_in_a_page_of_others_as_high_as_it_is_and_leads_back(visit):
    page = visit(f"{COMPARE}&choose=more")
    page.get_by_text("Embed in a page of your own").click()
    code = page.locator("#embed-live").input_value()
    with _a_page_of_others(code) as elsewhere:
        page.set_viewport_size({"width": 390, "height": 800})
        page.goto(elsewhere)
        shown = page.frame_locator("iframe")
        expect(shown.get_by_role("heading", level=1)).to_contain_text("5 actors on 2 issues")
        wait_until(page, "document.querySelector('iframe').style.height")
        frame = page.frames[1]
        for width in (390, 768):
            page.set_viewport_size({"width": width, "height": 800})
            wait_until(frame, "Math.abs(document.body.scrollHeight - innerHeight) <= 1")
            assert frame.evaluate("document.body.scrollHeight > 300")
            assert frame.evaluate("document.body.scrollWidth <= innerWidth")
        shown.get_by_role("link", name="Supports an Iranian role").first.click()
        page.wait_for_url("**/dossiers/syria-astana-2017/compare/?*open=*")
        expect(page.locator("#evidence")).to_be_visible()
