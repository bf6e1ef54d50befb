"""Near-duplicates: which stored articles share their wording with a new text."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from zlib import crc32

from astana.words.normalise import normalise

# Words in a row. Fewer are shared by texts that only treat of the same; more break at each edit.
SHINGLE = 5

# How much of the stored texts is compared in one call, in code points: one or two seconds.
BUDGET = 5_000_000

# How many shingles that are there already cost as much as one code point that is not.
_CHEAPER = 10

# Of texts with more shingles, candidates are found by one in so many of them, and then compared.
_MANY = 400
_SAMPLED = 8


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much wording a new text shares with an article, each from 0 to 1.

    `contained` is the share of the new text found in the article, `contains` the share of the
    article found in the new text, and `jaccard` that of what either has found in both.
    """

    article: str
    contained: float
    contains: float
    jaccard: float


def shingles_of(text: str) -> frozenset[int]:
    """Return the hashes (CRC-32) of each run of `SHINGLE` words, the same wherever it is run.

    Case, punctuation, vowel points and line ends make no difference. A text of fewer words has one
    shingle, and one without words none. (Broder, On the resemblance and containment of documents,
    1997.)
    """
    words = normalise(text).split()
    return frozenset(
        crc32(" ".join(words[at : at + SHINGLE]).encode())
        for at in range(max(min(1, len(words)), len(words) - SHINGLE + 1))
    )


def near_duplicates(
    text: str,
    stored: Iterable[tuple[str, str | Set[int]]],
    *,
    threshold: float = 0.3,
    budget: int = BUDGET,
) -> tuple[list[Likeness], bool]:
    """Return the articles that share at least the threshold, best first, and if all were compared.

    `stored` are slugs of articles, each with a text or the shingles of one; an article may come
    with several texts, of which the most alike counts. The threshold holds for the greater of
    `contained` and `contains`, so that an excerpt finds its article and the other way round. Texts
    beyond the `budget` are not compared.
    """
    new = shingles_of(text)
    found: dict[str, Likeness] = {}
    for article, words_or_shingles in stored:
        is_text = isinstance(words_or_shingles, str)
        budget -= len(words_or_shingles) // (1 if is_text else _CHEAPER)
        if budget < 0:
            return sorted(found.values(), key=_rank), False
        old = words_or_shingles
        if isinstance(old, str):
            old = shingles_of(old)
        likeness = _likeness(article, new, old)
        if max(likeness.contained, likeness.contains) < threshold:
            continue
        if article not in found or _rank(likeness) < _rank(found[article]):
            found[article] = likeness
    return sorted(found.values(), key=_rank), True


def alike_among(
    texts: Mapping[str, str], stored: Iterable[tuple[str, str]], *, threshold: float = 0.3
) -> Iterator[tuple[str, Likeness]]:
    """Yield each of the texts that is like an earlier or a stored one, with the most alike.

    The time grows with the texts, and not with their pairs.
    """
    articles: list[tuple[str, Set[int]]] = []
    index: defaultdict[int, list[int]] = defaultdict(list)

    def sampled(shingles: Set[int]) -> Iterable[int]:
        is_long = len(shingles) > _MANY
        return (one for one in shingles if not is_long or one % _SAMPLED == 0)

    def add(article: str, shingles: Set[int]) -> None:
        for one in sampled(shingles):
            index[one].append(len(articles))
        articles.append((article, shingles))

    for article, text in stored:
        add(article, shingles_of(text))
    for article, text in texts.items():
        new = shingles_of(text)
        candidates = {number for one in sampled(new) for number in index.get(one, ())}
        found = [_likeness(articles[number][0], new, articles[number][1]) for number in candidates]
        best = min(found, key=_rank, default=None)
        if best and max(best.contained, best.contains) >= threshold:
            yield article, best
        add(article, new)


def _likeness(article: str, new: Set[int], old: Set[int]) -> Likeness:
    shared = len(new & old)
    if not shared:
        return Likeness(article, 0, 0, 0)
    return Likeness(
        article,
        contained=shared / len(new),
        contains=shared / len(old),
        jaccard=shared / (len(new) + len(old) - shared),
    )


def _rank(likeness: Likeness) -> tuple[float, float, str]:
    """Return what orders likenesses, best first."""
    return -max(likeness.contained, likeness.contains), -likeness.jaccard, likeness.article
