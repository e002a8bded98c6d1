from typing import Any, TypeVar

from django.contrib.admin import ModelAdmin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse

_M = TypeVar("_M", bound=Model)

class SimpleHistoryAdmin(ModelAdmin[_M]):
    object_history_list_template: str
    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse: ...
    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: Any = None
    ) -> HttpResponse: ...
