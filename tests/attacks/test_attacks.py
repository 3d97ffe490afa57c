"""Every attack of the gallery, through the real engine: nothing is read, no mark is had, the host stays as it is."""

# ruff: noqa: E501  code of students and attackers stands on one line

from __future__ import annotations

import hashlib
import json
import os
import platform
from collections.abc import Callable
from pathlib import Path

import pytest
import table
from conftest import POLICY, SEED, Arena, answers_for, drawn_sizes
from hostile import ATTACKS, Attack, LayersOff, Naive
from hostile.attack import EXHAUST, FORGE, HURT, READ, SECRET_TEXT

from autograder.exporters.feedback_table import feedback_table
from autograder.exporters.json_report import as_json
from autograder.exporters.table import as_table
from autograder.grader.grader import Grader
from autograder.results import CellRun, Grade, Outcome
from autograder.sandbox.policy import Policy

pytestmark = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="submissions are confined on Linux only")
IDS = [attack.name for attack in ATTACKS]
IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


def shown(grade: Grade) -> str:
    """All that is stored or shown of a grade."""
    tables = [feedback_table(question) for question in grade.questions]
    return "\n".join([
        as_json(grade.assignment, [grade], "cpu"), as_table(grade.assignment, [grade], "cpu"), *tables,
        *(question.message for question in grade.questions), json.dumps([cell.outputs for cell in grade.cells], ensure_ascii=False),
    ])  # fmt: skip


def snapshot(folder: Path) -> dict[str, tuple[int, float, str]]:
    """Mode, time and content of every file of the course."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return {
        str(path): (path.stat().st_mode, path.stat().st_mtime, hashlib.sha256(path.read_bytes()).hexdigest())
        for path in files
    }


def text_of(run: CellRun) -> str:
    return "".join(str(output.get("text", "")) for output in run.outputs)


# CUDA reserves address space and makes memory behind descriptors; what is filled is watched (test_memory_watch.py).
NEEDED_BY_CUDA = ("private memory", "shared memory", "memory behind a descriptor")


def _needs(attack: Attack, arena: Arena) -> None:
    if os.environ.get(POLICY) == "cuda" and attack.name in NEEDED_BY_CUDA:
        pytest.skip("not run under the policy of a GPU: CUDA needs what it asks for")
    if "c_long(" in attack.code and platform.machine() != "x86_64":
        pytest.skip("its call's number is that of x86_64")
    assert arena.grader._zygote is not None
    layers = arena.grader._zygote.layers.named()
    if attack.needs and not layers[attack.needs].ok:
        pytest.skip(f"the layer {attack.needs} is missing here: {layers[attack.needs].note}")


@pytest.mark.parametrize("attack", ATTACKS, ids=IDS)
def test_is_contained(attack: Attack, arena: Arena, tmp_path: Path) -> None:
    _needs(attack, arena)
    before = snapshot(arena.course.root)
    grade = arena.grade(arena.notebook(attack), tmp_path / "mallory.ipynb", attack.total)
    assert isinstance(grade, Grade), grade
    run = grade.cells[-1 if attack.last else 0]
    told = shown(grade)

    assert not grade.failed, told
    if attack.loots:
        assert "GOT" not in text_of(run), text_of(run)
    assert grade.score <= attack.most, told
    if attack.most == 8:
        _judge_outcomes(attack, grade)
    assert attack.flag in " ".join(grade.flags), (grade.flags, run.ended, text_of(run))
    assert not attack.ends or run.ended == attack.ends, run
    assert attack.keep in told
    for word in (SECRET_TEXT, str(SEED), "# %% reference", "SAW", *attack.leaves):
        assert word not in told, word
    for sizes in arena.hidden_sizes:
        assert str(list(sizes)) not in told
        assert str(sizes) not in told
    assert snapshot(arena.course.root) == before
    assert not [
        folder for folder in ("/tmp", "/dev/shm", "/var/tmp") if os.path.exists(f"{folder}/autograder-left-this")
    ]
    assert strays(arena.grader) == []


def _judge_outcomes(attack: Attack, grade: Grade) -> None:
    for question in grade.questions:
        wanted = attack.outcomes.get(question.id, "correct")
        if wanted == "*":
            assert question.outcome is not Outcome.CORRECT, question
        else:
            assert question.outcome == wanted, question
        assert (question.score == question.max_score) == (question.outcome is Outcome.CORRECT)


def strays(grader: Grader) -> list[str]:
    """Processes that run as the user of the grader's slot: none, when it grades nothing."""
    found = []
    user = Policy.first_uid + grader._slot
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            if os.stat(f"/proc/{name}").st_uid == user:
                found.append(Path(f"/proc/{name}/stat").read_text())
        except OSError:
            continue
    return [text for text in found if ") Z " not in text]


@pytest.mark.parametrize("attack", [a for a in ATTACKS if isinstance(a.control, LayersOff)], ids=lambda a: a.name)
def test_control_gets_through_without_the_layer(
    attack: Attack, arena: Arena, without: Callable[[tuple[str, ...], str], CellRun]
) -> None:
    assert isinstance(attack.control, LayersOff)
    _needs(attack, arena)
    if not IS_ROOT:
        pytest.skip("an ordinary user is denied much of it by the kernel itself")
    run = without(attack.control.layers, arena.cell(attack))
    assert "GOT" in text_of(run), (run.ended, text_of(run), run.outputs)


@pytest.mark.parametrize("attack", [a for a in ATTACKS if isinstance(a.control, Naive)], ids=lambda a: a.name)
def test_control_fools_a_grader_in_the_same_process(
    attack: Attack, arena: Arena, naive: Callable[[list[str]], bool]
) -> None:
    assert isinstance(attack.control, Naive)
    parts = [arena.given + attack.control.before, attack.code, *attack.answers.values(), attack.control.after]
    assert naive(parts)


def test_control_a_grader_that_fails_is_told_from_one_that_passes(naive: Callable[[list[str]], bool]) -> None:
    assert not naive(["assert 46 == 0"])
    assert naive(["assert 46 == 46"])


def test_control_who_knows_the_seed_knows_the_inputs(arena: Arena, tmp_path: Path) -> None:
    """Prediction with the right seed gets full marks: so it is the seed that protects the hidden inputs."""
    (attack,) = (a for a in ATTACKS if a.name.startswith("predict"))
    notebook = arena.notebook(attack)
    notebook.cells[0].source += f"\nKNOWN = {answers_for(drawn_sizes(SEED))!r}"
    grade = arena.grade(notebook, tmp_path / "mallory.ipynb")
    assert isinstance(grade, Grade)
    assert grade.score == 8


def test_the_gallery_is_large_and_names_are_unique() -> None:
    assert len(ATTACKS) >= 80
    assert len({attack.name for attack in ATTACKS}) == len(ATTACKS)
    assert {attack.after for attack in ATTACKS} == {READ, FORGE, HURT, EXHAUST}


def test_the_table_in_the_documentation_is_up_to_date() -> None:
    assert table.PAGE.read_text("utf-8") == table.page(), "run: python tests/attacks/table.py"
