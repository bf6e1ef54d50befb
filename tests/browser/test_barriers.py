"""What keeps somebody from reading is found in whatever colours and width it stands."""

import re

from tests.browser.barriers import barriers

PAGE = """<!doctype html><html lang="en"><title>A page</title><style>
    :root { color-scheme: light dark; }
    @media (prefers-color-scheme: light) and (width > 400px) {
        #light { color: #ccc; background: #ddd }
    }
    @media (prefers-color-scheme: dark) and (width < 400px) {
        #dark { color: #444; background: #333 }
    }
    @media (forced-colors: active) {
        #system { forced-color-adjust: none; color: #666; background: #fff }
        #forced { forced-color-adjust: none; color: #ccc; background: #ddd }
    }
    .row { color: #000; background: #fff; margin: 0 }
    .clear { background: none }
    .box { height: 3em; margin-bottom: -3em; background: #222 }
    .faint { opacity: 0.3 }
    .pale { color: #eee; background: #fff; margin: 0 }
    .apart { margin: 2em 0 }
    .pressed { display: block; width: 20px; height: 20px; padding: 0; font-size: 10px }
    @media (width < 400px) { #near { margin-top: -1.9em } }
</style><main><h1>A page</h1>
    <p id="light">Pale on a light page</p><p id="dark">Dark on a dark page</p>
    <p id="forced">Colours that the page insists on</p><p id="system">And better ones</p>
    <p><input id="nameless"></p>
    <p class="row">Alike</p><p class="row">Alike</p>
    <p class="row clear">Clear</p><div class="box"></div><p class="row clear" id="covered">Clear</p>
    <div class="faint"><p class="row" id="faint">Alike</p></div>
    <p class="row" id="own" style="color: #eee">Alike</p>
    <p class="pale">—</p><p class="pale" id="pale">Of which one sign says nothing</p>
    <p class="pale">Alike</p>
    <div class="apart"><button class="pressed">A</button></div>
    <div class="apart" id="near"><button class="pressed" id="close">B</button></div>
</main>"""


def test_what_is_hard_to_read_in_any_colours_is_found_and_of_what_looks_alike_the_first(visit):
    page = visit("/licence/", policy=False)
    page.set_content(PAGE)
    lines = barriers(page)
    found = [re.search(r'^([\w-]+): .*id="(\w+)"', line) for line in lines if "id=" in line]
    assert {one.groups() for one in found if one} == {
        ("color-contrast", "light"),
        ("color-contrast", "dark"),
        ("color-contrast", "forced"),
        ("color-contrast-enhanced", "system"),
        ("color-contrast", "covered"),
        ("color-contrast", "faint"),
        ("color-contrast", "own"),
        ("color-contrast", "pale"),
        ("label", "nameless"),
        ("target-size", "close"),
    }
    # And found again.
    page.set_viewport_size({"width": 1440, "height": 900})
    assert barriers(page) == lines
    page.add_style_tag(content=".row { color: #eee }")
    # Two that look alike are told once.
    assert sum("Alike" in line and "id=" not in line for line in barriers(page)) == 2
