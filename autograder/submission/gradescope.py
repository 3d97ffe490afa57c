"""Gradescope's export: a folder for each submission, and a metadata file that says whose it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from autograder.submission.moments import parse_timestamp

METADATA = "submission_metadata.yml"
_FOLDER = re.compile(r"^(submission_\d+):\s*$")
# Read line by line: the file carries Ruby's own tags, which no safe reader of YAML takes.
_KEY = re.compile(r"^\s*(?:- )?\s*:(name|sid|email|created_at):\s*(.*?)\s*$")


@dataclass(frozen=True)
class Submitter:
    """One member of the team, or the only one, that handed a submission in."""

    name: str
    sid: str
    email: str
    moment: datetime | None

    @property
    def id(self) -> str:
        """The student's number, else the e-mail, else the name."""
        return self.sid or self.email or self.name


def read_metadata(path: Path) -> dict[str, list[Submitter]]:
    """Who handed each folder in, by the folder's name; nothing where the file cannot be read."""
    try:
        lines = path.read_text("utf-8", "replace").splitlines()
    except OSError:
        return {}
    people: dict[str, list[dict[str, str]]] = {}
    moments: dict[str, datetime | None] = {}
    folder = ""
    depth = 0
    for line in lines:
        if start := _FOLDER.match(line):
            folder, depth = start[1], 0
            people.setdefault(folder, [])
            continue
        told = _KEY.match(line)
        if told is None or not folder:
            continue
        key, value = told[1], told[2].strip("'\"")
        if key == "created_at":
            indent = len(line) - len(line.lstrip())
            if folder not in moments or indent < depth:
                moments[folder], depth = _moment(value), indent
        elif key == "name" or not people[folder] or key in people[folder][-1]:
            people[folder].append({key: value})
        else:
            people[folder][-1][key] = value
    return {
        folder: [
            Submitter(one.get("name", ""), one.get("sid", ""), one.get("email", ""), moments.get(folder))
            for one in found
            if any(one.values())
        ]
        for folder, found in people.items()
    }


def _moment(text: str) -> datetime | None:
    try:
        return parse_timestamp(text)
    except ValueError:
        return None
