"""Who said how much on what: the query string of the page, and its table."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from astana.comparison.two_mode import Share, TwoMode
from astana.models.said_words import day_words
from astana.pages.agreement.forms import DUPLICATES, Chosen, ChosenForm
from astana.pages.agreement.presenter import MOST_IN_TABLE, TINTS
from astana.pages.shared.figures import decimal
from astana.web.fields import OneOfField

MOST_ISSUES_IN_TABLE = 40
COUNTINGS = {
    "statements": gettext_lazy("Statements"),
    "balance": gettext_lazy("Statements for minus those against"),
}
NORMALISATIONS = {
    "none": gettext_lazy("None"),
    "activity": gettext_lazy("By everything that the actor said"),
    "prominence": gettext_lazy("By everything that was said on the issue"),
}


@dataclass(frozen=True, kw_only=True)
class StatementsSelection(Chosen):
    """Whose statements on what, and how they are counted."""

    counting: str

    @cached_property
    def network(self) -> TwoMode:
        """What each actor said on each issue."""
        return TwoMode(
            self.counted_on().discourse(),
            counting=self.counting,
            normalisation=self.normalisation,
        )


class StatementsForm(ChosenForm):
    """The query string of the page of statements."""

    counting = OneOfField(COUNTINGS, label=gettext_lazy("Counted"))
    normalisation = OneOfField(NORMALISATIONS, label=gettext_lazy("Normalised"))

    def selection(self) -> StatementsSelection:
        """Return what to count and how; only for a valid form."""
        return StatementsSelection(**self.chosen(), counting=self.cleaned_data["counting"])


@dataclass(frozen=True, slots=True)
class Said:
    """A cell: the figure in words, the statements it rests on, and where they are; or nothing."""

    words: str = ""
    small: str = ""
    look: str = "hatched"
    href: str = ""


def statements_table(selection: StatementsSelection) -> dict[str, Any]:
    """Return the actors and the issues with most statements, these as in the codebook.

    `headings` are (title, address) of issues, `rows` (name, address, statements in words, cells) of
    actors, whoever said most first. `of_actors` and `of_issues` said something, or had something
    said on them, and `statements` is how much that was; `more_actors` and `more_issues` of these
    have no room.
    """
    network, slug = selection.network, selection.dossier.slug
    most = sorted(
        (actor for actor in selection.actors if network.activity[actor.slug]),
        key=lambda actor: (-network.activity[actor.slug], actor.sort_name, actor.slug),
    )
    spoken = [issue for issue in selection.issues if network.prominence[issue.slug]]
    kept = sorted(spoken, key=lambda issue: -network.prominence[issue.slug])[:MOST_ISSUES_IN_TABLE]
    issues = [issue for issue in spoken if issue in kept]
    shown = most[:MOST_IN_TABLE]
    shares = {
        (actor.slug, issue.slug): network.share(actor.slug, issue.slug)
        for actor in shown
        for issue in issues
    }
    high = max((abs(share.value) for share in shares.values() if share), default=Fraction(0)) or 1

    def said(actor: Any, issue: Any) -> Said:
        share = shares[actor.slug, issue.slug]
        if share is None:
            return Said()
        return Said(
            words=figure_words(share),
            small="" if share.value == share.n else statement_words(share.n),
            look=f"tint-{round(abs(share.value) / high * TINTS)}",
            href=selection.positions_href(issue.slug, [actor]),
        )

    return {
        "headings": [
            (issue.title, reverse("issues:detail", args=[slug, issue.slug])) for issue in issues
        ],
        "rows": [
            (
                actor.name,
                reverse("actors:detail", args=[slug, actor.slug]),
                statement_words(network.activity[actor.slug]),
                [said(actor, issue) for issue in issues],
            )
            for actor in shown
        ],
        "of_actors": len(most),
        "of_issues": len(spoken),
        "statements": sum(network.activity[actor.slug] for actor in most),
        "more_actors": len(most) - len(shown),
        "more_issues": len(spoken) - len(issues),
    }


def statement_words(n: int) -> str:
    """Return how many statements, in words."""
    return ngettext("%(n)s statement", "%(n)s statements", n) % {"n": n}


def figure_words(share: Share) -> str:
    """Return a figure in words; a number of statements has no places."""
    if share.value.denominator == 1:
        return decimal(share.value, 0)
    return decimal(share.value, 4 if abs(share.value) < Fraction(1, 10) else 2)


def statements_sentence(selection: StatementsSelection, table: dict[str, Any]) -> str:
    """Return the sentence that says what the page shows, of how many, and how it is counted."""
    actors, issues = table["of_actors"], table["of_issues"]
    words = ngettext(
        "%(actors)s is heard on %(issues)s by %(day)s: %(statements)s.",
        "%(actors)s are heard on %(issues)s by %(day)s: %(statements)s.",
        actors,
    ) % {
        "actors": ngettext("%(n)s actor", "%(n)s actors", actors) % {"n": actors},
        "issues": ngettext("%(n)s preference issue", "%(n)s preference issues", issues)
        % {"n": issues},
        "day": day_words(selection.last_day),
        "statements": statement_words(table["statements"]),
    }
    beyond = 0 if selection.is_chosen else selection.reported - len(selection.actors)
    if beyond:
        words += " " + ngettext(
            # Translators: `most` is how many of the actors are counted.
            "%(n)s more actor is not counted, only the %(most)s most reported on.",
            "%(n)s more actors are not counted, only the %(most)s most reported on.",
            beyond,
        ) % {"n": beyond, "most": len(selection.actors)}
    if selection.since:
        words += " " + _("What was said before %(day)s does not count.") % {
            "day": day_words(selection.since)
        }
    return f"{words} {counted_words(selection)}"


def counted_words(selection: StatementsSelection) -> str:
    """Return how statements are counted, in words."""
    words = _(
        "Counted: %(counting)s; repeated statements count: %(duplicates)s; normalised: %(by)s."
    ) % {
        "counting": COUNTINGS[selection.counting],
        "duplicates": DUPLICATES[selection.duplicates],
        "by": NORMALISATIONS[selection.normalisation],
    }
    return f"{words} {_('First-hand only.')}" if selection.first_hand else words


def choices_of(selection: StatementsSelection) -> dict[str, Any]:
    """Return the filter bar of the page; no query."""
    more = (
        ("counting", _("Counted"), COUNTINGS),
        ("duplicates", _("Repeated statements count"), DUPLICATES),
        ("normalisation", _("Normalised"), NORMALISATIONS),
    )
    return {
        "more": [(*select, getattr(selection, select[0])) for select in more],
        "is_more_open": any(
            getattr(selection, name) != next(iter(words)) for name, _label, words in more
        ),
    }
