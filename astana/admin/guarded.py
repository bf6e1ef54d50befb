"""What the admin of every noun refuses: what nobody can choose, and to name what is hidden."""

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib.admin import ModelAdmin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import NestedObjects, quote
from django.core.exceptions import BadRequest
from django.db import router
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from astana.admin.choices import is_key
from astana.admin.gate import in_reach
from astana.models import Notice

_BATCH = 500
_TOO_LONG = re.compile(r"\d{19}")


class Guarded:
    """The admin of any noun: nothing that is hidden is deleted, or named before a deletion."""

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[str]]:
        """Return what would go, counts by noun, nouns one may not delete, and what forbids it.

        That is what Django returns of everything, of what is in reach; it names nothing where one
        may not delete the records themselves.
        """
        objs = list(objs)
        if any(not self.has_delete_permission(request, obj) for obj in objs):
            return [], {}, {str(self.opts.verbose_name)}, []
        collector = NestedObjects(using=router.db_for_write(self.model), origin=objs)
        collector.collect(objs)
        everything = {one for group in collector.model_objs.values() for one in group}
        everything |= collector.protected
        seen = set(objs) | self._in_reach(everything - set(objs), request)
        collector.edges = {
            whole: [part for part in parts if part in seen]
            for whole, parts in collector.edges.items()
        }
        counts = {
            model._meta.verbose_name_plural: number
            for model, group in collector.model_objs.items()
            if (number := len(group & seen))
        }
        forbidden = {
            str(one._meta.verbose_name) for one in seen if not self._may_delete(one, request)
        }
        protected = [self._line(one) for one in collector.protected & seen]
        # What others were told goes with what it is about, and hinders nobody.
        if any(not isinstance(one, Notice) for one in everything - seen):
            protected.append(_("Something that you may not see"))
        return collector.nested(self._line), counts, forbidden, protected

    def response_action(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        """Do something with the chosen rows of a list; 400 where no row can have been chosen."""
        if not all(map(is_key, request.POST.getlist(ACTION_CHECKBOX_NAME))):
            raise BadRequest("What is chosen is no row of the list.")
        return super().response_action(request, queryset)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Return whether a list can be narrowed so; no database compares longer numbers."""
        is_known = super().lookup_allowed(lookup, value, request)
        return is_known and not _TOO_LONG.search(str(value))

    def _in_reach(self, records: Iterable[Model], request: HttpRequest) -> set[Model]:
        """Return those of the records that the person may see here."""
        by_model = defaultdict(list)
        for record in records:
            by_model[type(record)].append(record)
        seen = set()
        for model, group in by_model.items():
            known = self._admin_of(model)
            if known:
                reach = known.get_queryset(request)
            elif hasattr(model, "DOSSIER") or hasattr(model, "dossier"):
                reach = in_reach(model._base_manager.all(), user=request.user)
            else:
                seen |= set(group)
                continue
            pks = [record.pk for record in group]
            for start in range(0, len(pks), _BATCH):
                found = reach.order_by().filter(pk__in=pks[start : start + _BATCH])
                there = set(found.values_list("pk", flat=True))
                seen |= {record for record in group if record.pk in there}
        return seen

    def _admin_of(self, model: type[Model]) -> ModelAdmin | None:
        is_known = self.admin_site.is_registered(model)
        return self.admin_site.get_model_admin(model) if is_known else None

    def _may_delete(self, record: Model, request: HttpRequest) -> bool:
        known = self._admin_of(type(record))
        return known is None or known.has_delete_permission(request, record)

    def _line(self, record: Model) -> str:
        """Return a record in words, as a link where it has a page here."""
        opts = record._meta
        try:
            name = f"{self.admin_site.name}:{opts.app_label}_{opts.model_name}_change"
            address = reverse(name, args=[quote(record.pk)])
        except NoReverseMatch:
            return f"{capfirst(opts.verbose_name)}: {record}"
        noun = capfirst(opts.verbose_name)
        return format_html('{}: <a href="{}">{}</a>', noun, address, record)
