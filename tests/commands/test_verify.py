"""``autograder verify`` says the same however many processes share its work."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.authoring.verify import remembered
from autograder.commands.verify import verify_command
from autograder.course.assignment import load_assignment
from autograder.errors import UsageError

ASSIGNMENT = "03-parameter-counting"


def told(capsys: pytest.CaptureFixture[str], jobs: int) -> str:
    assert verify_command([ASSIGNMENT], None, 1, quick=True, jobs=jobs) == 0
    return capsys.readouterr().out


def test_two_processes_find_what_one_finds(capsys: pytest.CaptureFixture[str]) -> None:
    alone = told(capsys, 1)
    assert alone.startswith(f"{ASSIGNMENT}\n")
    assert "every mistake loses marks and is named" in alone
    assert told(capsys, 2) == alone


def test_what_was_verified_and_has_not_changed_is_not_verified_again(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(remembered, "FILE", tmp_path / "verified.json")
    root = Path.cwd()
    remembered.remember(load_assignment(ASSIGNMENT), root, 1, passed=True)
    assert verify_command([ASSIGNMENT], None, 1, quick=False, jobs=1, changed=True) == 0
    assert capsys.readouterr().out == f"as they were when they were verified: {ASSIGNMENT}\n"
    assert not remembered.is_verified(load_assignment(ASSIGNMENT), root, 2), "more draws were asked for"


def test_whatever_decides_it_asks_for_it_anew(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assignment = load_assignment(ASSIGNMENT)
    folder, root = tmp_path / "bank" / assignment.folder.name, tmp_path / "course"
    shutil.copytree(assignment.folder, folder)
    (root / "datasets").mkdir(parents=True)
    copy = replace(assignment, folder=folder)

    def known() -> bool:
        return remembered.is_verified(copy, root, 1)

    assert not known()
    for path in (folder / "linear.py", folder / "linear_answers.py", root / "datasets" / "animals.csv"):
        remembered.remember(copy, root, 1, passed=True)
        assert known()
        path.write_text((path.read_text("utf-8") if path.exists() else "") + "# changed\n", "utf-8")
        assert not known(), path.name
    remembered.remember(copy, root, 1, passed=True)
    monkeypatch.setattr(remembered, "_engine", lambda: "another engine")
    assert not known()
    remembered.remember(copy, root, 1, passed=True)
    remembered.remember(copy, root, 1, passed=False)
    assert not known()
    (folder.parent / "verified.json").write_text("[]", "utf-8")
    with pytest.raises(UsageError, match="delete it"):
        known()


def test_every_module_but_the_bank_s_counts_as_the_engine() -> None:
    shared = {path.relative_to(remembered.PACKAGE).parts[0] for path in remembered._shared()}
    assert {"checks", "judging", "grader", "remote", "worker", "session", "course", "sandbox", "bank"} <= shared
    inside = [path for path in remembered._shared() if path.is_relative_to(remembered.BANK)]
    assert {path.parent for path in inside} == {remembered.BANK}
