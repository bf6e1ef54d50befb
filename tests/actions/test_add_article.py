"""Add an article with its text, all or nothing."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from astana.actions.add_article import add_article
from astana.models import Article, Source

pytestmark = pytest.mark.django_db


@pytest.fixture
def added(a_dossier, a_source, a_member):
    coder = a_member("coder", role="coder")

    def build(**values) -> Article:
        values = {
            "dossier": a_dossier(),
            "source": a_source(),
            "title": "Talks",
            "published": date(2017, 1, 23),
            "text": "They met.\n\nThey spoke.",
            "by": coder,
        } | values
        return add_article(**values)

    return build


def test_the_short_name_is_made_of_source_and_date(added):
    slugs = [added(text=f"Text {number} of the day.").slug for number in range(2)]
    assert slugs == ["gazette-2017-01-23", "gazette-2017-01-23-2"]


def test_the_text_is_for_members_unless_somebody_says_otherwise(added):
    text = added().renditions.get()
    assert (text.kind, text.rights, text.paragraphs) == ("full", "members", [[0, 9], [11, 22]])
    assert added(rights="public", text="Free.").renditions.get().rights == "public"


def test_a_new_source_comes_with_its_article_or_not_at_all(added):
    article = added(source=None, new_source="The Times", new_source_kind="newspaper")
    assert (article.source.slug, article.source.kind) == ("the-times", "newspaper")
    with pytest.raises(ValidationError):
        added(source=None, new_source="The Post", text="  ")
    assert not Source.objects.filter(slug="the-post").exists()
    assert Article.objects.count() == 1


def test_readers_add_nothing(added, a_member):
    with pytest.raises(PermissionDenied):
        added(by=a_member("reader", role="reader"))
    assert not Article.objects.exists()
