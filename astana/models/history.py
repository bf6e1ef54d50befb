"""The history of a record: what it was, who changed it and when."""

from functools import cache
from typing import Any

from django.db.models import Model, QuerySet
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords


class _Manager(HistoryManager):
    @classmethod
    @cache
    def from_queryset(cls, *args: Any) -> type[HistoryManager]:
        """Return the class of managers, made once: the library makes one at each access."""
        return super().from_queryset(*args)


class History(HistoricalRecords):
    """The history of a model; of what is deleted with something else it keeps with what."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs, history_manager=_Manager)

    def post_delete(
        self, instance: Model, using: str | None = None, *, origin: Any = None, **kwargs: Any
    ) -> None:
        """Add the deletion of a record; `origin` is what was to be deleted, a record or a set."""
        is_set = isinstance(origin, QuerySet)
        model = origin.model if is_set else type(origin)
        if origin is not None and not isinstance(instance, model):
            instance._change_reason = deleted_with(model, pk=None if is_set else origin.pk)
        super().post_delete(instance, using=using, **kwargs)


def deleted_with(model: type[Model], *, pk: int | None = None) -> str:
    """Return what the history keeps of a part that was deleted with a record, or with a set."""
    noun = f"deleted with {model._meta.model_name}"
    return f"{noun} {pk}" if pk else noun
