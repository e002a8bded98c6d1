"""The staff's trace: what every saved row held, by whom and when. All that one act saves stands under one moment."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Protocol

from django.db import models
from django.utils import timezone
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords

_moment: ContextVar[datetime.datetime | None] = ContextVar("moment", default=None)


class Traced(Protocol):
    """A row, or a model, that has a trace."""

    pk: Any
    history: HistoryManager
    _default_manager: Any


@contextmanager
def one_act(record: Traced | None = None) -> Iterator[datetime.datetime]:
    """Everything saved inside was saved at one moment, which lies after all that the trace has of this record.

    Enter it once nobody else can save the record. An act within another one belongs to it.
    """
    moment = _moment.get()
    if moment is not None:
        yield moment
        return
    moment = timezone.now()
    last = record.history.aggregate(last=models.Max("history_date"))["last"] if record and record.pk else None
    if last and last >= moment:  # the clock was set back
        moment = last + datetime.timedelta(microseconds=1)
    token = _moment.set(moment)
    try:
        yield moment
    finally:
        _moment.reset(token)


class Trace(HistoricalRecords):
    """The history of a model, in which the rows of one act bear the same moment.

    Nobody is given a right to the trace itself: whoever may see the row may see it.
    """

    def get_m2m_fields_from_model(self, model: Any) -> list[Any]:
        """Every list of other records."""
        return [getattr(model, field.name).field for field in model._meta.many_to_many]

    def get_meta_options(self, model: Any) -> dict[str, Any]:
        return {**super().get_meta_options(model), "default_permissions": ()}

    def get_meta_options_m2m(self, through_model: Any) -> dict[str, Any]:
        return {**super().get_meta_options_m2m(through_model), "default_permissions": ()}

    def create_historical_record(self, instance: Any, history_type: str, using: str | None = None) -> None:
        instance._history_date = _moment.get() or timezone.now()
        try:
            super().create_historical_record(instance, history_type, using)
        finally:
            del instance._history_date


def begin_trace(*traced: type[Traced], moment: datetime.datetime) -> None:
    """Write into the trace the rows of which it holds nothing, such as those that a fixture brought, as of a moment."""
    for model in traced:
        rows = model._default_manager.exclude(pk__in=model.history.values("id"))
        model.history.bulk_history_create(list(rows), batch_size=500, default_date=moment)
