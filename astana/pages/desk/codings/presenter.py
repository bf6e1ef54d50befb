"""What the coding pages show: a text with the panel of a passage, and a position to be changed."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet, Value
from django.utils.translation import gettext as _

from astana.evidence.anchor import Passage, passage_of
from astana.evidence.chunks import Chunk, Hint, chunks_of
from astana.evidence.excerpt import excerpt_of
from astana.evidence.paragraphs import paragraph_at
from astana.evidence.sentences import neighbours
from astana.evidence.suggestions import Suggestion, suggestions_in
from astana.models import (
    Actor,
    ActorName,
    Article,
    Assignment,
    Dossier,
    Position,
    Rendition,
    Unfinished,
    User,
)
from astana.models.actors_at_desk import name_to_fill_in
from astana.models.alike import articles_there
from astana.models.positions.query_set import PositionQuerySet
from astana.models.texts import texts_of
from astana.pages.desk.codings.forms import CodingForm, offer
from astana.pages.desk.codings.passage import LONGEST_PASSAGE, PassageForm
from astana.pages.desk.codings.unfinished import (
    Begun,
    Filled,
    begun_in,
    filled,
    start_again,
    start_of,
)
from astana.pages.shared.reading import Piece, Reading, Row, reading_of

_OF_LAST = ("actor", "attributed_by", "speaker", "event", "document", "issue", "stance")

# Suggestions in longer texts would keep their coder waiting.
LONGEST_SUGGESTED = 100_000


class Panel:
    """The form of a passage; without a `passage`, only what is wrong with its place.

    `longer` says at which ends a sentence can be added. What only the drawn panel needs is asked
    for when it is drawn.
    """

    def __init__(self, desk: "CodingDesk") -> None:
        self.desk, given, text = desk, desk.given, desk.rendition
        self.passage_form = PassageForm(given, rendition=text)
        self.passage: Passage | None = None
        self.form: CodingForm | None = None
        self.filled: Filled | None = None
        self.paragraph: int | None = None
        if not self.passage_form.is_valid():
            return
        passage = self.passage_form.passage
        self.passage = passage = self._longer(passage).get(given.get("do", ""), passage)
        start, end = passage.start, passage.end
        self.longer = self._longer(passage)
        self.excerpt = excerpt_of(
            text.text, start=start, end=end, paragraphs=text.paragraphs, around=90
        )
        self.paragraph = paragraph_at(text.paragraphs, start)
        self.is_fresh = bool(given.get("fresh"))
        self.fresh = desk.query(start, end, fresh="1")
        own = [] if desk.is_saving else desk.own_unfinished
        place = (text.pk, start, end)
        here = [one for one in own if (one.rendition_id, one.start, one.end) == place]
        self.filled = filled(given, here=here, coded=desk.article, user=desk.user)
        self.form = self._form()
        offer(self.form, given=given)

    @cached_property
    def others(self) -> list[Position]:
        """The coder's own positions that could rest on this passage too."""
        editable = self.desk.own().exclude(status=Position.Status.PUBLISHED)
        return list(editable.select_related("actor", "issue").order_by("key"))

    @cached_property
    def suggested(self) -> Suggestion | None:
        """The suggestion that is just this passage."""
        place = (self.passage.start, self.passage.end)
        return next((one for one in self.desk.suggestions if (one.start, one.end) == place), None)

    def _longer(self, passage: Passage) -> dict[str, Passage]:
        """Return the passage with the sentence before it and with the one after it."""
        rendition, start, end = self.desk.rendition, passage.start, passage.end
        before, after = neighbours(rendition.text, rendition.paragraphs, start, end)
        ends = {
            "before": (before[0], end) if before else None,
            "after": (start, after[1]) if after else None,
        }
        return {
            way: passage_of(rendition.text, *place)
            for way, place in ends.items()
            if place and place[1] - place[0] <= LONGEST_PASSAGE
        }

    def _form(self) -> CodingForm:
        desk, given = self.desk, self.desk.given
        position = Position(dossier=desk.dossier)
        if desk.is_saving:
            published = desk.article.published
            form = CodingForm(given, instance=position, user=desk.user, published=published)
            form.article = desk.article
            return form
        start: dict[str, Any] = {
            "voice": Position.Voice.REPORTED_SPEECH,
            "said": desk.article.published.isoformat(),
        }
        if not self.is_fresh and desk.last:
            desk.last.dossier = desk.dossier
            begin = start_again if desk.is_again else start_of
            start |= begin(desk.last, user=desk.user)
        if self.suggested:
            start["voice"] = self.suggested.voice
            start["attributed_by"] = ""
            if self.suggested.actor:
                known = Actor.objects.at_desk_of(desk.user, dossier=desk.dossier)
                actor = known.get(slug=self.suggested.actor)
                name = name_to_fill_in(actor, dossier=desk.dossier, user=desk.user)
                start |= {"actor": name, "speaker": ""}
        typed = {name: given[name] for name in CodingForm.base_fields if name in given}
        if "signatories" in typed:
            typed["signatories"] = given.getlist("signatories")
        if self.filled.unfinished:
            # It stands before what comes along from the panel where other words are chosen.
            kept = dict.fromkeys(CodingForm.base_fields, "") | self.filled.values
            kept["signatories"] = self.filled.lists.get("signatories", [])
            typed = kept if "exact" in given else kept | typed
        elif typed.get("actor", start.get("actor")) != start.get("actor"):
            # Who spoke for another actor did not speak for this one.
            start["speaker"] = ""
        return CodingForm(instance=position, user=desk.user, start=start | typed)


