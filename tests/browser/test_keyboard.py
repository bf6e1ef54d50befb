"""By the keyboard alone: what has the focus is not under what stands over the page."""

import pytest

from tests.browser.addresses import ADDRESSES, COMPARE, OPEN, SIGNED_IN

# What of another kind lies over all corners of what has the focus; None where nothing does.
UNDER = """() => {
    const one = document.activeElement;
    if (one === document.body) return null;
    const { left, top, right, bottom } = one.getBoundingClientRect();
    const points = [[left + 4, top + 4], [right - 4, top + 4], [left + 4, bottom - 4],
        [right - 4, bottom - 4], [(left + right) / 2, (top + bottom) / 2]];
    const found = points.map(([x, y]) => document.elementFromPoint(x, y)).filter(Boolean);
    if (found.some((over) => one.contains(over) || over.contains(one))) return null;
    if (found.some((over) => [...(one.labels ?? [])].some((label) => label.contains(over)))) {
        return null;
    }
    return `${one.textContent.trim().slice(0, 30)} under ${found[0]?.className || found[0]?.id}`;
}"""


@pytest.mark.parametrize(
    ("name", "path", "width"),
    [
        ("compare:matrix-open", f"{COMPARE}&as_of=2017-01-24{OPEN}", 390),
        ("codings:article-panel", ADDRESSES["codings:article-panel"], 390),
        ("codings:article-panel", ADDRESSES["codings:article-panel"], 1440),
    ],
)
def test_nothing_stands_over_what_has_the_focus(visit, name, path, width):
    page = visit(path, width=width, height=700, signed_in=SIGNED_IN.get(name, False))
    under = []
    for _key in range(90):
        page.keyboard.press("Tab")
        under.append(page.evaluate(UNDER))
    assert [one for one in under if one] == []
