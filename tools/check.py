"""What a change must keep besides the tests, all at once: `./portal check` says what fails, and is done in a minute."""

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
MANAGE = [sys.executable, ROOT / "manage.py"]
STEPS: dict[str, list[Any]] = {
    "format": [BIN / "ruff", "format", "--check", "."],
    "lint": [BIN / "ruff", "check", "."],
    "types": [BIN / "mypy", "."],
    "migrations": [*MANAGE, "makemigrations", "--check", "--dry-run"],
    "messages": [ROOT / ".ci" / "messages"],
}


def started(command: list[Any]) -> "subprocess.Popen[str]":
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def main() -> int:
    start, wrong = time.monotonic(), []
    running = {name: started(command) for name, command in STEPS.items()}
    for name, process in running.items():
        said, _nothing = process.communicate()
        if process.returncode:
            wrong.append(name)
            print(f"\n=== {name} ===\n{said.strip()}", flush=True)
        else:
            print(f"{name}: in order", flush=True)
    print(f"\n{len(STEPS) - len(wrong)} of {len(STEPS)} in order, {time.monotonic() - start:.0f} s")
    if wrong:
        print(f"portal: to be put right: {', '.join(wrong)}.", file=sys.stderr)
    return bool(wrong)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
