"""What the reader shows, read from its address."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext as _

from astana.models import Anchor, Article, Evidence, Position, Rendition
from astana.pages.shared.named import close_matches

# What is shown where nothing else is asked for, the first that may be read.
_BY_DEFAULT = (
    Rendition.Kind.FULL,
    Rendition.Kind.SYNOPSIS,
    Rendition.Kind.TRANSLATION,
    Rendition.Kind.EXCERPT,
)


@dataclass(frozen=True)
class Texts:
    """The renditions of an article that a user may know of.

    `current` are the newest stored versions of each kind and language, in the order in which they
    are shown by default; `by_hash` are current ones whose words are not stored here; `all` has
    older versions too.
    """

    all: tuple[Rendition, ...]
    current: tuple[Rendition, ...]
    by_hash: tuple[Rendition, ...]

    def named(self, name: str) -> Rendition | None:
        """Return the rendition of a kind, or with a primary key, or None."""
        for rendition in (*self.current, *self.by_hash, *self.all):
            if name in (rendition.kind, str(rendition.pk)):
                return rendition
        return None

    def name_of(self, rendition: Rendition) -> str:
        """Return the shortest name that leads to a rendition: its kind, or its primary key."""
        return rendition.kind if self.named(rendition.kind) == rendition else str(rendition.pk)


def texts_of(article: Article, *, user: Any) -> Texts:
    """Return the texts of an article that a user may know of; one query."""
    found = sorted(
        Rendition.objects.visible_to(user).filter(article=article),
        key=lambda text: (
            _BY_DEFAULT.index(Rendition.Kind(text.kind)),
            text.language != article.language,
            text.language,
            -text.version,
        ),
    )
    current: dict[tuple[str, str], Rendition] = {}
    by_hash: dict[tuple[str, str], Rendition] = {}
    for text in found:
        newest = by_hash if text.is_known_by_hash_only else current
        newest.setdefault((text.kind, text.language), text)
    return Texts(
        all=tuple(found),
        current=tuple(current.values()),
        by_hash=tuple(text for key, text in by_hash.items() if key not in current),
    )


class ReaderForm(forms.Form):
    """The query string of the reader; what the article does not have is an error.

    After an error the reader falls back to what it shows without the parameter.
    """

    rendition = forms.CharField(required=False, max_length=40)
    position = forms.CharField(required=False, max_length=40)
    beside = forms.CharField(required=False, max_length=80)

    def __init__(self, data: Any, *, article: Article, user: Any) -> None:
        super().__init__(data)
        self.article = article
        self.user = user
        self.texts = texts_of(article, user=user)
        self.text = next(iter(self.texts.current), None)
        self.beside_article: Article | None = None
        self.beside_matches: list[str] = []
        self.elsewhere: Position | None = None
        self.texts_of_position: set[tuple[int]] = set()

    @property
    def is_choosing(self) -> bool:
        """Whether the reader is looking for a second article."""
        return "beside" in self.data and self.beside_article is None

    @property
    def position_key(self) -> str:
        """The key of the position whose passages stand out, empty for none."""
        return self.cleaned_data.get("position", "")

    def clean_rendition(self) -> str:
        """Choose the text by its kind or its primary key."""
        name = self.cleaned_data["rendition"]
        if not name:
            return ""
        found = self.texts.named(name)
        if found is None:
            raise forms.ValidationError(
                _("There is no text “%(name)s” of this article that you may read."),
                params={"name": name},
            )
        self.text = found
        return name

    def clean_position(self) -> str:
        """Refuse a position that rests on no passage of the chosen text."""
        key = self.cleaned_data["position"]
        if not key:
            return ""
        dossier = self.article.dossier
        position = Position.objects.visible_to(self.user).of(dossier).filter(key=key).first()
        if position is None:
            raise forms.ValidationError(
                _("There is no position “%(key)s” in this dossier."), params={"key": key}
            )
        evidence = Evidence.objects.filter(position=position).order_by()
        anchors = Anchor.objects.filter(evidence__position=position).order_by()
        self.texts_of_position = set(
            evidence.values_list("rendition").union(anchors.values_list("rendition"))
        )
        if self.text is None or (self.text.pk,) not in self.texts_of_position:
            self.elsewhere = position
            raise forms.ValidationError(
                _("The position “%(key)s” rests on no passage of this text."), params={"key": key}
            )
        return key

    def clean_beside(self) -> str:
        """Find the second article by its short name."""
        slug = self.cleaned_data["beside"]
        if not slug:
            return ""
        if slug == self.article.slug:
            raise forms.ValidationError(_("This is the article itself. Choose another one."))
        articles = Article.objects.visible_to(self.user).of(self.article.dossier)
        self.beside_article = articles.filter(slug=slug).select_related("source").first()
        if self.beside_article is None:
            known = articles.values_list("slug", flat=True)
            self.beside_matches = close_matches(slug, known)
            raise forms.ValidationError(
                _("There is no article “%(slug)s” in this dossier."), params={"slug": slug}
            )
        return slug

    def query(self, **changes: str | None) -> str:
        """Return the query string with changes; None takes a parameter out."""
        given = {
            name: value
            for name in self.fields
            if name not in self.errors and (value := self.data.get(name))
        }
        pairs = [(name, value) for name, value in (given | changes).items() if value is not None]
        return "?" + urlencode(pairs)

    @property
    def query_without_position(self) -> str:
        """The query string that shows all passages alike."""
        return self.query(position=None)

    @property
    def query_without_beside(self) -> str:
        """The query string that shows the article alone."""
        return self.query(beside=None)

    @property
    def query_choosing(self) -> str:
        """The query string that looks for a second article."""
        return self.query(beside="")

    @property
    def choices(self) -> list[tuple[Rendition, str, bool]]:
        """The texts one may read: each with its query string and whether it is shown.

        A position stays chosen where it rests on a passage of that text too.
        """
        shown = self.text if self.text and self.text not in self.texts.current else None
        choices = []
        for text in (*self.texts.current, *([shown] if shown else [])):
            if not text.is_known_by_hash_only:
                changes = {"rendition": self.texts.name_of(text)}
                if (text.pk,) not in self.texts_of_position:
                    changes["position"] = None
                choices.append((text, self.query(**changes), text == self.text))
        return choices

    @property
    def newer(self) -> Rendition | None:
        """The newer version of the text shown, if there is one."""
        for text in self.texts.current:
            if self.text and (text.kind, text.language) == (self.text.kind, self.text.language):
                return text if text.version > self.text.version else None
        return None
