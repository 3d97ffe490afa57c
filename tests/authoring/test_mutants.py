"""``autograder verify --mutants``: slips put into right answers lose marks, or are recorded as right."""

from __future__ import annotations

import ast
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.authoring.mutants import gone_through, trial
from autograder.authoring.mutants.make import Mutant, mutants_of
from autograder.authoring.mutants.recorded import BadRecord, recorded
from autograder.authoring.mutants.rules import RULES
from autograder.authoring.mutants.trial import Bench, Trial, Tried, try_all
from autograder.commands.mutants import problems_of, verify_mutants
from autograder.course.assignment import load_assignment
from autograder.course.question import QuestionModule
from autograder.errors import UsageError

ASSIGNMENT = load_assignment("06-manual-weight-updates")


@pytest.fixture(scope="module")
def question() -> QuestionModule:
    return ASSIGNMENT.question("n_updates")


def made(rule: str, source: str) -> list[str]:
    """What a rule makes of a source."""
    tree = ast.parse(source)
    before = ast.unparse(tree)
    found = [ast.unparse(tree) for _ in RULES[rule](tree)]
    assert ast.unparse(tree) == before, "the rule did not put back what it changed"
    return found


LOOP = "def f(x):\n    for p in x:\n        a(p)\n        b(p)\n    return c(x)\n"
SLIPS = {
    "statement left out": (LOOP, "def f(x):\n    for p in x:\n        b(p)\n    return c(x)"),
    "moved in or out": (LOOP, "def f(x):\n    for p in x:\n        a(p)\n        b(p)\n        return c(x)"),
    "neighbours swapped": (LOOP, "def f(x):\n    for p in x:\n        b(p)\n        a(p)\n    return c(x)"),
    "printed, not returned": ("def f(x):\n    return x", "def f(x):\n    print(x)"),
    "call left out": ("def f(x):\n    return x.clone()", "def f(x):\n    return x"),
    "argument left out": ("def f(x):\n    return x.sum(dim=0)", "def f(x):\n    return x.sum()"),
    "arguments swapped": ("def f(x):\n    return g(x, 2)", "def f(x):\n    return g(2, x)"),
    "bound changed": ("def f(x):\n    return x < 2", "def f(x):\n    return x <= 2"),
    "other loss": (
        "def f(x, y):\n    return F.cross_entropy(x, y)",
        "def f(x, y):\n    return F.cross_entropy(torch.softmax(x, -1), y)",
    ),
    "device or dtype lost": ("def f(x):\n    return torch.zeros(3)", "def f(x):\n    return torch.FloatTensor(3)"),
    "layers confused": (
        "def f(m):\n    return isinstance(m, (A, B))",
        "def f(m):\n    return isinstance(m, (A,))",
    ),
    "set for a list": ("def f(x):\n    return [p for p in x]", "def f(x):\n    return {p for p in x}"),
    "state left behind": (
        "def f(x):\n    with torch.no_grad():\n        x.add_(1)",
        "def f(x):\n    torch.set_grad_enabled(False)\n    x.add_(1)",
    ),
    "memory kept": (
        "def f(x):\n    seen = []\n    return seen",
        "seen = []\n\ndef f(x):\n    global seen\n    return seen",
    ),
    "parameter ignored": ("def f(x, lr=0.1):\n    return lr", "def f(x, lr=0.1):\n    lr = 0.1\n    return lr"),
    "in place": ("def f(x):\n    return x.relu()", "def f(x):\n    return x.relu_()"),
    "argument changed": ("def f(x):\n    x = x - 1\n    return x", "def f(x):\n    x -= 1\n    return x"),
}


@pytest.mark.parametrize("rule", SLIPS)
def test_a_rule_makes_its_slip(rule: str) -> None:
    source, slip = SLIPS[rule]
    assert slip in made(rule, source)


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_puts_back_what_it_changed(rule: str) -> None:
    for answers in (ASSIGNMENT.question(name).answers for name in ("fit_line", "train_step")):
        for answer in (answers.reference, *answers.alternatives):
            made(rule, answer.source)


def test_a_constant_that_fits_the_visible_example_is_tried() -> None:
    mutants = [m for m in mutants_of(ASSIGNMENT.question("sgd_step")) if m.rule == "constant that fits"]
    assert any("lr = 0.0" in mutant.change for mutant in mutants)


