"""The profile ``course``: hostile cells get nothing, and in a plain process the same code does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hostile.attack import SECRET_TEXT, WRAPPER
from hostile.course import COURSE_ATTACKS, CourseAttack
from nbformat.v4 import new_code_cell, new_notebook

from autograder.integrations.nbgrader.allowed import Allowed, course_policy, environment_for, module_path
from autograder.integrations.nbgrader.confined_kernel import ConfinedKernel
from autograder.integrations.nbgrader.course_notebook import ExecuteConfined
from autograder.integrations.nbgrader.work_folder import bring_back, lay_out
from autograder.sandbox.policy import Policy
from autograder.session.kernels import Kernels, started_kernels
from autograder.session.slots import MOST

pytestmark = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="submissions are confined on Linux only")
SLOT = MOST - 4
TOKEN = "AUTOGRADER_ATTACKS_TOKEN"


@dataclass(frozen=True)
class Range:
    """A course that is attacked, and kernels for it."""

    root: Path
    kernels: Kernels
    given: str

    @property
    def beside(self) -> Path:
        """Where the attacker's notebook is graded."""
        return self.root / "autograded" / "mallory" / "ps1"

    def run(self, *sources: str, timeout: int = 60) -> Any:
        """The cells with their outputs, and what came back beside them."""
        node = new_notebook(cells=[new_code_cell(source) for source in sources])
        forks: list[Any] = []

        def begin() -> ConfinedKernel:
            fork = self.kernels.fork(str(self.beside), SLOT)
            forks.append((fork, lay_out(self.beside, self.root / "submitted" / "mallory" / "ps1", fork.files)))
            return ConfinedKernel(self.kernels, fork, environment_for(ALLOWED, "", ()))

        executing = ExecuteConfined(timeout=timeout)
        flags = executing.run_confined(node, {"metadata": {"path": str(self.beside)}}, begin)
        flags += bring_back(forks[-1][1], forks[-1][0].folder, self.beside)
        for fork, _laid_out in forks:
            self.kernels.end(fork)
            fork.release()
        return node.cells, flags


ALLOWED = Allowed((), (), 512 << 20, 64 << 20)


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory, sockets: dict[str, Any]) -> Iterator[Range]:
    root = tmp_path_factory.mktemp("attacked")
    for name, text in (
        ("source/ps1/ps1.ipynb", SECRET_TEXT),
        ("submitted/eve/ps1/ps1.ipynb", "hers"),
        ("submitted/mallory/ps1/ps1.ipynb", "{}"),
        ("autograded/mallory/ps1/ps1.ipynb", "the-hidden-test"),
        ("gradebook.db", "marks"),
    ):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    for folder in (root.parent, root):
        folder.chmod(0o755)
    (root / "gradebook.db").chmod(0o666)
    given = {
        "SECRET": str(root / "source/ps1/ps1.ipynb"), "OTHER": str(root / "submitted/eve/ps1/ps1.ipynb"),
        "GRADEBOOK": str(root / "gradebook.db"), "OWN": str(root / "autograded/mallory/ps1/ps1.ipynb"),
        "LEFT": f"/tmp/autograder-course-attack-{os.getpid()}", "TOKEN": TOKEN, "SOCKETS": sockets,
        "OUTSIDE": os.getpid(),
    }  # fmt: skip
    hidden = [str(root / name) for name in ("source", "submitted", "gradebook.db")]
    policy = course_policy(ALLOWED, hidden, str(root / "autograded"))
    os.environ[TOKEN] = "abc"
    kernels = started_kernels(policy, [], module_path(hidden), str(root / "autograded/mallory/ps1"), SLOT)
    with closing(kernels):
        yield Range(root, kernels, "".join(f"{name} = {value!r}\n" for name, value in given.items()))
    del os.environ[TOKEN]


@pytest.fixture(scope="module")
def said(attacked: Range) -> dict[str, str]:
    """What each attack said, all in one kernel; the last ones are those that use something up."""
    cells, _flags = attacked.run(*(attacked.given + attack.code + WRAPPER for attack in COURSE_ATTACKS))
    return {attack.name: json.dumps(list(cell.outputs)) for attack, cell in zip(COURSE_ATTACKS, cells, strict=True)}


