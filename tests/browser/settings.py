"""The portal's own settings, but for the place of the collected static files."""

import os
from pathlib import Path

from gpi_portal.settings import *  # noqa: F403

STATIC_ROOT = Path(os.environ["BROWSER_TESTS_STATIC_ROOT"])
