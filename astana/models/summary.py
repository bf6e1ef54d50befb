"""The summary of a position whose coder wrote none."""

from django.utils.translation import gettext as _

LONGEST_SUMMARY = 500


def automatic_summary(*, actor: object, issue: object, stance: object) -> str:
    """Return a neutral sentence made of the names of an actor, an issue and a stance."""
    words = {"actor": actor, "issue": issue, "stance": stance}
    # Translators: all three are names, such as "Russia on “Cease fire”: Supports."
    return (_("%(actor)s on “%(issue)s”: %(stance)s.") % words)[:LONGEST_SUMMARY]
