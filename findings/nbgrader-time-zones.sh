#!/usr/bin/env bash
# A time zone is read as a hundred seconds, and another one as none at all.
#
# nbgrader reads the moment of a hand-in from `timestamp.txt`. What `git log --date=iso` prints, `2026-10-30 00:30:00 +0100`, becomes 00:28:20 UTC:
# the digits are taken for seconds, so an hour becomes a minute and 40 seconds. With a colon (+01:00) the hour is left out altogether, and with the name of
# a zone that the machine does not know (PDT) the time is taken for UTC, both without a word. Whoever writes such a file decides on somebody's late penalty.
#
# Seen with nbgrader 0.9.6, Python 3.11. Fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check "nbgrader==0.9.6"
TZ=UTC "$folder/venv/bin/python" - <<'PYTHON'
import warnings
from importlib.metadata import version

warnings.simplefilter("ignore")
from nbgrader.utils import parse_utc

wanted = {  # what is read, and what it means
    "2026-10-30 00:30:00 +0100": ("2026-10-30 00:28:20", "2026-10-29 23:30:00"),
    "2026-10-30 00:30:00 +01:00": ("2026-10-30 00:30:00", "2026-10-29 23:30:00"),
    "2026-10-30 00:30:00 PDT": ("2026-10-30 00:30:00", "2026-10-30 07:30:00"),
}
print(f"nbgrader {version('nbgrader')}")
for text, (read, right) in wanted.items():
    found = str(parse_utc(text))
    print(f"{text:<27} is read as {found} UTC; it is {right} UTC")
    assert found == read, f"{text} is read as {found} now"
PYTHON