def test_slips_lose_marks_and_get_the_name_of_their_kind(question: QuestionModule) -> None:
    bench = Bench(question, names=True)
    kept = "import math\ndef n_updates(n, batch, epochs, drop_last=False):\n    return "
    floors = bench.tried(Mutant("reference", "x", "ceil → floor", kept + "epochs * (n // batch)\n"))
    assert floors.killed
    assert floors.named is not None
    assert floors.named.name in {mistake.name for mistake in question.answers.mistakes}
    right = bench.tried(
        Mutant("reference", "x", "y", kept + "epochs * (n // batch if drop_last else -(-n // batch))\n")
    )
    assert not right.killed


def test_what_never_ends_is_stopped_and_counts_as_caught(
    question: QuestionModule, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trial, "LEAST_SECONDS", 0.05)
    tries = "try:\n            a = a\n        except Exception:\n            pass"
    loops = f"def n_updates(*a, **k):\n    while True:\n        {tries}\n"
    assert Bench(question, names=False).tried(Mutant("reference", "x", "y", loops)).killed


def test_a_child_that_a_mutant_ends_costs_that_mutant_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    good = next(mutants_of(ASSIGNMENT.question("n_updates")))
    ends = replace(good, change="ends", source="import os\ndef n_updates(*a, **k):\n    os._exit(0)\n")
    monkeypatch.setattr(trial, "mutants_of", lambda question: iter([good, ends, good]))
    [done] = try_all([(ASSIGNMENT.name, "n_updates")], 1, names=False)
    assert [one.mutant.change for one in done.tried] == [good.change, "ends", good.change]
    assert done.tried[1].failed == ("(ended the process)",)
    assert done.done


def test_survivors_need_a_reason_and_reasons_a_survivor(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    survivor = Tried(Mutant("reference", "number changed", "return 1 → return 2", ""), ())
    caught = Tried(Mutant("reference", "number changed", "return 3 → return 4", ""), ("test",))
    tried = Trial("a", "q", [survivor, caught], done=True)
    assert "survives (number changed): reference: return 1" in problems_of(tried, recorded(tmp_path / "a", "q"))[0]
    entry = '[[q]]\nbecause = "both are right"\nmutants = ["reference: return 1 → …"]\n'
    (tmp_path / "a" / "equivalents.toml").write_text(entry, "utf-8")
    assert problems_of(tried, recorded(tmp_path / "a", "q")) == []
    (tmp_path / "a" / "equivalents.toml").write_text(entry.replace("return 1", "return 3"), "utf-8")
    assert len(problems_of(tried, recorded(tmp_path / "a", "q"))) == 2
    (tmp_path / "a" / "equivalents.toml").write_text('[[q]]\nmutants = ["x"]\n', "utf-8")
    with pytest.raises(BadRecord, match="because"):
        recorded(tmp_path / "a", "q")


def test_a_question_of_the_bank_is_tight_and_is_not_gone_through_again(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(gone_through, "FILE", tmp_path / "gone_through.json")
    assert verify_mutants([f"{ASSIGNMENT.name}/n_updates"], None, jobs=1) == 0
    table = capsys.readouterr().out
    assert "| n_updates |" in table
    assert "every slip loses marks" in table
    assert verify_mutants([f"{ASSIGNMENT.name}/n_updates"], None, jobs=1, changed=True) == 0
    assert capsys.readouterr().out == "no question changed since its mutants were gone through\n"


def test_a_question_that_changed_or_was_not_tight_is_gone_through_again(tmp_path: Path) -> None:
    folder = tmp_path / "bank" / ASSIGNMENT.folder.name
    shutil.copytree(ASSIGNMENT.folder, folder)
    copy = replace(ASSIGNMENT, folder=folder)
    ids = [question.id for question in ASSIGNMENT.questions]

    def changed() -> list[str]:
        return [name for name in ids if gone_through.has_changed(copy, name)]

    assert {gone_through.has_changed(copy, name) for name in ids} == {None}
    gone_through.remember(copy, dict.fromkeys(ids, True))
    assert changed() == []
    gone_through.remember(copy, {"n_updates": False})
    assert changed() == ["n_updates"]
    gone_through.remember(copy, {"n_updates": True})
    for name in ("n_updates.py", "zero_grads_answers.py"):
        (folder / name).write_text((folder / name).read_text("utf-8") + "# changed\n", "utf-8")
    (folder / "equivalents.toml").write_text('[[fit_line]]\nbecause = "x"\nmutants = ["y"]\n', "utf-8")
    assert {"n_updates", "zero_grads", "fit_line"} <= set(changed())
    (folder.parent / "gone_through.json").write_text("<<<<<<<", "utf-8")
    with pytest.raises(UsageError, match="delete it"):
        changed()
