#!/usr/bin/env python
import os
import sys
from importlib import import_module

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line


def main() -> None:
    try:
        # Before Django does it, so that a wrong setting ends in its sentence and no traceback.
        import_module(os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gpi_portal.settings"))
    except ImproperlyConfigured as error:
        sys.exit(f"The portal cannot start. {error}")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