class CodingDesk:
    """What lies before a coder, worked out only as far as the page asks for it.

    `given` is the query string, or the form that was sent with `is_sent`; with `is_saving` its
    errors are shown.
    """

    def __init__(
        self, given: Mapping[str, str], *, article: Article, user: Any, is_saving: bool = False
    ) -> None:
        self.given = given
        self.article = article
        self.dossier = article.dossier
        self.user = user
        self.is_saving = is_saving
        self.refusals: list[str] = []
        self.texts = texts_of(article, user=user)
        self.rendition = self._rendition()
        self.panel = Panel(self) if self.rendition and "start" in given else None

    @property
    def status(self) -> int:
        """What the page answers with."""
        if self.is_saving:
            return 422
        return 400 if self.is_unknown or (self.panel and not self.panel.passage) else 200

    @property
    def fragment(self) -> str:
        """Which part of the page changes with the address."""
        return "panel" if "start" in self.given and not self.is_again else "content"

    @property
    def is_again(self) -> bool:
        """Whether the passage was coded just now, and is coded again."""
        return bool(self.given.get("again"))

    @property
    def base(self) -> str:
        """The address that shows the panel again, to which a parameter can be added."""
        passage = self.panel and self.panel.passage
        return f"{self.query(passage.start, passage.end)}&" if passage else "?"

    @property
    def is_unknown(self) -> bool:
        """Whether the address names a text that may not be read, or that is none."""
        name = self.given.get("rendition")
        return bool(name) and self.texts.named(name) != self.rendition

    @property
    def round(self) -> Assignment | None:
        """The coder's independent assignment on the article, while it is not settled."""
        if self.assignment and self.assignment.is_independent and not self.assignment.settled_at:
            return self.assignment
        return None

    @cached_property
    def assignment(self) -> Assignment | None:
        """The coder's own assignment on the article."""
        return Assignment.objects.filter(article=self.article, coder=self.user).first()

    @cached_property
    def own_unfinished(self) -> list[Unfinished]:
        """What the coder has typed for passages of the article and not saved, the newest first."""
        return list(Unfinished.objects.of_user(self.user).in_article(self.article))

    @property
    def begun(self) -> list[Begun]:
        """What lies unfinished, except what is in the panel."""
        filled = self.panel.filled if self.panel else None
        return begun_in(self.own_unfinished, texts=self.texts.all, besides=filled)

    @cached_property
    def reading(self) -> Reading:
        """The text with what the coder may see of what was coded in it."""
        return reading_of(self.rendition, user=self.user, positions=self._positions())

    @cached_property
    def rows(self) -> list[tuple[Row, list[tuple[Piece, list[Chunk]]]]]:
        """The paragraphs of the text with their pieces, each cut into chunks."""
        place = None
        if self.panel and (passage := self.panel.passage):
            place = (passage.start, passage.end)
        actors = Actor.objects.of(self.dossier).order_by()
        names = dict(actors.values_list("slug", "name")) if self.suggestions else {}
        hints = _hints_of(self.suggestions, names=names)
        rows = []
        for row in self.reading.rows:
            places = [(piece.start, piece.start + len(piece.words)) for piece in row.pieces]
            chunks = chunks_of(self.rendition.text, places, hints=hints, chosen=place)
            rows.append((row, list(zip(row.pieces, chunks, strict=True))))
        return rows

    @cached_property
    def suggestions(self) -> list[Suggestion]:
        """Passages that look like statements, unless the coder wants none."""
        if not self.user.wants_suggestions:
            return []
        return _suggestions_for(self.rendition, dossier=self.dossier, user=self.user)

    @cached_property
    def last(self) -> Position | None:
        """The coder's last position in this article."""
        return self.own().select_related(*_OF_LAST).order_by("-coded_at", "-pk").first()

    @property
    def articles_there(self) -> list[Article]:
        """Other articles that may be this one, so that nobody codes it again; one query."""
        article = self.article
        return articles_there(
            self.dossier,
            source=article.source.slug,
            published=article.published,
            title=article.title,
            hashes=[self.rendition.sha256] if self.rendition else [],
            but=article,
        )

    def own(self) -> PositionQuerySet:
        """Return the coder's own positions that rest on a passage of this article."""
        evidence = Position.objects.filter(evidence__rendition__article=self.article)
        return Position.objects.of(self.dossier).filter(
            coder=self.user, pk__in=evidence.order_by().values("pk")
        )

    def query(self, start: int, end: int, **more: str) -> str:
        """Return the query string of a passage of the text shown."""
        place = {"rendition": self.rendition.pk, "start": start, "end": end}
        return "?" + urlencode(place | more)

    def _rendition(self) -> Rendition | None:
        named = self.texts.named(self.given.get("rendition", ""))
        if named and not named.is_known_by_hash_only:
            return named
        return next(iter(self.texts.current), None)

    def _positions(self) -> QuerySet:
        if self.round:
            return self.own()
        seen = Position.objects.at_desk_of(self.user, dossier=self.dossier)
        return seen.filter(Q(coder=self.user) | Q(public=Value(True)))


def _suggestions_for(rendition: Rendition, *, dossier: Dossier, user: User) -> list[Suggestion]:
    """Return the passages of a text that look like statements; two queries.

    They come from the words of the text and the names of actors, and from nobody's codings.
    """
    if len(rendition.text) > LONGEST_SUGGESTED:
        return []
    names = [
        *Actor.objects.at_desk_of(user, dossier=dossier).order_by().values_list("slug", "name"),
        *ActorName.objects.at_desk_of(user, dossier=dossier)
        .order_by()
        .values_list("actor__slug", "name"),
    ]
    return suggestions_in(rendition.text, names=names)


def _hints_of(suggestions: Sequence[Suggestion], *, names: dict[str, str]) -> list[Hint]:
    """Return suggestions in words; `names` are those of the actors by short name."""
    voices = dict(Position.Voice.choices)
    hints = []
    for one in suggestions:
        voice = str(voices[one.voice])
        name = names.get(one.actor or "")
        words = _("%(voice)s, perhaps of %(name)s") % {"voice": voice, "name": name}
        hints.append(Hint(one.start, one.end, words if name else voice))
    return hints
