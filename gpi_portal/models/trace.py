"""The staff's trace of what they edit."""

from typing import Any

from simple_history.models import HistoricalRecords


class Trace(HistoricalRecords):
    """Every state of a row. Nobody is given a right to the trace itself: whoever may see the row may see it."""

    def get_meta_options(self, model: Any) -> dict[str, Any]:
        return {**super().get_meta_options(model), "default_permissions": ()}

    def get_meta_options_m2m(self, through_model: Any) -> dict[str, Any]:
        return {**super().get_meta_options_m2m(through_model), "default_permissions": ()}
