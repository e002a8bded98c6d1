"""Makes `before.json.xz`: a portal as commit 97bb720 left it, with its staff's work.

    git worktree add /tmp/before 97bb720
    cd /tmp/before
    DATABASE_URL=sqlite:////tmp/before.sqlite3 <python with the packages> <this file> <before.json.xz>

It is run once, with the code of that commit, and never again: `test_upgrade` brings the file to the present code.
Another run gives the same content but for receipts, salts of passwords and keys of sessions, which are random.
"""

import datetime
import importlib
import itertools
import logging
import os
import sys
from pathlib import Path

sys.path.insert(1, str(Path.cwd()))
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django
from django.utils import timezone


class Clock:
    """Ten in the morning of a day in Toronto, and a second later each time that it is asked."""

    def __init__(self):
        self.turn_to(datetime.date(2025, 1, 6))

    def turn_to(self, day):
        self.start = datetime.datetime.combine(day, datetime.time(15), datetime.UTC)
        self.seconds = itertools.count()

    def __call__(self):
        return self.start + datetime.timedelta(seconds=next(self.seconds))


def main(target):
    clock = timezone.now = Clock()  # before any model is made: a column's default keeps the function that it was given
    django.setup()
    logging.disable()
    importlib.import_module("freeze").write_down(clock, target)


if __name__ == "__main__":
    main(sys.argv[1])
