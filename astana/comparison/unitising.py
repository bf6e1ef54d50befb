"""The passages that coders marked in, agreement on what to mark out.

A figure over the statements, `found`, and three over the articles that two coders or more read,
counted in code points:

- Krippendorff's alpha for unitising (Krippendorff, 1995, "On the reliability of unitizing
  continuous data", Sociological Methodology 25, 47-76), as revised for more than two coders in
  Krippendorff, Mathet, Bouvry and Widlöcher, 2016, "On the reliability of unitizing textual
  continua: Further developments", Quality & Quantity 50, 2347-2364 (also Krippendorff, 2019,
  "Content Analysis", 4th edition, section 12.6);
- overlap, the share that both marked in what either marked (Jaccard, 1912, "The distribution of the
  flora in the alpine zone", New Phytologist 11, 37-50);
- F1 of the spans: how many of the spans have a partner with which they overlap by half.

The units drawn again for an interval of these three are the articles. What stands behind them, the
`agreeing` and `disagreeing` units of the figure, are the stretches that somebody marked.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations, compress, pairwise
from math import fsum
from operator import not_

from astana.comparison.figure import RESAMPLES, Counted, Figure, Row, figure
from astana.comparison.lining_up import Coding, LinedUp, Span

# Spans are the same passage where they share this much of what either covers.
SAME = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Continuum:
    """A text that coders read: an article, its length in code points, and who read it."""

    article: str
    length: int
    coders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch [start, end) of an article that a coder set apart, and as what."""

    article: str
    coder: str
    start: int
    end: int
    value: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part [start, end) of an article and as what each coder marked it; gaps are None."""

    article: str
    start: int
    end: int
    values: tuple[tuple[str, str | None], ...]


def marks(codings: Iterable[Coding]) -> list[Mark]:
    """Return what each coder marked at all, whatever as; spans that overlap become one mark."""
    spans: dict[tuple[str, str], list[Span]] = {}
    for coding in codings:
        spans.setdefault((coding.article, coding.coder), []).extend(coding.spans)
    found = []
    for (article, coder), held in sorted(spans.items()):
        merged: list[Span] = []
        for start, end in sorted(held):
            if merged and start < merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        found += [Mark(article, coder, start, end) for start, end in merged]
    return found


def alpha_u(
    marked: Iterable[Mark], continua: Iterable[Continuum], *, resamples: int = RESAMPLES
) -> Figure:
    """Return alpha for unitising, nominal: do coders mark the same stretches as the same.

    Gaps are a value too. With l_ck the code points at which one coder has c and another k (each
    pair of the m coders of an article counts 1 / (m - 1)), l_c those to which the coders together
    gave c, l the sum of these, and s the lengths of all gaps and the squares of the lengths of all
    marks, summed: by chance e_ck = l * l_c * l_k / (l² - s) are expected for c other than k, and
    alpha_u = 1 - sum(l_ck) / sum(e_ck), both over all c other than k. s is there as no mark is
    compared with itself. With marks that all have one value this is the binary coefficient: do
    coders mark the same at all. Several articles are summed up. Undefined where nobody marked
    anything, or all coders everything as the same; ValueError where marks of a coder overlap.
    """
    texts = _texts(marked, continua)
    names = sorted({mark.value for text in texts for mark in text.marks})
    rows: list[tuple[float, ...]] = []
    for text in texts:
        pairs = len(text.coders) - 1
        different = sum(
            (stretch.end - stretch.start) * _different(stretch) for stretch in text.stretches
        )
        used = Counter[str]()
        for mark in text.marks:
            used[mark.value] += mark.end - mark.start
        gaps = text.length * len(text.coders) - used.total()
        squares = gaps + sum((mark.end - mark.start) ** 2 for mark in text.marks)
        rows.append((different / pairs, squares, gaps, *(used[name] for name in names)))
    return _figure(texts, rows, _alpha_u, resamples=resamples)


def overlap(
    marked: Iterable[Mark], continua: Iterable[Continuum], *, resamples: int = RESAMPLES
) -> Figure:
    """Return the share of code points that both of two coders marked in those that either did.

    For more than two coders the mean over the pairs that marked anything; undefined without such
    a pair. The value of a mark is not looked at.
    """
    texts = _texts(_unvalued(marked), continua)
    rows = []
    for text in texts:
        row = []
        for one, other in combinations(text.coders, 2):
            both = either = 0
            for stretch in text.stretches:
                values = dict(stretch.values)
                hits = (values[one] is not None) + (values[other] is not None)
                both += (stretch.end - stretch.start) * (hits == 2)
                either += (stretch.end - stretch.start) * (hits > 0)
            row.append((one, other, both, either))
        rows.append(tuple(row))
    return _figure(texts, rows, _mean_share, resamples=resamples)


def span_f1(
    marked: Iterable[Mark], continua: Iterable[Continuum], *, resamples: int = RESAMPLES
) -> Figure:
    """Return F1 of two coders' marks, 2 * partners / (marks of one + marks of the other).

    Two marks are partners where they share at least half of the code points that either covers; a
    mark has one partner at most. Neither coder is taken to be right: F1 is the same both ways. More
    than two coders and undefined: as in `overlap`.
    """
    texts = _texts(_unvalued(marked), continua)
    rows = []
    for text in texts:
        spans = {
            coder: [(mark.start, mark.end) for mark in text.marks if mark.coder == coder]
            for coder in text.coders
        }
        rows.append(
            tuple(
                (
                    one,
                    other,
                    2 * _partners(spans[one], spans[other]),
                    len(spans[one]) + len(spans[other]),
                )
                for one, other in combinations(text.coders, 2)
            )
        )
    return _figure(texts, rows, _mean_share, resamples=resamples)


def figures_on_passages(
    codings: Iterable[Coding], continua: Iterable[Continuum], *, resamples: int = RESAMPLES
) -> dict[str, Figure]:
    """Return the three figures on what coders marked at all: "alpha_u", "overlap" and "f1"."""
    marked, texts = marks(codings), list(continua)
    measures = {"alpha_u": alpha_u, "overlap": overlap, "f1": span_f1}
    return {name: measure(marked, texts, resamples=resamples) for name, measure in measures.items()}


def found(units: Iterable[LinedUp], *, resamples: int = RESAMPLES) -> Figure:
    """Return the share of the statements that two coders recorded in those that either did.

    What it was recorded as is not looked at. For more than two coders the mean over the pairs, as
    in `overlap`. The units agree that all their coders recorded.
    """
    agreeing: list[LinedUp] = []
    disagreeing: list[LinedUp] = []
    rows = []
    for unit in units:
        (disagreeing if unit.missing else agreeing).append(unit)
        recorded = {coding.coder for coding in unit.codings}
        pairs = combinations(sorted({*recorded, *unit.missing}), 2)
        hits = [(one, other, len(recorded & {one, other})) for one, other in pairs]
        rows.append(tuple((one, other, int(n == 2), int(n > 0)) for one, other, n in hits))
    return figure(rows, _mean_share, tuple(agreeing), tuple(disagreeing), resamples=resamples)


@dataclass(frozen=True, slots=True)
class _Text:
    length: int
    coders: tuple[str, ...]
    marks: tuple[Mark, ...]
    stretches: tuple[Stretch, ...]


def _texts(marked: Iterable[Mark], continua: Iterable[Continuum]) -> list[_Text]:
    """Return the texts with two coders or more, each with the marks of these coders."""
    of_article: dict[str, list[Mark]] = {}
    for mark in marked:
        of_article.setdefault(mark.article, []).append(mark)
    texts = []
    for continuum in continua:
        coders = tuple(sorted(set(continuum.coders)))
        own = sorted(
            (mark for mark in of_article.pop(continuum.article, []) if mark.coder in coders),
            key=lambda mark: (mark.coder, mark.start, mark.end),
        )
        for mark in own:
            if not 0 <= mark.start < mark.end <= continuum.length:
                raise ValueError(f"{mark} is outside a text of {continuum.length} code points.")
        for before, after in pairwise(own):
            if before.coder == after.coder and after.start < before.end:
                raise ValueError(f"{before} and {after} overlap: merge them, or compare by issue.")
        if len(coders) > 1:
            stretches = _stretches(continuum.article, coders, own)
            texts.append(_Text(continuum.length, coders, tuple(own), stretches))
    if of_article:
        raise ValueError(f"No length is given for {', '.join(sorted(of_article))}.")
    return texts


def _figure(
    texts: list[_Text],
    rows: Sequence[Row],
    statistic: Callable[[Counted[Row]], float | None],
    *,
    resamples: int,
) -> Figure:
    stretches = [stretch for text in texts for stretch in text.stretches]
    alike = [len({value for _, value in stretch.values}) == 1 for stretch in stretches]
    agreeing = tuple(compress(stretches, alike))
    disagreeing = tuple(compress(stretches, map(not_, alike)))
    return figure(rows, statistic, agreeing, disagreeing, resamples=resamples)


def _unvalued(marked: Iterable[Mark]) -> list[Mark]:
    return [replace(mark, value="") for mark in marked]


def _stretches(article: str, coders: tuple[str, ...], own: list[Mark]) -> tuple[Stretch, ...]:
    """Return the stretches that somebody marked, cut where a coder's value changes."""
    cuts = sorted({place for mark in own for place in (mark.start, mark.end)})
    found: list[Stretch] = []
    for start, end in pairwise(cuts):
        held = {mark.coder: mark.value for mark in own if mark.start <= start < mark.end}
        values = tuple((coder, held.get(coder)) for coder in coders)
        if found and (found[-1].end, found[-1].values) == (start, values):
            found[-1] = Stretch(article, found[-1].start, end, values)
        elif held:
            found.append(Stretch(article, start, end, values))
    return tuple(found)


