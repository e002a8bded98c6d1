"""The portal's own settings, but for the places of the collected static files and of the pages that it keeps."""

import os
from pathlib import Path

from gpi_portal.settings import *  # noqa: F403

STATIC_ROOT = Path(os.environ["BROWSER_TESTS_STATIC_ROOT"])
KEPT_PAGES_DIR = Path(os.environ["BROWSER_TESTS_PAGES"])
