"""What the documents say is so."""

import re
from functools import cache

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import get_commands
from django.db.models import EmailField, GenericIPAddressField
from django.urls import Resolver404, resolve

from astana import for_programs
from astana.models import Evidence, Health, Issue, Membership, Participation, Position
from astana.models.of_people import GOES, STAYS, is_history
from astana.web.api.offered import ApiTable
from astana.web.listing import Listing
from benchmarks.capacity import FILL, MIX, PAGES_A_READER, PEAK, mixed, readers_a_day

ROOT = settings.BASE_DIR
GUIDES = ["README.md", "CONTRIBUTING.md", "docs/architecture.md", "docs/operating.md"]
DOCUMENTS = sorted(
    path.relative_to(ROOT).as_posix()
    for folder in (ROOT, ROOT / "docs", ROOT / "docs" / "decisions", ROOT / "seeds")
    for path in folder.glob("*.md")
)


@cache
def _text(name: str) -> str:
    return (ROOT / name).read_text()


def _targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", _text("Makefile"), re.MULTILINE))


def _settings() -> set[str]:
    """Return the environment variables that the settings read."""
    read = _text("astana/settings.py") + _text("astana/databases.py")
    return set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', read))


def _nouns() -> list[type]:
    """Return the models; a version of a record in its history is no noun of its own."""
    models = apps.get_app_config("astana").get_models()
    return [model for model in models if not model.__name__.startswith("Historical")]


@pytest.mark.parametrize("model", _nouns(), ids=lambda model: model.__name__)
def test_the_glossary_knows_every_model(model):
    words = re.sub("(?<=[a-z])(?=[A-Z])", " ", model.__name__).lower()
    assert f"**{words}**" in _text("docs/glossary.md").lower()


@pytest.mark.parametrize(
    "choices",
    [
        Position.Voice,
        Position.Status,
        Health,
        Evidence.Role,
        Issue.Kind,
        Membership.Role,
        Participation.Role,
    ],
    ids=lambda choices: choices.__qualname__,
)
def test_the_glossary_knows_every_choice(choices):
    glossary = _text("docs/glossary.md").lower()
    assert [value for value in choices.values if value.replace("-", " ") not in glossary] == []


@pytest.mark.parametrize("name", GUIDES)
def test_every_make_target_named_is_there(name):
    named = set(re.findall(r"\bmake ([a-z]+)\b", " ".join(_code(name))))
    assert named <= _targets()


def test_the_first_page_of_the_repository_names_both_commands():
    assert {"make run", "make test"} <= set(_code("README.md"))


def test_make_help_lists_every_target():
    described = set(re.findall(r"^([a-z]+):.*## ", _text("Makefile"), re.MULTILINE))
    assert (
        described == _targets() == set(re.findall(r"\.PHONY: (.*)", _text("Makefile"))[0].split())
    )


@pytest.mark.parametrize("name", GUIDES)
def test_every_command_named_is_there(name):
    named = set(re.findall(r"manage\.py (\w+)", " ".join(_code(name))))
    assert named <= set(get_commands())


def test_every_command_of_ours_is_in_the_guide_for_operators():
    ours = {name for name, app in get_commands().items() if app == "astana"}
    # `make run` is what calls `demo`, and translators call `makemessages`.
    assert ours - {"demo", "makemessages"} <= set(
        re.findall(r"manage\.py (\w+)", _text("docs/operating.md"))
    )


@pytest.mark.parametrize("name", GUIDES)
def test_every_setting_named_is_read(name):
    named = {word for word in _code(name) if re.fullmatch(r"[A-Z]+(_[A-Z]+)*", word)}
    assert named <= _settings()


def test_the_example_names_every_setting_and_no_other():
    named = set(re.findall(r"^#?([A-Z_]+)=", _text(".env.example"), re.MULTILINE))
    assert named == _settings()


def test_the_guide_for_operators_has_the_settings_of_the_example():
    """To bring it up to date, put what this expects there."""
    rows, said = ["| Setting | |", "|---|---|"], []
    for line in _text(".env.example").splitlines():
        if setting := re.fullmatch(r"#?([A-Z_]+=.*)", line):
            rows.append(f"| `{setting[1]}` | {' '.join(said)} |")
            said = []
        elif line:
            said.append(line.removeprefix("#").strip())
        else:
            said = []
    there = re.search(r"<!-- From .*?-->\n(.*?)<!-- end -->", _text("docs/operating.md"), re.DOTALL)
    assert there[1].strip() == "\n".join(rows)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_link_leads_somewhere(name):
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", _text(name)):
        assert ((ROOT / name).parent / target).exists(), target


@pytest.mark.parametrize("name", GUIDES)
def test_a_file_named_is_there(name):
    for word in _code(name):
        path = word.split(":")[0].rstrip("/")
        if re.fullmatch(r"[\w.-]+(/[\w.-]+)+", path) and not path.startswith(".venv/"):
            assert (ROOT / path).exists(), path