def _different(stretch: Stretch) -> int:
    """Return how many ordered pairs of coders have different values in a stretch."""
    numbers = Counter(value for _, value in stretch.values)
    return len(stretch.values) ** 2 - sum(number * number for number in numbers.values())


def _partners(ours: Sequence[Span], theirs: Sequence[Span]) -> int:
    """Return how many marks have a partner.

    Two marks of a coder that share half or more with the same mark are its two halves, so it does
    not matter which of them is taken.
    """
    free = list(theirs)
    for one in ours:
        partner = next((other for other in free if _share(one, other) >= SAME), None)
        if partner:
            free.remove(partner)
    return len(theirs) - len(free)


def _share(one: Span, other: Span) -> Fraction:
    """Return what two spans share in what they reach over; below nothing where they are apart."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return Fraction(shared, max(one[1], other[1]) - min(one[0], other[0]))


def _alpha_u(counted: Counted[tuple[float, ...]]) -> float | None:
    sums = [fsum(row[n] * times for row, times in counted) for n in range(len(counted[0][0]))]
    different, squares, *used = sums
    total = fsum(used)
    expected = total * (total * total - fsum(number * number for number in used))
    return 1 - different * (total * total - squares) / expected if expected else None


def _mean_share(counted: Counted[tuple[tuple[str, str, int, int], ...]]) -> float | None:
    part: Counter[tuple[str, str]] = Counter()
    whole: Counter[tuple[str, str]] = Counter()
    for row, times in counted:
        for one, other, some, every in row:
            part[one, other] += times * some
            whole[one, other] += times * every
    shares = [part[pair] / whole[pair] for pair in sorted(whole) if whole[pair]]
    return fsum(shares) / len(shares) if shares else None
