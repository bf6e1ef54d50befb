"""A state, group, organisation, office or person that takes positions."""

from typing import Self

from django.core.exceptions import ValidationError
from django.db import connections, models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from astana.models.codes import LanguageField, WikidataField
from astana.models.dossier import Dossier
from astana.models.elsewhere import FromElsewhere, foreign_id_once
from astana.models.in_passing import InPassing, InPassingQuerySet, proposed_is_not_public
from astana.models.name_field import NameField
from astana.models.of_dossier import its_dossier
from astana.models.record import Reader, Record, RecordQuerySet
from astana.words.sorting import LONGEST_SORT_KEY, sort_key


class ActorQuerySet(InPassingQuerySet):
    """Actors of dossiers; what only unpublished codings name is seen at the desk alone."""

    def with_bodies(self, slugs: list[str], *, dossier: Dossier) -> models.QuerySet:
        """Return the named actors and all that is part of them, however deep, with `whole_slug`.

        One query. An actor that is named and also part of another named actor comes once for each.
        """
        return self.raw(
            """
            WITH RECURSIVE body(id, whole_slug) AS (
                SELECT id, slug FROM astana_actor
                WHERE dossier_id = %s AND public AND slug IN ({})
                UNION
                SELECT part.id, body.whole_slug
                FROM astana_actor AS part JOIN body ON part.part_of_id = body.id
                WHERE part.public
            )
            SELECT actor.*, body.whole_slug
            FROM body JOIN astana_actor AS actor ON actor.id = body.id
            ORDER BY actor.sort_name, actor.slug
            """.format(", ".join(["%s"] * len(slugs)) or "NULL"),
            [dossier.pk, *slugs],
        )

    def kin_of(self, actors: list[int]) -> list[tuple[int, int]]:
        """Return by whom an actor may be recognised, as pairs of primary keys (kin, actor).

        That is the actor itself, its bodies and wholes, however far, who is affiliated with any of
        them, and the bodies that a person is affiliated with. One query.
        """
        if not actors:
            return []
        with connections[self.db].cursor() as cursor:
            cursor.execute(
                """
                WITH RECURSIVE body(id, of_actor) AS (
                    SELECT id, id FROM astana_actor WHERE id IN ({0})
                    UNION
                    SELECT part.id, body.of_actor
                    FROM astana_actor AS part JOIN body ON part.part_of_id = body.id
                ), whole(id, of_actor) AS (
                    SELECT id, id FROM astana_actor WHERE id IN ({0})
                    UNION
                    SELECT part.part_of_id, whole.of_actor
                    FROM astana_actor AS part JOIN whole ON part.id = whole.id
                    WHERE part.part_of_id IS NOT NULL
                ), kin(id, of_actor) AS (
                    SELECT id, of_actor FROM body UNION SELECT id, of_actor FROM whole
                )
                SELECT id, of_actor FROM kin
                UNION
                SELECT link.person_id, kin.of_actor
                FROM astana_affiliation AS link JOIN kin ON link.body_id = kin.id
                UNION
                SELECT link.body_id, kin.of_actor
                FROM astana_affiliation AS link JOIN kin ON link.person_id = kin.id
                """.format(", ".join(["%s"] * len(actors))),
                [*actors, *actors],
            )
            return [(kin, actor) for kin, actor in cursor.fetchall()]


