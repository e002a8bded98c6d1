import datetime
from collections.abc import Iterable
from typing import Any

from django.db.models import Manager, Model

class HistoryManager(Manager[Any]):
    """The history of a model or, of one row, its own."""

    def as_of(self, date: datetime.datetime) -> Any: ...
    def bulk_history_create(
        self, objs: Iterable[Model], batch_size: int | None = None, *, default_date: datetime.datetime | None = None
    ) -> list[Any]: ...
