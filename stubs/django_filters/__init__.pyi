"""The part of django-filter that the portal uses."""

from typing import Any

from django import forms
from django.db.models import Model, QuerySet

class Filter:
    field_class: type[forms.Field]
    field_name: str
    lookup_expr: str
    label: Any
    extra: dict[str, Any]
    parent: Any
    model: type[Model]
    def __init__(
        self, field_name: str | None = None, lookup_expr: str | None = None, *, label: Any = None, **kwargs: Any
    ) -> None: ...
    @property
    def field(self) -> forms.Field: ...
    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]: ...

class FilterSet:
    _meta: Any
    filters: dict[str, Any]
    data: Any
    queryset: QuerySet[Any]
    def __init__(self, data: Any = None, queryset: QuerySet[Any] | None = None, **kwargs: Any) -> None: ...
    def is_valid(self) -> bool: ...
    @property
    def errors(self) -> Any: ...
    @property
    def form(self) -> forms.Form: ...
    def get_form_class(self) -> type[forms.Form]: ...
