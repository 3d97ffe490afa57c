"""The actions that our workflows use: one version of each everywhere, in our own CI and in what students get."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
WORKFLOWS = [*sorted((ROOT / ".github" / "workflows").glob("*.yml")),
             *sorted((ROOT / "autograder" / "integrations" / "classroom" / "files").glob("*.yml"))]  # fmt: skip
# The current major versions, as of November 2026; docs/ci.md says where each is used. Here they are raised first.
PINNED = {
    "actions/checkout": "v7",
    "actions/setup-python": "v7",
    "actions/upload-artifact": "v7",
    "classroom-resources/autograding-grading-reporter": "v1",
}


def used(text: str) -> list[tuple[str, str]]:
    """(action, version) of each step of a workflow that is an action."""
    return re.findall(r"^\s*(?:- )?uses:\s*([\w./-]+)@(\S+)", text, re.MULTILINE)


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_every_action_has_the_one_version(workflow: Path) -> None:
    found = used(workflow.read_text("utf-8"))
    assert found
    assert found == [(action, PINNED[action]) for action, _ in found]


def test_the_list_holds_nothing_that_is_not_used() -> None:
    assert {action for path in WORKFLOWS for action, _ in used(path.read_text("utf-8"))} == set(PINNED)
