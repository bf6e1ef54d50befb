"""What a silence rests on: only what had appeared by then, and more articles never say less."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from astana.comparison.coverage import Coverage, Read, coverage, coverage_by_issue

FIRST_DAY = date(2017, 1, 1)
days = st.integers(0, 5).map(lambda number: FIRST_DAY + timedelta(days=number))
articles = st.builds(
    Read, st.integers(1, 3), days, st.booleans(), st.frozensets(st.integers(1, 3), max_size=3)
)


@given(st.lists(articles), days, st.sampled_from([1, 2, None]))
def test_coverage_is_counted_one_by_one(read, as_of, issue):
    number = full = looked = 0
    for one in read:
        if one.published > as_of:
            continue
        number += 1
        full += 1 if one.is_in_full else 0
        looked += 1 if issue in one.looked_for else 0
    found = coverage(read, as_of=as_of, issue=issue)
    assert found == Coverage(number, full, looked)
    assert found.openings == number - full


@given(st.lists(articles), days)
def test_many_issues_at_once_are_counted_as_each_by_itself(read, as_of):
    issues = [1, 2, 3]
    assert coverage_by_issue(read, as_of=as_of, issues=issues) == {
        issue: coverage(read, as_of=as_of, issue=issue) for issue in issues
    }


@given(st.lists(articles), articles, days, st.integers(1, 3))
def test_one_more_article_never_makes_a_silence_say_less(read, more, as_of, issue):
    before = coverage(read, as_of=as_of, issue=issue)
    after = coverage([*read, more], as_of=as_of, issue=issue)
    assert before.articles <= after.articles
    assert before.in_full <= after.in_full
    assert before.looked_for <= after.looked_for


def test_four_articles_had_appeared_by_the_tenth_of_january():
    """Three openings and one in full by then; the fifth came later and counts for nothing yet."""
    read = [Read(1, FIRST_DAY, False, frozenset())] * 3
    read += [Read(2, date(2017, 1, 9), True, frozenset({7}))]
    read += [Read(3, date(2017, 1, 25), True, frozenset({7}))]
    assert coverage(read, as_of=date(2017, 1, 10), issue=7) == Coverage(4, 1, 1)
    assert coverage(read, as_of=date(2017, 1, 10), issue=8) == Coverage(4, 1, 0)
    assert coverage(read, as_of=date(2016, 12, 31)) == Coverage()
