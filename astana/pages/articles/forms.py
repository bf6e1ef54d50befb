"""The filters of the list of articles, and a new article: its words, then what to say of it."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from astana.evidence.anchor import hash_of
from astana.evidence.paragraphs import paragraphs_of
from astana.intake.files import read_paste, read_upload
from astana.intake.kinds import EXTENSIONS
from astana.intake.plain import clean
from astana.intake.reading import MAX_BYTES, MAX_CHARACTERS, Reading, Refused
from astana.models import Article, Dossier, Rendition, Source
from astana.models.alike import articles_there
from astana.models.articles_ranked import articles_ranked
from astana.models.codes import refuse_no_language
from astana.models.counts import counts_of
from astana.pages.shared.options import source_options
from astana.web.facets import Facet
from astana.web.fields import NameField
from astana.web.filters import DayFilter, Found, ListFilter, TextFilter
from astana.web.long_list import Group, Groups
from astana.web.offered import Option
from astana.words.line_ends import plain


def _languages(dossier: Dossier) -> list[Option]:
    codes = Article.objects.of(dossier).order_by("language").values_list("language", flat=True)
    return [Option(code, code, code) for code in codes.distinct()]


class ArticleFilter(ListFilter):
    """Articles by source, language, how much was read, day of publication and words."""

    RANGE = ("since", "until")

    q = TextFilter(label=_("Words"), within=("title", "byline", "source__name"))
    source = Facet("source", label=_("Source"), options=source_options)
    language = Facet("language", label=_("Language"), options=_languages)
    coverage = Facet("coverage", label=_("Read"), options=Article.Coverage)
    since = DayFilter("published", "gte", label=_("Published from"))
    until = DayFilter("published", "lte", label=_("Published by"))

    def counted(self) -> Found:
        """Return how many articles the dossier has: they are counted once for each version."""
        return Found(counts_of(self.dossier).articles)

    def groups(self, name: str) -> Groups | None:
        """Return the groups that the articles stand in by a column of their table."""
        if name != "source":
            return None
        chosen = self.form.cleaned_data["source"]
        sources = Source.objects.of(self.dossier).order_by("name", "slug")
        if chosen:
            sources = sources.filter(pk__in=[option.key for option in chosen])
        groups = [Group({"source": pk}) for pk in sources.values_list("pk", flat=True)]
        return Groups(groups, within=("-published", "slug"))

    def ranked(self, name: str) -> Sequence[int] | None:
        """Return the primary keys of the articles in the order of a column that counts."""
        if name not in ("positions", "passages"):
            return None
        ranked = articles_ranked(self.dossier, name)
        if not any(self.form.cleaned_data.values()):
            return ranked
        shown = set(self.shown.order_by().values_list("pk", flat=True))
        return [pk for pk in ranked if pk in shown]


# Where in the form each thing stands that a file says about itself.
_FIELDS = {
    "title": "title",
    "author": "byline",
    "date": "published",
    "language": "language",
    "url": "url",
    "site": "new_source",
}

WARNINGS = {
    "encoding-guessed": _(
        "The file is not in Unicode and was read as Western European. Look at accents and "
        "quotation marks."
    ),
    "encoding-contradicted": _(
        "The page names a different encoding from the one its bytes are in, and was read by its "
        "bytes."
    ),
    "characters-replaced": _(
        "Some bytes of the file are not characters. Each is shown as \ufffd: look up what belongs "
        "there and type it."
    ),
    "paragraphs-guessed": _("There are no blank lines, so each line was taken as a paragraph."),
    "pages-without-words": _(
        "Some pages of the PDF are only pictures. Their words are missing here."
    ),
    "date-unclear": _(
        "The page gives a day of publication that is incomplete or can be read in two ways, so it "
        "was left out. Look it up."
    ),
    "other-language": _(
        "The words seem to be in a different language from the one that the file names. Check "
        "the language."
    ),
    "running-heads": _(
        "Page numbers and lines that most pages repeat were left out. Check that this is right."
    ),
    "notes-missing": _("The footnotes of the file are missing here. Add them."),
    "columns": _(
        "The PDF has columns or tables, so its words may stand in the wrong order. Check the order."
    ),
    "letters-unknown": _(
        "Some fonts of the PDF do not say which letters they draw. Look for words that make no "
        "sense, and correct them."
    ),
    "right-to-left-pdf": _("The PDF is in a right-to-left script. Check the order of the words."),
}
ORIGINS = {
    "json-ld": _("From the page's data for machines (JSON-LD)."),
    "open-graph": _("From the page's data for sharing (Open Graph)."),
    "meta": _("From the head of the page."),
    "marked": _("From words that the page marks as such."),
    "heading": _("From the only main heading of the page."),
    "title-tag": _("From the title of the browser window."),
    "link": _("From the address that the page gives as its own."),
    "saved-from": _("From the note left by the browser that saved the page."),
    "tag": _("The page says so."),
    "properties": _("From the properties of the document."),
    "words": _("Guessed from the words, as the file does not say."),
}
REFUSALS = {
    "file-name": _(
        "Only files whose names end in .txt, .html, .pdf, .docx, .odt or .rtf can be read. Open "
        "others in the program they come from, and save them as one of these."
    ),
    "wrong-kind": _("The contents of the file do not match its name: %(kind)s."),
    "too-large": _("The file is larger than %(megabytes)s MB."),
    "too-many-characters": _("The text has more than %(characters)s characters."),
    "too-many-pages": _("The PDF has more than %(pages)s pages."),
    "too-much-inside": _("The document unpacks to far more than a document should."),
    "encrypted": _("The file is protected by a password."),
    "encoding": _("The text of the file is in an unknown encoding."),
    "scan": _(
        "The PDF is a scan: it holds pictures of pages and no words. Have its text recognised "
        "first (OCR), for instance with OCRmyPDF, or type it."
    ),
    "unknown-letters": _(
        "The fonts of the PDF do not say which letters they draw, so its words cannot be read. "
        "Have its text recognised (OCR), or bring the text in another form."
    ),
    "empty": _("The file has no words in it."),
    "unreadable": _("The file is damaged, or does not follow its format."),
    "busy": _("Many files are being read right now. Try again in a minute."),
    "limits": _("Reading the file took more time or memory than is allowed for one file."),
}


class WordsForm(forms.Form):
    """The words of an article, pasted or as a file; `reading` is what was made of them."""

    text = forms.CharField(
        label=_("Paste the text, or the source of its web page"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14}),
    )
    file = forms.FileField(
        label=_("Or choose a file: text, HTML, PDF, DOCX, ODT or RTF"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ",".join(EXTENSIONS)}),
    )

    reading: Reading | None = None

    def clean(self) -> dict[str, Any]:
        """Read the words within bounds, or say why that cannot be."""
        cleaned = super().clean() or self.cleaned_data
        text, file = cleaned.get("text"), cleaned.get("file")
        if self.errors:
            return cleaned
        if bool(text and text.strip()) == bool(file):
            raise forms.ValidationError(_("Either paste a text or choose a file."))
        try:
            if file and file.size > MAX_BYTES:
                raise Refused("too-large", megabytes=MAX_BYTES // 1_000_000)
            self.reading = read_upload(file.name, file) if file else read_paste(text)
        except Refused as refusal:
            raise forms.ValidationError(REFUSALS[refusal.code] % refusal.params) from refusal
        return cleaned


class ArticleForm(forms.ModelForm):
    """What there is to say about a new article, with its text for a last look."""

    source = forms.ChoiceField(label=_("Source"), required=False)
    new_source = NameField(label=_("Or the name of a new source"), required=False, max_length=200)
    new_source_kind = forms.ChoiceField(
        label=_("Its kind"), required=False, choices=Source.Kind.choices, initial=Source.Kind.OTHER
    )
    url = forms.URLField(label=_("Address"), required=False, max_length=1000, assume_scheme="https")
    rights = forms.ChoiceField(
        label=_("Who may read the text?"),
        choices=Rendition.Rights.choices,
        initial=Rendition.Rights.MEMBERS,
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("Text"),
        strip=False,
        max_length=MAX_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 18}),
    )

    class Meta:
        model = Article
        fields = ["title", "byline", "published", "language", "url", "coverage"]
        widgets = {"published": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, data: Any = None, *, dossier: Dossier, reading: Reading | None = None):
        self.dossier = dossier
        self.sources = {one.slug: one for one in Source.objects.of(dossier)}
        super().__init__(data, initial=self._said_by(reading) if reading else None)
        fields = _FIELDS | ({"site": "source"} if self.initial.get("source") else {})
        for name, origin in (reading.origins if reading else {}).items():
            self.fields[fields[name]].help_text = ORIGINS[origin]
        choices = [(slug, one.name) for slug, one in self.sources.items()]
        self.fields["source"].choices = [("", "–"), *choices]

    def _said_by(self, reading: Reading) -> dict[str, Any]:
        """Return what the file claims; a person looks at it."""
        known = {one.name.casefold(): slug for slug, one in self.sources.items()}
        source = known.get(reading.site.casefold(), "")
        return {
            "text": reading.text,
            "title": reading.title[:300],
            "byline": reading.author[:200],
            "published": reading.date or None,
            "language": reading.language[:12],
            "url": reading.url[:1000],
            "source": source,
            "new_source": "" if source else reading.site[:200],
        }

    def clean_language(self) -> str:
        """Refuse what is no code of a language."""
        refuse_no_language(self.cleaned_data["language"])
        return self.cleaned_data["language"]

    def clean_text(self) -> str:
        """Return the text as one that was read: without what is no character."""
        text = clean(self.cleaned_data["text"])
        if not any(letter.isalnum() for letter in text):
            raise forms.ValidationError(REFUSALS["empty"])
        return text

    def clean(self) -> dict[str, Any]:
        """Ask for one source, known or new."""
        cleaned = super().clean() or self.cleaned_data
        if bool(cleaned.get("source")) == bool(cleaned.get("new_source")):
            self.add_error("source", _("Either choose a source or name a new one."))
        elif cleaned.get("new_source") and not cleaned.get("new_source_kind"):
            cleaned["new_source_kind"] = Source.Kind.OTHER
        there = " ".join(one.slug for one in self.there)
        if not self.errors and there and self.data.get("confirmed") != there:
            self.doubts = there
            self.add_error(None, _("An article like this one is already stored. See above."))
        return cleaned

    @cached_property
    def there(self) -> list[Article]:
        """Stored articles that may be this one: same source, day and nearly the title, or text."""
        try:
            published = self.fields["published"].to_python(self["published"].value())
        except forms.ValidationError:
            published = None
        return articles_there(
            self.dossier,
            source=str(self["source"].value() or ""),
            published=published,
            title=str(self["title"].value() or ""),
            hashes=[hash_of(clean(self.words))],
        )

    @property
    def facts(self) -> list[forms.BoundField]:
        """The fields beside the text, in their order."""
        names = ["title", "source", "new_source", "new_source_kind", "byline", "published"]
        return [self[name] for name in [*names, "language", "url", "coverage"]]

    @property
    def words(self) -> str:
        """The text as it stands in the form."""
        return plain(str(self["text"].value() or ""))

    @property
    def paragraphs(self) -> list[str]:
        """The paragraphs into which the text is cut."""
        text = self.words
        return [text[start:end] for start, end in paragraphs_of(text)]
