"""A record and its rows as they are edited together: what is asked, refused and saved."""

from functools import cached_property
from typing import Any

from django.db import IntegrityError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from astana.actions.set_up import write
from astana.models import Actor, ActorName, Dossier, User
from astana.models.actors_at_desk import names_to_fill_in
from astana.models.in_passing import StillProposed
from astana.models.record import Record
from astana.models.revised import StaleRecord
from astana.pages.setup.forms import MOST_OFFERED, AnotherForm
from astana.pages.setup.kinds import Kind, Rows
from astana.web.offered import Offered, first_of


class Editing:
    """The form of a record and the forms of its rows, which are saved together or not at all.

    `alike` are records that may be the same, where a name is there already.
    """

    def __init__(
        self, kind: Kind, record: Record, *, dossier: Dossier, user: User, data: Any = None
    ) -> None:
        self.kind, self.record, self.user, self.dossier = kind, record, user, dossier
        self.is_sent = data is not None
        self.alike: list[Record] = []
        given = {"dossier": dossier, "user": user, "known": self._known()}
        self.form = kind.form(data, instance=record, **given)
        self.rows: list[tuple[Rows, Any]] = [
            (rows, rows.bound(data, record=record, given=given)) for rows in kind.rows
        ]

    @cached_property
    def offered(self) -> Offered:
        """The names of actors to choose from while one types; none where no field names one."""
        if not self.kind.names_actor and not any(rows.actor for rows in self.kind.rows):
            return Offered([])
        actors = Actor.objects.at_desk_of(self.user, dossier=self.dossier)
        names = actors.order_by("sort_name", "slug").values_list("name", flat=True)
        found = first_of(names, MOST_OFFERED)
        return Offered(dict.fromkeys(found), is_cut=found.is_cut)

    @property
    def is_stale(self) -> bool:
        """Whether somebody else has changed what was sent since it was read."""
        return any(form.is_stale for form in self._forms())

    def save(self) -> Record | None:
        """Save what was sent if it can be, and return the record; else the forms say why not."""
        if not self._is_valid():
            return None
        kept, gone = [], []
        for _rows, formset in self.rows:
            kept += formset.save(commit=False)
            gone += formset.deleted_objects
        try:
            return write(record=self.record, rows=kept, gone=gone, by=self.user)
        except StaleRecord as stale:
            forms = {id(one.instance): one for one in self._forms()}
            forms.get(id(stale.record), self.form).refuse()
        except StillProposed as refusal:
            self.form.add_error(None, refusal.messages)
        except IntegrityError:
            self.form.add_error(
                None,
                _(
                    "Nothing was saved: perhaps somebody entered the same thing at the same "
                    "moment. Compare with what is stored, then save again."
                ),
            )
        return None

    def _is_valid(self) -> bool:
        # All are looked at, so that all that is wrong is said at once.
        are_valid = [one.is_valid() for one in (self.form, *(rows for _rows, rows in self.rows))]
        stale = [form for _rows, rows in self.rows for form in rows.deleted_forms if form.is_stale]
        if stale:
            # A row that one removes may say something else by now.
            self.form.refuse()
        return all(are_valid) and not stale and not self._is_there()

    def _is_there(self) -> bool:
        """Whether a new name is one of another record, and nobody has said that this is meant."""
        if not isinstance(self.form, AnotherForm) or self.form.cleaned_data.get("is_another"):
            return False
        names = [str(self.record)] if self.kind.called in self.form.changed_data else []
        for rows, formset in self.rows:
            if rows.model is ActorName:
                names += [
                    form.cleaned_data["name"]
                    for form in formset.forms
                    if "name" in form.changed_data and form.cleaned_data.get("name")
                ]
        found = self.kind.alike(names, dossier=self.dossier, user=self.user)
        self.alike = [one for one in found if one.pk != self.record.pk]
        if self.alike:
            self.form.ask_whether_another()
        return bool(self.alike)

    def _forms(self) -> list[Any]:
        return [self.form, *(form for _rows, rows in self.rows for form in rows.forms)]

    def _known(self) -> dict[int, str]:
        """Return what is filled in for each actor that the record and its rows name.

        Each leads back to the very actor; one query for the actors, and one for all names.
        """
        pks: set[int] = set()
        if self.record.pk and self.kind.names_actor:
            pks.add(getattr(self.record, f"{self.kind.names_actor}_id"))
        for rows in self.kind.rows:
            if self.record.pk and rows.actor:
                own = QuerySet(rows.model).filter(**{rows.to: self.record})
                pks |= set(own.order_by().values_list(f"{rows.actor}_id", flat=True))
        return names_to_fill_in(pks - {None}, dossier=self.dossier, user=self.user)
