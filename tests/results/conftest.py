"""Its tests want settings that have the noun: `pytest tests/results --ds tests.results.settings`."""

from django.conf import settings

collect_ignore_glob = [] if "tests.results" in settings.INSTALLED_APPS else ["*"]