@pytest.mark.parametrize("attack", COURSE_ATTACKS, ids=lambda attack: attack.name)
def test_gets_nothing(attack: CourseAttack, said: dict[str, str]) -> None:
    assert "GOT" not in said[attack.name]
    ran = ("DENIED", "NOTHING", *(("Kernel died",) if "bomb" in attack.name else ()))  # a bomb may end the kernel too
    assert any(word in said[attack.name] for word in ran), "it did not run"


def test_leaves_nothing(attacked: Range, said: dict[str, str]) -> None:
    assert not Path(f"/tmp/autograder-course-attack-{os.getpid()}").exists()
    user = Policy.first_uid + SLOT
    left = [name for name in os.listdir("/proc") if name.isdigit() and _owner(name) == user]
    assert not left
    assert (attacked.root / "gradebook.db").read_text() == "marks"
    assert (attacked.root / "source/ps1/ps1.ipynb").read_text() == SECRET_TEXT


def _owner(name: str) -> int:
    try:
        return os.stat(f"/proc/{name}").st_uid
    except OSError:
        return -1


@pytest.mark.parametrize("attack", [a for a in COURSE_ATTACKS if a.control is True], ids=lambda attack: attack.name)
def test_control_gets_it_in_a_plain_process(attack: CourseAttack, attacked: Range) -> None:
    code = attacked.given + attack.code + WRAPPER + "\nimport os\nif os.path.exists(LEFT): os.remove(LEFT)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    (attacked.root / "gradebook.db").write_text("marks")
    assert done.stdout.startswith("GOT"), done.stdout + done.stderr


def test_what_several_processes_hold_together_is_bounded(attacked: Range) -> None:
    """Each is below the limit; together they are not: the kernel is ended, and the next cell has a fresh one."""
    hog = (
        "import os, time\nfor _ in range(4):\n    if os.fork() == 0:\n"
        "        x = b'x' * (200 << 20); time.sleep(30); os._exit(0)\ntime.sleep(20)"
    )
    cells, flags = attacked.run(hog, "print('alive')")
    assert cells[0].outputs[-1].ename == "DeadKernelError"
    assert "alive" in cells[1].outputs[0].text
    assert flags == ["cell 1 ended the kernel or could not be stopped"]


def test_what_comes_back_is_files_of_its_own(attacked: Range) -> None:
    """No link is followed, no notebook is replaced, nothing but its folder is written."""
    source = (
        "import os\nopen('kept.txt', 'w').write('x')\nos.symlink('/etc/passwd', 'link.txt')\n"
        "open('ps1.ipynb', 'w').write('mine')\nopen('ps2.ipynb', 'w').write('mine')\nos.mkfifo('pipe')\n"
        "os.symlink('/', 'top')\nopen('../beside.txt', 'w').write('x');"
    )
    cells, _flags = attacked.run(source)
    assert not cells[0].outputs, cells[0].outputs
    names = {path.name for path in attacked.root.glob("autograded/**/*") if path.is_file() or path.is_symlink()}
    assert names == {"ps1.ipynb", "kept.txt"}
    assert attacked.beside.joinpath("ps1.ipynb").read_text() == "the-hidden-test"


def test_a_flood_of_outputs_is_cut_and_an_error_is_not(attacked: Range) -> None:
    """What fills the grader's memory is dropped; what decides a mark is there."""
    flood = "import sys\nfor _ in range(150):\n    print('x' * 100_000)\nprint('no', file=sys.stderr)\nraise ValueError"
    cells, _flags = attacked.run(flood)
    kinds = {output.get("name") or output.output_type for output in cells[0].outputs}
    assert kinds == {"stdout", "stderr", "error"}
    assert len(nbformat.writes(new_notebook(cells=cells))) < 10 << 20


def test_code_that_cannot_be_stopped_costs_its_cell_alone(attacked: Range) -> None:
    """A cell that ends the kernel, and one that takes no interrupt: the others go on with what was defined above."""
    stubborn = "import signal, time\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\ntime.sleep(60)"
    cells, flags = attacked.run("x = 1; exit()", "import os; os._exit(3)", "print(x)", stubborn, "print(x)", timeout=3)
    assert cells[1].outputs[-1].ename == "DeadKernelError"
    assert cells[3].outputs[-1].ename == "CellTimeoutError"
    assert "1" in cells[2].outputs[0].text
    assert "1" in cells[4].outputs[0].text
    assert len(flags) == 2
