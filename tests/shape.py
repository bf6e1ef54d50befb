"""Print the size of the house: `make shape`.

What a reader of the code pays for: lines in each folder, files to open for one page, circles of
imports among the models, and places in pages/ and web/ that are alike.
"""

import ast
import io
import keyword
import re
import tokenize
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import combinations
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = ROOT / "templates"
# Where no two places are to be alike.
ALIKE = (ROOT / "astana" / "pages", ROOT / "astana" / "web")
# So many lines may two places share. A list of values is one statement, and no place.
MOST_LINES, LEAST_STATEMENTS = 12, 4


def sizes(top: Path) -> dict[str, tuple[int, int]]:
    """Return, by folder, how many files and lines there are in it."""
    found: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for path in sorted([*top.rglob("*.py"), *top.rglob("*.html")]):
        files, lines = found[folder := path.relative_to(top).parts[0]]
        found[folder] = files + 1, lines + len(path.read_text().splitlines())
    return dict(found)


def files_of_pages(views: dict[str, str]) -> dict[str, tuple[set[Path], set[Path], set[Path]]]:
    """Return, by page, the files of pages/, of templates/ and of web/ that lie behind it.

    Those of web/ are the same for every page. `views` has, by the name of a page, the module of
    its view.
    """
    python = modules("astana.pages") | modules("astana.web")
    imported = {one: imports_of(one, python) for one in python}
    found = {}
    for name, module in views.items():
        reached = _closure(module, imported.__getitem__)
        of_web = {one for one in reached if one.startswith("astana.web")}
        html = _closure(TEMPLATES / f"{name.replace(':', '/')}.html", _parts_of)
        found[name] = (
            {python[one] for one in reached - of_web},
            html,
            {python[one] for one in of_web},
        )
    return found


def circles(package: str = "astana.models") -> list[list[str]]:
    """Return the modules of a package that import each other, in each circle all of them.

    What is imported for types alone is not imported when it runs, and makes no circle.
    """
    files = modules(package)
    imported = {one: imports_of(one, files) for one in files}
    reached = {one: _closure(one, imported.__getitem__) for one in files}
    found = {
        tuple(sorted(other for other in reached[one] if one in reached[other])) for one in files
    }
    return sorted(list(circle) for circle in found if len(circle) > 1)


def alike(*tops: Path) -> list[tuple[str, str, int]]:
    """Return pairs of places that share more than `MOST_LINES` lines, and how many.

    Lines are alike where they differ in names and texts alone, and each name of one always
    stands for the same name of the other. Imports, comments and docstrings are not compared.
    """
    code = {
        path.relative_to(top.parent).as_posix(): _lines(path)
        for top in tops
        for path in sorted(top.rglob("*.py"))
    }
    windows: dict[tuple, list[tuple[str, int]]] = defaultdict(list)
    for name, lines in code.items():
        for first in range(len(lines) - MOST_LINES):
            window = lines[first : first + MOST_LINES + 1]
            if sum(is_start for _number, is_start, _words in window) >= LEAST_STATEMENTS:
                windows[_renamed(words for _number, _start, words in window)].append((name, first))
    pairs = {
        pair
        for places in windows.values()
        for pair in combinations(sorted(places), 2)
        if pair[0][0] != pair[1][0] or pair[1][1] - pair[0][1] > MOST_LINES
    }
    found = []
    for (one, first), (other, second) in sorted(pairs):
        if ((one, first - 1), (other, second - 1)) in pairs:
            continue
        more = 0
        while ((one, first + more), (other, second + more)) in pairs:
            more += 1
        places = (f"{one}:{code[one][first][0]}", f"{other}:{code[other][second][0]}")
        found.append((*places, MOST_LINES + more))
    return found


@cache
def modules(package: str) -> dict[str, Path]:
    """Return the files of a package by module; an empty `__init__` is nothing to open."""
    top = ROOT.joinpath(*package.split("."))
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
        for path in sorted(top.rglob("*.py"))
        if len(ast.parse(path.read_text()).body) > 1 or path.name != "__init__.py"
    }


def imports_of(module: str, known: dict[str, Path]) -> set[str]:
    """Return which known modules a module imports, at its top or in its functions."""
    return {
        name if name in known else name.rpartition(".")[0]
        for name in _imported(ast.parse(known[module].read_text()))
        if name in known or name.rpartition(".")[0] in known
    }


def _imported(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
        return
    if isinstance(node, ast.Import):
        yield from (one.name for one in node.names)
    if isinstance(node, ast.ImportFrom) and node.module:
        yield from (f"{node.module}.{one.name}" for one in node.names)
    for child in ast.iter_child_nodes(node):
        yield from _imported(child)


def _parts_of(template: Path) -> set[Path]:
    used = re.findall(r'\{% (?:extends|include) "([^"#]+)', template.read_text())
    return {TEMPLATES / name for name in used if (TEMPLATES / name).exists()}


def _closure(start, next_of) -> set:
    found, left = set(), [start]
    while left:
        if (one := left.pop()) not in found:
            found.add(one)
            left += next_of(one)
    return found


def _lines(path: Path) -> list[tuple[int, bool, tuple[str, ...]]]:
    """Return the lines that are compared: number, whether a statement starts, and its words."""
    source = path.read_text()
    left_out: set[int] = set()
    starts: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.stmt):
            starts.add(node.lineno)
            is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
            if is_text or isinstance(node, (ast.Import, ast.ImportFrom)):
                left_out.update(range(node.lineno, node.end_lineno + 1))
    words: dict[int, list[str]] = defaultdict(list)
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type in (tokenize.NAME, tokenize.OP, tokenize.NUMBER, tokenize.STRING):
            words[token.start[0]].append(token.string)
    return [
        (number, number in starts, tuple(line))
        for number, line in sorted(words.items())
        if number not in left_out
    ]


def _renamed(lines: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Return the words with a number in place of each name or text, by where it first stands."""
    numbers: dict[str, str] = {}
    found = []
    for line in lines:
        for word in line:
            is_name = word.isidentifier() and not keyword.iskeyword(word)
            if is_name or word.endswith(("'", '"')):
                word = numbers.setdefault(word, str(len(numbers)))
            found.append(word)
        found.append("\n")
    return tuple(found)


def _print() -> None:
    import django

    django.setup()
    from tests.site_pages import pages

    for top in (ROOT / "astana", TEMPLATES):
        print(f"\n{top.name + '/':24}{'files':>8}{'lines':>8}")
        found = sizes(top)
        found["in all"] = tuple(map(sum, zip(*found.values(), strict=True)))
        for folder, (files, lines) in found.items():
            print(f"  {folder:22}{files:8}{lines:8}")
    heads = f"{'pages/':>8}{'templates/':>12}{'both':>6}{'web/':>7}{'with it':>9}"
    print(f"\n{'files to open for a page':32}{heads}")
    opened = files_of_pages({name: view.__module__ for name, view in pages().items()})
    for name, files in sorted(opened.items(), key=lambda page: -sum(map(len, page[1]))):
        code, html, web = map(len, files)
        print(f"  {name:30}{code:8}{html:12}{code + html:6}{web:7}{code + html + web:9}")
    print("\ncircles of imports in models/")
    print("\n".join(f"  {', '.join(circle)}" for circle in circles()) or "  none")
    print(f"\nplaces in pages/ and web/ that share more than {MOST_LINES} lines")
    for one, other, lines in alike(*ALIKE):
        print(f"  {lines:4}  {one}  {other}")


if __name__ == "__main__":
    _print()
