"""Agreement on passages: a published example, a second implementation by definition, rules."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from astana.comparison.figure import Undefined
from astana.comparison.lining_up import line_up
from astana.comparison.unitising import (
    Continuum,
    Mark,
    alpha_u,
    figures_on_passages,
    found,
    marks,
    overlap,
    span_f1,
)
from tests.comparison.codings import a_coding


def marked(coder: str, *spans: tuple[int, int] | tuple[int, int, str], article: str = "one"):
    return [Mark(article, coder, *span) for span in spans]


def a_text(length: int = 100, *coders: str, article: str = "one") -> Continuum:
    return Continuum(article, length, coders or ("ann", "bob"))


# Krippendorff, 2019, "Content Analysis", 4th edition, figure 12.11: three observers, 60 long.
FIGURE = [
    *marked("alex", (0, 7, "1"), (7, 13, "2"), (30, 32, "5"), (32, 37, "6"), (37, 44, "6")),
    *marked("alex", (44, 60, "7")),
    *marked("paul", (0, 7, "1"), (7, 13, "3"), (13, 21, "5"), (32, 44, "6")),
    *marked("suzan", (0, 7, "1"), (7, 13, "4"), (13, 21, "5"), (32, 37, "6"), (37, 41, "6")),
    *marked("suzan", (41, 44, "6")),
]
OF_FIGURE = [a_text(60, "alex", "paul", "suzan")]


def test_alpha_u_is_that_of_krippendorff_2019():
    found = alpha_u(FIGURE, OF_FIGURE).value
    assert found == pytest.approx(float(Fraction(16349, 32058)))
    assert f"{found:.3f}" == "0.510"


def test_binary_alpha_u_is_that_of_krippendorff_2019():
    """The book prints 0.413; its formula gives 0.4136."""
    binary = [Mark("one", mark.coder, mark.start, mark.end) for mark in FIGURE]
    found = alpha_u(binary, OF_FIGURE).value
    assert found == pytest.approx(float(Fraction(144038, 348255)))
    assert found == pytest.approx(0.413, abs=0.001)


def by_definition(held: list[Mark], texts: list[Continuum]) -> Fraction | None:
    """Return alpha_u point by point: each point of each coder against those of the others."""
    observed, squares, every = Fraction(0), 0, []
    for text in texts:
        own = [mark for mark in held if mark.article == text.article]
        lines = {coder: [None] * text.length for coder in text.coders}
        for mark in own:
            for point in range(mark.start, mark.end):
                lines[mark.coder][point] = mark.value
            squares += (mark.end - mark.start) ** 2
        for coder, line in lines.items():
            every += line
            squares += line.count(None)
            for other, theirs in lines.items():
                if other != coder:
                    observed += Fraction(
                        sum(a != b for a, b in zip(line, theirs, strict=True)), len(lines) - 1
                    )
    total = len(every)
    by_chance = sum(a != b for a in every for b in every)
    if not by_chance:
        return None
    return 1 - observed / Fraction(total * by_chance, total**2 - squares)


@st.composite
def texts_and_marks(draw):
    texts, held = [], []
    for article in ("one", "two")[: draw(st.integers(1, 2))]:
        coders = ("ann", "bob", "cyd")[: draw(st.integers(2, 3))]
        length = draw(st.integers(4, 12))
        texts.append(a_text(length, *coders, article=article))
        for coder in coders:
            places = sorted(draw(st.sets(st.integers(0, length), max_size=4)))
            for start, end in zip(places[::2], places[1::2], strict=False):
                held.append(Mark(article, coder, start, end, draw(st.sampled_from("xy"))))
    return texts, held


few = settings(max_examples=40, deadline=None)


@few
@given(texts_and_marks(), st.randoms(use_true_random=False))
def test_alpha_u_is_what_its_definition_says(given_texts, random):
    texts, held = given_texts
    found, expected = alpha_u(held, texts, resamples=0), by_definition(held, texts)
    if expected is None:
        assert (found.value, found.undefined) == (None, Undefined.NO_VARIATION)
    else:
        assert found.value == pytest.approx(float(expected), abs=1e-12)
    assert alpha_u(random.sample(held, len(held)), texts, resamples=0) == found


@few
@given(texts_and_marks())
def test_overlap_is_what_its_definition_says(given_texts):
    texts, held = given_texts
    points = {
        coder: {
            (mark.article, point)
            for mark in held
            if mark.coder == coder
            for point in range(mark.start, mark.end)
        }
        for coder in ("ann", "bob", "cyd")
    }
    shares = []
    for one, other in (("ann", "bob"), ("ann", "cyd"), ("bob", "cyd")):
        both = [text.article for text in texts if {one, other} <= set(text.coders)]
        mine, theirs = (
            {point for point in points[coder] if point[0] in both} for coder in (one, other)
        )
        if mine | theirs:
            shares.append(len(mine & theirs) / len(mine | theirs))
    expected = pytest.approx(sum(shares) / len(shares)) if shares else None
    assert overlap(held, texts, resamples=0).value == expected


FIGURES = pytest.mark.parametrize("measure", [alpha_u, overlap, span_f1])


@FIGURES
def test_the_same_marks_are_full_agreement(measure):
    held = [*marked("ann", (0, 10), (10, 20)), *marked("bob", (0, 10), (10, 20))]
    found = measure(held, [a_text()])
    assert found.value == 1
    assert found.no_interval == Undefined.ONE_UNIT


@FIGURES
def test_no_mark_is_undefined_and_not_full_agreement(measure):
    found = measure([], [a_text()])
    assert (found.value, found.undefined) == (None, Undefined.NO_VARIATION)


@FIGURES
def test_an_article_of_one_coder_counts_for_nothing(measure):
    held = [*marked("ann", (0, 10)), *marked("bob", (0, 9))]
    lone = marked("ann", (0, 50), article="two")
    both = [a_text(), a_text(80, "ann", article="two")]
    assert measure(held + lone, both) == measure(held, [a_text()])
    assert measure(lone, both[1:]).undefined == Undefined.NO_UNITS


@FIGURES
def test_the_interval_draws_articles(measure):
    held, texts = [], []
    for number in range(6):
        name = str(number)
        held += marked("ann", (0, 10), article=name)
        held += marked("bob", (number, 10 + number), article=name)
        texts.append(a_text(article=name))
    found = measure(held, texts, resamples=100)
    backwards = measure(held, texts[::-1], resamples=100)
    assert backwards.interval == found.interval
    assert found.interval.low < found.value < found.interval.high
    assert found.interval.resamples == 100
    alone = measure(held, texts, resamples=1).interval
    assert alone.low == alone.high


@FIGURES
def test_what_cannot_be_is_refused(measure):
    with pytest.raises(ValueError, match="overlap"):
        measure(marked("ann", (0, 10), (5, 15)), [a_text()])
    with pytest.raises(ValueError, match="outside"):
        measure(marked("ann", (0, 101)), [a_text()])
    with pytest.raises(ValueError, match="outside"):
        measure(marked("ann", (5, 5)), [a_text()])
    with pytest.raises(ValueError, match="No length is given for two"):
        measure(marked("ann", (0, 10), article="two"), [a_text()])


def test_a_figure_keeps_the_stretches_behind_it():
    held = [*marked("ann", (0, 10)), *marked("bob", (4, 10), (20, 22))]
    found = overlap(held, [a_text()])
    assert [(part.start, part.end) for part in found.agreeing] == [(4, 10)]
    assert [(part.start, part.end, part.values) for part in found.disagreeing] == [
        (0, 4, (("ann", ""), ("bob", None))),
        (20, 22, (("ann", None), ("bob", ""))),
    ]
    assert found.value == 6 / 12
    assert {part.article for part in (*found.agreeing, *found.disagreeing)} == {"one"}


def test_marks_that_touch_are_one_stretch_of_the_article():
    held = [*marked("ann", (0, 10), (10, 20)), *marked("bob", (0, 20))]
    [part] = overlap(held, [a_text()]).agreeing
    assert (part.article, part.start, part.end) == ("one", 0, 20)


def test_span_f1_counts_partners_that_overlap_by_half():
    ours = marked("ann", (0, 10), (20, 30), (40, 50))
    # Shared of covered: 10 of 20, 9 of 20 (too little), all.
    theirs = marked("bob", (0, 20), (21, 40), (40, 50))
    assert span_f1(ours + theirs, [a_text()]).value == pytest.approx(2 * 2 / 6)


@pytest.mark.parametrize(("one", "other"), [("ann", "bob"), ("bob", "ann")])
def test_a_mark_has_one_partner(one, other):
    held = [*marked(one, (0, 10)), *marked(other, (0, 5), (5, 10))]
    assert span_f1(held, [a_text()]).value == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("mine", "theirs", "share"),
    [((0, 1), (0, 1), 1), ((6, 10), (0, 10), 0), ((0, 4), (0, 10), 0), ((0, 5), (5, 10), 0)],
)
def test_partners_share_half_of_what_either_covers(mine, theirs, share):
    """4 of 10 is too little, wherever the longer mark begins."""
    held = [*marked("ann", mine), *marked("bob", theirs)]
    assert span_f1(held, [a_text()]).value == share


def test_span_f1_of_more_than_two_is_the_mean_over_the_pairs():
    """Ann and bob mark the same, cyd something else: 1, 0 and 0."""
    held = [*marked("ann", (0, 10)), *marked("bob", (0, 10)), *marked("cyd", (50, 60))]
    found = span_f1(held, [a_text(100, "ann", "bob", "cyd")])
    assert found.value == pytest.approx(1 / 3)


def test_where_the_same_is_marked_as_something_else_overlap_is_full():
    held = [*marked("ann", (0, 10, "x")), *marked("bob", (0, 10, "y"))]
    found = overlap(held, [a_text()])
    assert (found.value, len(found.agreeing), found.disagreeing) == (1, 1, ())
    assert alpha_u(held, [a_text()]).value < 1


def test_two_articles_that_are_marked_alike_count_as_two():
    held, texts = [], []
    for article in ("one", "two"):
        held += marked("ann", (0, 3, "x"), article=article)
        held += marked("bob", (1, 4, "x"), article=article)
        texts.append(a_text(10, article=article))
    found = alpha_u(held, texts, resamples=0).value
    assert found == pytest.approx(float(by_definition(held, texts)))


def test_marks_merge_what_overlaps_and_keep_what_touches():
    held = [
        a_coding(1, at=(0, 10)),
        a_coding(2, at=(0, 10), issue="guarantors"),
        a_coding(3, at=(8, 14)),
        a_coding(4, spans=((14, 20), (30, 40))),
    ]
    assert marks(held) == marked("ann", (0, 14), (14, 20), (30, 40))


def test_figures_on_passages_are_of_what_is_marked_at_all():
    codings = [
        a_coding(1, coder="x", at=(0, 4), issue="tolls"),
        a_coding(2, coder="x", at=(2, 6), issue="roads"),
        a_coding(3, coder="y", at=(0, 6), issue="roads"),
    ]
    found = figures_on_passages(codings, [a_text(20, "x", "y", article="one")], resamples=0)
    assert {name: one.value for name, one in found.items()} == {"alpha_u": 1, "overlap": 1, "f1": 1}


def test_finding_the_same_statements_is_a_share_whatever_they_were_coded_as():
    """Ann and bob find two together, on different issues once, and one each alone: 2 of 4."""
    units = line_up(
        [
            a_coding(1, at=(0, 10)),
            a_coding(2, at=(20, 30)),
            a_coding(3, at=(40, 50)),
            a_coding(4, coder="bob", at=(0, 10)),
            a_coding(5, coder="bob", at=(20, 30), issue="guarantors", stance="opposes"),
            a_coding(6, coder="bob", at=(60, 70)),
        ]
    )
    share = found(units, resamples=0)
    assert (share.value, share.n) == (0.5, 4)
    assert [unit.missing for unit in share.disagreeing] == [("bob",), ("ann",)]
    assert found([]).undefined == Undefined.NO_UNITS


def test_the_figures_on_passages_draw_as_many_samples_as_they_are_asked_for():
    codings = [
        a_coding(number, coder=coder, article=article, at=at)
        for number, (coder, article, at) in enumerate(
            [("x", "one", (0, 4)), ("y", "one", (1, 5)), ("x", "two", (0, 4)), ("y", "two", (0, 4))]
        )
    ]
    texts = [a_text(20, "x", "y", article=article) for article in ("one", "two")]
    found = figures_on_passages(codings, texts, resamples=30)
    assert {name: one.interval.resamples for name, one in found.items()} == {
        "alpha_u": 30,
        "overlap": 30,
        "f1": 30,
    }


def test_what_one_alone_recorded_was_found_by_one():
    """Twenty of thirty statements are found by both; samples are drawn as asked for."""
    held = [a_coding(n, at=(20 * n, 20 * n + 10)) for n in range(30)]
    held += [replace(coding, id=coding.id + 100, coder="bob") for coding in held[:20]]
    units = line_up(held)
    one, again = (found(units, resamples=20) for _ in range(2))
    assert one.value == pytest.approx(2 / 3)
    assert one.interval.resamples == 20
    assert one == again


def test_finding_of_more_than_two_is_the_mean_over_the_pairs():
    """Ann and bob: 1 of 2; ann and cyd: 1 of 2; bob and cyd, who have but one statement: 1 of 1."""
    held = [a_coding(1, at=(0, 10)), a_coding(2, at=(20, 30))]
    held += [a_coding(n, coder=coder, at=(0, 10)) for n, coder in ((3, "bob"), (4, "cyd"))]
    share = found(line_up(held), resamples=0)
    assert share.value == pytest.approx((1 / 2 + 1 / 2 + 1) / 3)
    assert [len(unit.codings) for unit in share.agreeing] == [3]
