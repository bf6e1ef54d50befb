"""What the filters of several lists offer to choose from, and actors by any of their names."""

from django.db.models import QuerySet

from astana.models import Actor, Dossier, Issue, Source
from astana.models.names import names_in
from astana.web.offered import Option
from astana.words.normalise import normalise
from astana.words.sorting import sort_key


def actors_named(word: str, dossier: Dossier) -> list[int]:
    """Return the primary keys of the actors with a name, in any language, that has the word in it.

    Case and accents do not count, in any script, on any database.
    """
    wanted = normalise(word)
    names = names_in([dossier]) if wanted else ()
    return sorted({name.actor for name in names if wanted in name.normalised})


def actor_options(dossier: Dossier) -> list[Option]:
    """Return the actors of a dossier by name."""
    actors = Actor.objects.for_readers(dossier).order_by("sort_name", "slug")
    return [Option(pk, slug, name) for pk, slug, name in actors.values_list("pk", "slug", "name")]


def issue_options(dossier: Dossier) -> list[Option]:
    """Return the issues that readers see, in their order."""
    return options_of_issues(Issue.objects.for_readers(dossier))


def options_of_issues(issues: QuerySet) -> list[Option]:
    """Return issues to choose from, in their order."""
    rows = issues.order_by("order", "slug").values_list("pk", "slug", "title", "group")
    return [Option(pk, slug, title, group) for pk, slug, title, group in rows]


def source_options(dossier: Dossier) -> list[Option]:
    """Return the sources of a dossier by name."""
    rows = Source.objects.of(dossier).order_by().values_list("pk", "slug", "name")
    options = [Option(pk, slug, name) for pk, slug, name in rows]
    return sorted(options, key=lambda option: (sort_key(option.label), option.value))
