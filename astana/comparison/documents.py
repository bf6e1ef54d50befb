"""Provisions of two texts in, what the later one kept, changed, added and dropped out.

What a text lacks is a finding only where somebody looked for it. A text was looked at for an issue
if it was gone through, clause by clause, for it, or if a provision on it is recorded: whoever
recorded it had looked. What became of an issue is told only where both texts were looked at.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from astana.comparison.statement import Statement


@dataclass(frozen=True, slots=True)
class Provision:
    """What two texts provide on one issue, as the short names of stances, in order.

    `earlier` and `later` hold the stances with a value where the text has any, else those off the
    scale, else nothing.
    """

    issue: str
    earlier: tuple[str, ...]
    later: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TextComparison:
    """Two texts issue by issue, each group in the order of the issues asked for.

    Of what is dropped, the issues come first that the later text is recorded as leaving out.
    `unspoken` are the issues that a text is recorded on without speaking on them in either.
    `unexamined` are those on which one text has a provision and for which the other was not looked
    at: they count on no side. On those of `neither` both were gone through and nothing was found.
    """

    kept: tuple[Provision, ...]
    changed: tuple[Provision, ...]
    added: tuple[Provision, ...]
    dropped: tuple[Provision, ...]
    unspoken: tuple[Provision, ...]
    unexamined: tuple[Provision, ...]
    neither: tuple[str, ...]


def compare_texts(
    earlier: Iterable[Statement],
    later: Iterable[Statement],
    *,
    issues: Iterable[str],
    examined: tuple[Collection[str], Collection[str]],
    nominal: Collection[str] = (),
) -> TextComparison:
    """Return what became of each issue from the earlier to the later text.

    `examined` are the issues for which the earlier and the later text were gone through, `nominal`
    those whose answers have no order.

    A text speaks on an issue when it has a stance with a value there, or any where the issue is
    nominal. Another stance off the scale ("leaves the word out") is no provision and never a
    neutral stance: it says that the text does not speak. So an issue is dropped when only the
    earlier text speaks on it, whether the later one is recorded as leaving it out or was examined
    without a find, and added when only the later one does. Where both speak it is kept if their
    stances with a value are the same, else changed; further stances off the scale do not count
    then. Statements on other issues are ignored.
    """
    before, after = _by_issue(earlier), _by_issue(later)
    groups: dict[str, list[Provision]] = defaultdict(list)
    neither = []
    for issue in issues:
        is_looked_at = [
            bool(recorded[issue]) or issue in searched
            for recorded, searched in zip((before, after), examined, strict=True)
        ]
        one, other = (_speaking(text[issue], issue in nominal) for text in (before, after))
        if not before[issue] and not after[issue]:
            if all(is_looked_at):
                neither.append(issue)
            continue
        if not all(is_looked_at):
            group = "unexamined"
        elif one and other:
            group = "kept" if one == other else "changed"
        else:
            group = "dropped" if one else "added" if other else "unspoken"
        groups[group].append(
            Provision(issue, one or _names(before[issue]), other or _names(after[issue]))
        )
    return TextComparison(
        kept=tuple(groups["kept"]),
        changed=tuple(groups["changed"]),
        added=tuple(groups["added"]),
        # What a text is recorded as leaving out is known better than what was not found.
        dropped=tuple(sorted(groups["dropped"], key=lambda provision: not provision.later)),
        unspoken=tuple(groups["unspoken"]),
        unexamined=tuple(groups["unexamined"]),
        neither=tuple(neither),
    )


def _by_issue(statements: Iterable[Statement]) -> dict[str, list[Statement]]:
    found: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        found[statement.issue].append(statement)
    return found


def _speaking(statements: list[Statement], is_nominal: bool) -> tuple[str, ...]:
    return _names([one for one in statements if is_nominal or one.value is not None])


def _names(statements: list[Statement]) -> tuple[str, ...]:
    return tuple(sorted({statement.stance for statement in statements}))
