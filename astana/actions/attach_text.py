"""Attach a text of an article, and find the passages of its evidence in it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass, field
from enum import StrEnum

from django.core.exceptions import PermissionDenied

from astana.evidence.anchor import Finding, Passage, find_all, hash_of, passage_of
from astana.evidence.paragraphs import paragraph_at, paragraphs_of
from astana.models import Anchor, Article, Evidence, Rendition, User
from astana.models.of_dossier import holding
from astana.models.roles import Act, may
from astana.words.line_ends import plain

LONGEST_TEXT = 2_000_000


class Outcome(StrEnum):
    """What became of the text."""

    RESOLVED = "resolved"  # The dossier knew it by its hash; now it has the words.
    ADDED = "added"  # It is a new version.
    UNCHANGED = "unchanged"  # This very text was stored already.


@dataclass(frozen=True, slots=True)
class PassageReport:
    """What became of one passage of evidence in the text.

    `old` is the place it was sought from, None if it was known by its wording only. `is_anchored`
    is False for a passage known from another kind of rendition, such as the synopsis, whose words
    do not stand in the text: there was nothing to lose, and no anchor is written.
    """

    evidence: Evidence
    old: tuple[int, int] | None
    finding: Finding
    paragraph: int | None
    is_anchored: bool


@dataclass(frozen=True, slots=True)
class Report:
    """What `attach_text` did.

    `is_tidied` tells that Windows line ends or a byte order mark were taken out of the text.
    """

    rendition: Rendition
    outcome: Outcome
    is_tidied: bool
    passages: Sequence[PassageReport] = ()


@dataclass(slots=True)
class Anchoring:
    """Where the passages of an article are in a text, and what is to be written of that.

    The `changed` rows are anchors and evidence, each beside what it was.
    """

    reports: list[PassageReport] = field(default_factory=list)
    new: list[Anchor] = field(default_factory=list)
    changed: list[tuple[Anchor | Evidence, Anchor | Evidence]] = field(default_factory=list)


@holding
def attach_text(
    *,
    article: Article,
    text: str,
    by: User | None = None,
    rights: str = Rendition.Rights.MEMBERS,
    language: str | None = None,
    kind: str = Rendition.Kind.FULL,
) -> Report:
    """Store a text of an article and return where the passages of its evidence are in it.

    A text that the dossier knows by its hash gets its words, and its stand-off anchors resolve.
    Any other text is a new version: passages that are anchored in another text of the same kind are
    looked for and get an anchor with their health; passages known from a text of another kind
    get one only where their very words stand. Windows line ends and a byte order mark are kept only
    in a text that is known with them. A text that is stored already changes nothing.

    `by` is None for the operator of the site; anybody else must code for the dossier. Raises
    ValueError with a message for people if the text is unfit.
    """
    _refuse_strangers(by, article)
    refuse_unfit(text)
    if rights not in Rendition.Rights.values:
        raise ValueError(f"“{rights}” is no right. Choose {' or '.join(Rendition.Rights.values)}.")
    language = language or article.language
    versions = list(Rendition.objects.filter(article=article, kind=kind).order_by("-version"))
    tidied = text.removeprefix("\ufeff").replace("\r\n", "\n")
    known = _known(text, versions, language)
    if known is None:
        known = _known(tidied, versions, language) or _alike(tidied, versions, language)
        text, is_tidied = tidied, tidied != text
    else:
        is_tidied = False
    if known and known.text:
        return Report(known, Outcome.UNCHANGED, is_tidied)
    rendition = known or Rendition(
        article=article,
        kind=kind,
        language=language,
        version=1 + max((r.version for r in versions if r.language == language), default=0),
        sha256=hash_of(text),
        characters=len(text),
    )
    if rendition.characters != len(text):
        raise ValueError(
            f"The dossier says that this text has {rendition.characters} code points, but it has "
            f"{len(text)}. Correct the dossier, then attach the text."
        )
    rendition.text = text
    rendition.rights = rights
    rendition.paragraphs = rendition.paragraphs or paragraphs_of(text)
    # This raises the version of the dossier for all that is written here.
    rendition.save()
    same = [one for one in versions if one.language == rendition.language]
    found = anchoring(rendition, same)
    _write(found)
    outcome = Outcome.RESOLVED if known else Outcome.ADDED
    return Report(rendition, outcome, is_tidied, found.reports)


def _refuse_strangers(by: User | None, article: Article) -> None:
    if by is not None and not may(by, Act.CODE, article.dossier):
        raise PermissionDenied("Only coders of the dossier may attach a text.")


def refuse_unfit(text: str) -> None:
    """Raise ValueError, with a message for people, for what is no text to attach."""
    if not text.removeprefix("\ufeff").strip():
        raise ValueError("The text is empty.")
    if len(text) > LONGEST_TEXT:
        raise ValueError(
            f"The text has {len(text):,} code points; at most {LONGEST_TEXT:,} can be attached."
        )
    if "\0" in text:
        raise ValueError(
            f"There is a NUL byte at code point {text.index(chr(0))}: this is not plain text."
        )
    hash_of(text)


def _known(text: str, versions: Iterable[Rendition], language: str) -> Rendition | None:
    """Return the full text with this hash, preferably of the language."""
    digest = hash_of(text)
    same = [rendition for rendition in versions if rendition.sha256 == digest]
    return min(same, key=lambda rendition: rendition.language != language, default=None)


def _alike(text: str, versions: Iterable[Rendition], language: str) -> Rendition | None:
    """Return the stored text that differs in line ends alone, as after a visit to a browser."""
    same = [one for one in versions if one.text and plain(one.text) == text]
    return min(same, key=lambda rendition: rendition.language != language, default=None)


def anchoring(rendition: Rendition, versions: Iterable[Rendition]) -> Anchoring:
    """Look for the evidence of the article in a text, which may not be stored yet; write nothing.

    `versions` are the other texts of its kind and language.
    """
    texts = {known.pk: known for known in (rendition, *versions)}
    anchors = defaultdict(dict)
    for anchor in Anchor.objects.filter(rendition__in=texts):
        anchors[anchor.evidence_id][anchor.rendition_id] = anchor
    evidence = list(
        Evidence.objects.filter(rendition__article=rendition.article_id)
        .select_related("position")
        .order_by("position__key", "number")
    )
    sought = []
    for passage in evidence:
        rows = dict(anchors[passage.pk])
        if passage.rendition_id in texts:
            rows[passage.rendition_id] = passage
        try:
            known = _passage(passage, rows, rendition, texts)
        except ValueError as error:
            raise ValueError(f"Passage {passage}: {error}") from error
        sought.append((passage, rows, known))
    earlier = [version.text for version in versions if version.text]
    findings = find_all([known for _, _, known in sought], rendition.text, earlier=earlier)

    result = Anchoring()
    for (passage, rows, known), finding in zip(sought, findings, strict=True):
        is_anchored = bool(rows) or finding.start is not None
        row = rows.get(rendition.pk) or Anchor(evidence=passage, rendition=rendition)
        before = copy(row)
        _fill(row, known, finding, rendition)
        if row.pk:
            result.changed.append((row, before))
        elif is_anchored:
            result.new.append(row)
        place = None if known.start is None else (known.start, known.end)
        report = PassageReport(passage, place, finding, row.paragraph, is_anchored)
        result.reports.append(report)
    return result


def _write(found: Anchoring) -> None:
    Anchor.objects.bulk_create(found.new)
    for model in (Anchor, Evidence):
        rows = [row for row, _before in found.changed if isinstance(row, model)]
        fields = ["start", "end", "exact", "prefix", "suffix", "paragraph", "health"]
        model.objects.bulk_update(rows, fields)


def _passage(
    evidence: Evidence,
    rows: dict[int, Anchor | Evidence],
    rendition: Rendition,
    texts: dict[int, Rendition],
) -> Passage:
    """Return the best that is known of a passage of evidence.

    That is, in this order: its place in this very text; its place in another text that is stored,
    the newest first; its words, or only their hash, with a place in a text that is not stored;
    its words in a full text where it has no place; its words in the synopsis.
    """

    def worth(row: Anchor | Evidence) -> tuple:
        text = texts[row.rendition_id]
        is_here = row.rendition_id == rendition.pk
        return row.start is not None, is_here, bool(text.text), bool(row.exact), text.version

    for row in sorted(rows.values(), key=worth, reverse=True):
        text = texts[row.rendition_id]
        if row.start is None:
            if row.exact:
                return Passage(None, None, row.exact, row.prefix, row.suffix)
        elif not row.exact:
            return Passage(row.start, row.end, sha256=row.sha256, text_sha256=text.sha256)
        elif row.rendition_id == rendition.pk or row.exact != text.text[row.start : row.end]:
            return Passage(
                row.start, row.end, row.exact, row.prefix, row.suffix, text_sha256=text.sha256
            )
        else:
            return passage_of(text.text, row.start, row.end)
    return Passage(None, None, evidence.exact)


def _fill(row: Anchor | Evidence, known: Passage, finding: Finding, rendition: Rendition) -> None:
    """Write into an anchor what was found."""
    row.health = finding.health.value
    row.start, row.end = finding.start, finding.end
    row.paragraph = None
    if finding.start is not None and finding.end is not None:
        known = passage_of(rendition.text, finding.start, finding.end)
        row.paragraph = paragraph_at(rendition.paragraphs, finding.start)
    elif finding.words and not known.exact:
        # Known by their hash until now; the places where they stand can be shown to choose from.
        row.exact = finding.words
    row.exact, row.prefix, row.suffix = known.exact or row.exact, known.prefix, known.suffix
    if isinstance(row, Anchor):
        row.sha256 = known.sha256 or hash_of(known.exact)
