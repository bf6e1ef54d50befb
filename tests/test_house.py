"""What `make shape` measures stays within its limits."""

import ast
from pathlib import Path

from astana.management.commands import makemessages
from tests.shape import ALIKE, alike, circles

# Both are to become none: lower them with each that is gone.
MOST_IN_CIRCLES, MOST_ALIKE = 0, 0

CODE = """
def {name}(request, {noun}):
    \"\"\"A docstring of its own.\"\"\"
    first = {noun}.first()
    if not first:
        return None
    for one in {noun}:
        first.add(one)
        first.count("{name}")
    second = request.ask(
        first,
        {noun},
    )
    third = second + first
    return third
"""


def test_models_import_each_other_in_no_further_circle():
    assert sum(map(len, circles())) <= MOST_IN_CIRCLES, circles()


def test_pages_have_no_further_places_that_are_alike():
    assert len(alike(*ALIKE)) <= MOST_ALIKE, alike(*ALIKE)


def test_what_differs_in_names_alone_is_alike(tmp_path):
    (tmp_path / "one.py").write_text(CODE.format(name="show", noun="actors"))
    (tmp_path / "two.py").write_text(CODE.format(name="list_all", noun="issues"))
    [(one, other, lines)] = alike(tmp_path)
    assert (one, other, lines) == (f"{tmp_path.name}/one.py:2", f"{tmp_path.name}/two.py:2", 13)


def test_what_is_done_with_others_is_not_alike(tmp_path):
    (tmp_path / "one.py").write_text(CODE.format(name="show", noun="actors"))
    other = CODE.format(name="show", noun="actors").replace("second + first", "second + second")
    (tmp_path / "two.py").write_text(other)
    assert alike(tmp_path) == []


def test_a_list_of_values_is_no_place(tmp_path):
    values = ",\n".join(f'    "{number}"' for number in range(20))
    for name in ("one.py", "two.py"):
        (tmp_path / name).write_text(f"VALUES = [\n{values},\n]\n")
    assert alike(tmp_path) == []


def test_translators_find_whatever_a_file_of_another_tool_loses():
    """A kind of loss is written where it is counted, or marked where it is named; none is made."""
    found = {"marked": 0, "written": 0}
    for path in Path("astana/formats").rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text())):
            if not isinstance(call, ast.Call):
                continue
            name = getattr(call.func, "attr", getattr(call.func, "id", ""))
            kind = call.args[0] if call.args and name in ("lose", "gettext_noop") else None
            assert not isinstance(kind, ast.JoinedStr | ast.BinOp | ast.IfExp), ast.unparse(call)
            found["marked"] += name == "gettext_noop"
            found["written"] += name == "lose" and isinstance(kind, ast.Constant)
    assert min(found.values()) > 50
    assert "--keyword=lose" in makemessages.Command.xgettext_options
