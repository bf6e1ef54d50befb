"""What a silence rests on, in words: nothing found is never more than was read and looked for."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from astana.comparison.coverage import Coverage


def read_words(read: Coverage) -> str:
    """Return how many articles had appeared by then and how they were read, as a noun phrase."""
    if not read.articles:
        return _("no article published by then")
    articles = ngettext(
        # Translators: a number of articles, such as “4 articles published by then”.
        "%(n)s article published by then",
        "%(n)s articles published by then",
        read.articles,
    ) % {"n": read.articles}
    # Translators: `articles` is “4 articles published by then”; the numbers are of these articles.
    return _("%(articles)s (%(full)s read in full, %(openings)s in their opening)") % {
        "articles": articles,
        "full": read.in_full,
        "openings": read.openings,
    }


def read_sentence(read: Coverage) -> str:
    """Return the sentence that says how much had been read by a day."""
    # Translators: `articles` is “4 articles published by then (1 read in full, 3 …)”.
    return _("Read so far: %(articles)s.") % {"articles": read_words(read)}


def silence_words(read: Coverage, *, first_hand_only: bool, is_of_then: bool = False) -> str:
    """Return the sentences that say where nothing was found on an issue, and what for it was read.

    `read` is the coverage of that issue. Where only what is first-hand was asked for, nothing is
    said of the rest. `is_of_then` says that what was published here later is left out, so that
    something may have been found.
    """
    if is_of_then:
        found = _("No position on it that was published here by then is still published.")
        return f"{found} {read_sentence(read)} {looked_for_words(read)}"
    if first_hand_only:
        found = _("No first-hand position was found. Second-hand ones are left out, as requested.")
        return f"{found} {read_sentence(read)} {looked_for_words(read)}"
    if not read.articles:
        return _("Nothing was found. No article read here had been published by then.")
    found = ngettext(
        "Nothing was found in the %(n)s article published by then: %(full)s read in full, "
        "%(openings)s in its opening.",
        "Nothing was found in the %(n)s articles published by then: %(full)s read in full, "
        "%(openings)s in their opening.",
        read.articles,
    ) % {"n": read.articles, "full": read.in_full, "openings": read.openings}
    return f"{found} {looked_for_words(read)}"


def nothing_words(*, first_hand_only: bool, is_of_then: bool) -> str:
    """Return what a cell says that shows no position: silence only where nothing is left out.

    `is_of_then` says that what was published here later is left out, as is what was withdrawn.
    """
    if is_of_then:
        return _("No position shown")
    return _("No first-hand position") if first_hand_only else _("No stated position")


def nothing_means(*, first_hand_only: bool, is_of_then: bool) -> str:
    """Return the sentence that says what the words of such a cell mean."""
    if is_of_then:
        return _(
            "No position shown means that none of those published here by then is still "
            "published; it never means neutral."
        )
    if first_hand_only:
        return _(
            "No first-hand position means that none was found that is known to have been said by "
            "the day shown; second-hand ones are left out. It never means neutral."
        )
    return _(
        "No stated position means that nothing was found that is known to have been said by the "
        "day shown; it never means neutral."
    )


def looked_for_words(read: Coverage) -> str:
    """Return the sentence that says in how many articles an issue was looked for."""
    if not read.looked_for:
        return _("No article was read for all that it says on the issue.")
    return ngettext(
        "The issue was looked for in %(looked)s of %(n)s article.",
        "The issue was looked for in %(looked)s of %(n)s articles.",
        read.articles,
    ) % {"looked": read.looked_for, "n": read.articles}