class Actor(FromElsewhere, InPassing):
    """Whoever takes a position; it may be part of another actor (a ministry of its state)."""

    class Kind(models.TextChoices):
        """What sort of actor it is."""

        STATE = "state", _("state")
        GOVERNMENT = "government", _("government")
        ARMED_GROUP = "armed-group", _("armed group")
        COALITION = "coalition", _("coalition")
        DELEGATION = "delegation", _("delegation")
        INTERNATIONAL_ORGANIZATION = "international-organization", _("international organisation")
        ORGANIZATION = "organization", _("organisation")
        OFFICE = "office", _("office")
        PARTY = "party", _("political party")
        PERSON = "person", _("person")

    dossier = its_dossier("actors")
    slug = models.SlugField(_("short name"), max_length=80)
    name = NameField(_("name"), max_length=200)
    sort_name = models.CharField(max_length=LONGEST_SORT_KEY, editable=False)
    kind = models.CharField(_("kind"), max_length=30, choices=Kind)
    part_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="bodies",
        verbose_name=_("part of"),
        help_text=_("The whole that this actor is a body of, such as the state of a ministry."),
    )
    description = models.TextField(_("description"), max_length=10_000, blank=True)
    wikidata = WikidataField(
        _("Wikidata id"), max_length=20, blank=True, help_text=_("Such as Q159.")
    )

    SHOWS = ("part_of",)
    NAMED_AS = ("actor", "attributed_by", "speaker")
    CALLED = "name"

    objects = ActorQuerySet.as_manager()

    class Meta:
        ordering = ["sort_name", "slug"]
        verbose_name = _("actor")
        verbose_name_plural = _("actors")
        indexes = [models.Index(fields=["dossier", "sort_name", "slug"], name="actor_by_name")]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "slug"],
                name="actor_slug_once",
                violation_error_message=_("The dossier has an actor with this short name."),
            ),
            models.CheckConstraint(
                condition=~models.Q(part_of=models.F("id")),
                name="actor_not_part_of_itself",
                violation_error_message=_("An actor cannot be part of itself."),
            ),
            proposed_is_not_public("actor"),
            foreign_id_once("actor"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("actors:detail", args=[self.dossier.slug, self.slug])

    def get_kind_display(self) -> str:
        """Return what sort of actor it is, in words; Django's own way translates all sorts."""
        return str(self.Kind(self.kind).label) if self.kind in self.Kind else self.kind

    def prepare(self) -> None:
        """Work out the key that the actor is sorted by."""
        self.sort_name = sort_key(self.name)

    def clean(self) -> None:
        """Refuse a whole of another dossier, and a ring of wholes."""
        whole, seen = self.part_of, set()
        if whole and whole.dossier_id != self.dossier_id:
            raise ValidationError({"part_of": _("Choose an actor of the same dossier.")})
        while whole and whole.pk not in seen:
            if whole == self:
                raise ValidationError(
                    {"part_of": _("This would make the actor part of itself, through others.")}
                )
            seen.add(whole.pk)
            whole = whole.part_of


class ActorNameQuerySet(RecordQuerySet):
    """Further names of actors; who sees the actor sees them."""

    def visible_to(self, user: Reader) -> Self:
        """Return the names of public actors of the dossiers this user may see."""
        return super().visible_to(user).filter(actor__public=True)

    def for_readers(self, dossier: Dossier) -> Self:
        """Return the names of the actors of a dossier that all who may read it see."""
        return self.of(dossier).filter(actor__public=True)

    def at_desk_of(self, user: Reader, *, dossier: Dossier) -> Self:
        """Return the names of the actors of a dossier that a user may see at the desk."""
        actors = Actor.objects.at_desk_of(user, dossier=dossier).order_by()
        return self.filter(actor__in=actors.values("pk"))


class ActorName(Record):
    """One more name of an actor, in a language: an alias, a translation, another spelling."""

    DOSSIER = "actor__dossier"
    SEEN = models.Q(actor__public=True)

    actor = models.ForeignKey(
        Actor, on_delete=models.CASCADE, related_name="names", verbose_name=_("actor")
    )
    name = NameField(_("name"), max_length=200)
    language = LanguageField(_("language"), max_length=12)

    objects = ActorNameQuerySet.as_manager()

    class Meta:
        ordering = ["actor", "language", "id"]
        verbose_name = _("further name")
        verbose_name_plural = _("further names")
        constraints = [
            models.UniqueConstraint(
                fields=["actor", "name", "language"],
                name="actor_name_once",
                violation_error_message=_("The actor already has this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name
