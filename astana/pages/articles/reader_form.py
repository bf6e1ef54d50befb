"""What the reader shows, read from its address."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext as _

from astana.models import Anchor, Article, Evidence, Position, Rendition
from astana.models.texts import texts_of
from astana.web.named import close_matches


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
