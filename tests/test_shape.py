"""The house's shape: one page = one URL = one view = one template = one name."""

import inspect
import re
import tomllib
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

from tests.site_pages import pages

TEMPLATES = settings.BASE_DIR / "templates"
FILES = sorted(TEMPLATES.rglob("*.html"))
# What is no page of ours: parts of several pages, the pages of others styled like ours, the frame.
# A part of one page is beside it, with a name that begins with `_`.
# One that a single template has stands in it, unless it is longer than so many lines. What it draws
# again and again is a partial that is not drawn where it is defined.
MOST_LINES_WITHIN = 24
DRAWN_BELOW = re.compile(r"\{% partialdef (\w+) %\}.*?\{% endpartialdef \1 %\}\n", re.DOTALL)
NO_PAGES = {"components", "admin", "allauth", "account", "mfa", "socialaccount", "usersessions"}


def _name(path: Path) -> str:
    return path.relative_to(TEMPLATES).as_posix()


@pytest.mark.parametrize("name", pages())
def test_a_page_has_one_name(name):
    noun, what = name.split(":")
    view = pages()[name]
    assert view.__module__ in (f"astana.pages.{noun}.views", f"astana.pages.desk.{noun}.views")
    assert view.__name__ == what
    assert f'"{noun}/{what}.html"' in inspect.getsource(view)
    assert (TEMPLATES / noun / f"{what}.html").exists()


def test_every_page_is_kept_apart_from_the_others():
    rules = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["tool"][
        "importlinter"
    ]
    [apart] = [one["modules"] for one in rules["contracts"] if one["type"] == "independence"]
    folders = {path.parent for path in (settings.BASE_DIR / "astana" / "pages").rglob("views.py")}
    assert set(apart) == {
        ".".join(folder.relative_to(settings.BASE_DIR).parts) for folder in folders
    }


def test_a_template_is_a_page_or_a_component():
    of_pages = {name.replace(":", "/") + ".html" for name in pages()}
    found = {_name(path) for path in FILES if path.parent != TEMPLATES}
    parts = {name for name in found if name.split("/")[1].startswith("_")}
    assert {name for name in found - parts if name.split("/")[0] not in NO_PAGES} == of_pages


def test_a_part_of_one_page_is_used_there_alone():
    for path in FILES:
        for part in re.findall(r"[\w]+/_\w+\.html", path.read_text()):
            assert part.split("/")[0] == _name(path).split("/")[0], (path, part)


def test_each_template_compiles():
    for path in FILES:
        get_template(_name(path))


def _where(breaks: Callable[[str], object]) -> list[str]:
    """Return the templates of which something is so."""
    return [_name(path) for path in FILES if breaks(path.read_text())]


def test_a_template_says_what_it_is():
    assert _where(lambda source: not re.match(r"\{# [A-Z“].+ #\}\n", source)) == []


def test_a_module_that_a_template_names_is_there():
    astana = settings.BASE_DIR / "astana"
    tops = (astana, astana / "pages", astana / "pages" / "desk")
    for path in FILES:
        for module in re.findall(r"\b[a-z_/]+/[a-z_]+\.py\b", path.read_text()):
            assert any((top / module).exists() for top in tops), (path, module)


def test_an_endblock_is_named():
    assert _where(lambda source: re.search(r"\{%\s*endblock\s*%\}", source)) == []


def test_a_template_has_nothing_inline():
    inline = r"<style|\sstyle\s*=|\shx-on|\son[a-z]+\s*="
    script = r"<script\b(?![^>]*(?:src=|type=\"application/ld\+json\"))[^>]*>"
    assert _where(lambda source: re.search(f"{inline}|{script}", source)) == []


def test_a_fragment_is_one_element_with_its_name():
    assert _where(lambda source: not _is_one_element_each(DRAWN_BELOW.sub("", source))) == []


def test_what_is_drawn_again_and_again_is_drawn_where_it_stands():
    for path in FILES:
        source = path.read_text()
        named = set(DRAWN_BELOW.findall(source))
        assert named == set(re.findall(r"\{% partial (\w+) %\}", source)), path


def test_a_small_part_of_one_template_stands_in_it():
    drawn = Counter(
        part for path in FILES for part in set(re.findall(r"\w+/_\w+\.html", path.read_text()))
    )
    for part, number in drawn.items():
        lines = len((TEMPLATES / part).read_text().splitlines())
        assert number > 1 or lines > MOST_LINES_WITHIN, part


def _is_one_element_each(source: str) -> bool:
    opened = re.findall(r"\{%\s*(?:start)?partialdef\b", source)
    edges = re.findall(
        r"\{%\s*partialdef (\w+) inline %\}\s*<(\w+)[^>]*? id=\"([\w-]+)\""
        r"|</(\w+)>\s*\{%\s*endpartialdef(?: \w+)? %\}",
        source,
    )
    # A fragment may stand inside another.
    elements = []
    for name, first, element_id, last in edges:
        if name and name != element_id:
            return False
        if name:
            elements.append(first)
        elif not elements or last != elements.pop():
            return False
    return len(edges) == 2 * len(opened) and not elements
