"""Pages about the site."""

import datetime
from typing import Any

from gpi_portal.pages.base import PageView


class AboutView(PageView):
    """A page about the site; one template holds it in both languages."""

    section = "about"
    #: The day on which the text of the page was last changed.
    edited_on = datetime.date(2026, 11, 24)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(date_modified=self.edited_on, **kwargs)
