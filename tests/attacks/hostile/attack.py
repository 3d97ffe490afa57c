"""One attack: what it is after, its code, the verdict it must get, what stops it, and its control."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from autograder.sandbox.layers import LAYERS

READ, FORGE, HURT, EXHAUST = "read secrets", "forge a score", "hurt the host", "exhaust"
QUESTIONS = ("count_linear", "count_mlp", "linear")
ALL_OFF = LAYERS

SECRET_TEXT = "the-secret-of-the-course"  # in a file that no submission may read

# Below an attack that is after something: what became of it, on one line.
WRAPPER = """
try:
    _loot = attack()
except BaseException as _problem:
    print('DENIED', type(_problem).__name__, str(_problem)[:80])
else:
    print('GOT ' + repr(_loot)[:80] if _loot else 'NOTHING')
"""

# The four things that an attack finds at hand: none of them is secret.
GIVEN = ("SECRET", "ANSWERS", "DATASETS", "SOCKETS")


@dataclass(frozen=True)
class LayersOff:
    """The control: with these layers left out the same code, in the same worker, gets what it is after."""

    layers: tuple[str, ...] = ALL_OFF

    @property
    def words(self) -> str:
        """For the table."""
        return (
            "succeeds without any layer" if self.layers == ALL_OFF else f"succeeds without {' and '.join(self.layers)}"
        )


@dataclass(frozen=True)
class Naive:
    """The control: a grader in the student's own process is fooled.

    ``before`` is what such a grader has done when the student's code runs, ``after`` how it judges.
    """

    after: str
    before: str = ""

    @property
    def words(self) -> str:
        """For the table."""
        return "fools a grader in the same process"


@dataclass(frozen=True)
class NoControl:
    """Why the attack is not let loose."""

    reason: str

    @property
    def words(self) -> str:
        """For the table."""
        return f"none: {self.reason}"


@dataclass(frozen=True)
class Attack:
    """A notebook with one hostile cell.

    ``code`` either defines ``attack()``, which answers with loot and must not get any, or changes how the
    ``answers`` are graded, and must not.

    Args:
        answers: of the questions that are not answered rightly.
        outcomes: what the questions get that are not correct.
        most: the highest score of all that it may get.
        flag: a word that one of the flags must have; "" for none asked.
        ends: how the cell must end; "" for any way.
        keep: words that some output must have, so that the attack is known to have run.
        says: a word that a message must have.
        leaves: words that must stand in nothing that is stored or shown.
        last: the cell stands behind the answers.
        total: seconds that the submission may take in all; 0 for the usual.
        needs: a layer without which this attack alone is not held, as docs/security.md says.
    """

    name: str
    after: str
    code: str
    defence: str
    control: LayersOff | Naive | NoControl
    answers: Mapping[str, str] = field(default_factory=dict)
    outcomes: Mapping[str, str] = field(default_factory=dict)
    most: float = 8.0
    flag: str = ""
    ends: str = ""
    keep: str = ""
    says: str = ""
    leaves: tuple[str, ...] = ()
    last: bool = False
    total: float = 0.0
    needs: str = ""

    @property
    def loots(self) -> bool:
        """Whether it is after something that it can hold in its hands."""
        return "def attack(" in self.code


def everywhere(expression: str) -> dict[str, str]:
    """The same answer to every question."""
    return {name: f"def {name}(*args, **kwargs):\n    return {expression}" for name in QUESTIONS}


def call(number: str, *arguments: str) -> str:
    """Code of an attack that makes one system call by hand; it got through if the kernel did not refuse."""
    passed = ", ".join(f"ctypes.c_long({argument})" for argument in arguments)
    return (
        "import ctypes, errno, os\n"
        "libc = ctypes.CDLL(None, use_errno=True)\n"
        "def attack():\n"
        f"    answer = libc.syscall(ctypes.c_long({number}), {passed})\n"
        "    refused = answer < 0 and ctypes.get_errno() in (errno.EPERM, errno.EACCES, errno.ENOSYS)\n"
        "    return None if refused else f'{answer} {ctypes.get_errno()}'\n"
    )