def test_the_walk_begins_at_an_address_that_is_there():
    address = re.search(r"GET (/\S+?)\?", _text("docs/architecture.md"))[1]
    try:
        assert resolve(address).view_name in _text("docs/architecture.md")
    except Resolver404:
        pytest.fail(address)


@pytest.mark.parametrize(
    "name",
    ["requirements.in", "requirements-uv.in", "requirements-watch.in", "requirements-dev.in"],
)
def test_every_dependency_says_why_it_is_there(name):
    packages = re.findall(r"^([A-Za-z][\w-]*)", _text(name), re.MULTILINE)
    lines = re.findall(r"^\| ([\w-]+) \|", _text("docs/dependencies.md"), re.MULTILINE)
    assert packages
    assert [package for package in packages if package not in lines] == []


def test_no_dependency_is_described_that_is_gone():
    lines = re.findall(r"^\| ([\w-]+) \|", _text("docs/dependencies.md"), re.MULTILINE)
    names = (
        "requirements.in",
        "requirements-uv.in",
        "requirements-watch.in",
        "requirements-dev.in",
    )
    pinned = "".join(map(_text, names))
    gone = [name for name in lines if name != "Package" and f"\n{name}" not in pinned]
    assert gone == []


def test_every_requirement_is_pinned_with_a_hash():
    for name in (
        "requirements.txt",
        "requirements-uv.txt",
        "requirements-watch.txt",
        "requirements-dev.txt",
    ):
        pins = re.findall(
            r"^[a-z].*==.*(?:\n    --hash=sha256:\w+ ?\\?)*", _text(name), re.MULTILINE
        )
        assert pins
        assert [pin for pin in pins if "--hash=sha256:" not in pin] == []


def test_no_figure_in_the_readme_goes_stale():
    """Counts and times are printed by commands; the README has versions and years alone."""
    text = re.sub(r"<http.*?>", "", _text("README.md"))
    figures = set(re.findall(r"(?<![\w./:=-])\d+(?:[.,]\d+)*", text))
    assert figures <= {"3.11", "3.14", "2017"}


def test_the_page_on_files_says_what_a_row_of_each_table_is():
    rows = re.findall(r"^\| (`.*?) \| .+ \|$", _text("docs/files.md"), re.MULTILINE)
    named = {name.partition(".")[0] for row in rows for name in re.findall(r"`([\w.-]+)`", row)}
    of_lists = {one.noun for one in vars(for_programs).values() if isinstance(one, Listing)}
    of_pages = {one.name for one in vars(for_programs).values() if isinstance(one, ApiTable)}
    assert of_lists
    assert of_pages
    assert of_lists | of_pages <= named


def _code(name: str) -> list[str]:
    """Return what a document sets as code: between backticks, and indented lines."""
    inline = re.findall(r"`([^`]+)`", _text(name))
    indented = re.findall(r"^    (\S.*)$", _text(name), re.MULTILINE)
    return inline + [line.split("  #")[0].strip() for line in indented]


def test_the_paper_on_privacy_says_of_every_table_with_people_what_becomes_of_it():
    rows = dict(
        re.findall(r"^\| `(\w+)` \|.*\| ([^|]+) \|$", _text("docs/privacy.md"), re.MULTILINE)
    )
    tables = {label.split(".")[1]: "goes" for label in GOES}
    tables |= {label.split(".")[1]: "stays" for label in STAYS}
    assert {name: rows.get(name, "").split(" ")[0].strip(";,") for name in tables} == tables
    # What hangs on an account without naming it, and what has an address in it.
    for model in apps.get_models(include_auto_created=True):
        fields = model._meta.concrete_fields
        hangs = any(f.related_model and f.related_model._meta.label in GOES for f in fields)
        reached = any(isinstance(f, (EmailField, GenericIPAddressField)) for f in fields)
        if (hangs or reached) and not is_history(model):
            assert f"`{model.__name__}`" in _text("docs/privacy.md"), model


def test_the_arithmetic_of_scaling_is_that_of_its_command():
    said = _text("docs/scaling.md")
    assert f"× {FILL} ÷ {PEAK} × 86,400 ÷ {PAGES_A_READER}" in said
    assert (
        f"a reader looks at {PAGES_A_READER} pages; the busiest hour has {PEAK} times"
        in said.lower()
    )
    a_second = 1_000_000 * PAGES_A_READER / 86_400
    assert f"{a_second:.0f} a second on average and {a_second * PEAK:.0f} a second" in said
    # One core that makes what the formula asks for serves as many readers as it says.
    assert round(readers_a_day(a_second * PEAK / FILL)) == 1_000_000
    assert mixed(dict.fromkeys(MIX, 8.0)) == 8
