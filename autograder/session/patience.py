"""How long a notebook's cells and calls may take, and what is not run a second time because it hung once."""

from __future__ import annotations

from dataclasses import dataclass, replace

from autograder.cells.statements import NO_STATEMENT
from autograder.results import CellRun
from autograder.sandbox.limits import PATIENCE
from autograder.submission.notebook import Cell, Role

# After the second cell or call that hangs, the next ones get a third of the time: honest answers of the bank take less
# than a tenth of their limit, and without this a notebook of eight that hang would hold up a class for minutes.
HANGS, SHARE = 2, 1 / 3


@dataclass(frozen=True)
class Limits:
    """Limits in seconds of computing, so that what else the machine does costs no marks.

    By the clock everything may take ``patience`` times as long, for code that sleeps or waits. ``notebook`` is for all
    cells of one fork: when it is spent, cells that hold no answer only define things. ``total`` is for everything that
    one submission does, without which calls that each stay just below their limit would hold up the class. ``grace``
    is what code may overrun that evades the inner clock.
    """

    cell: float = 20.0
    notebook: float = 240.0
    grace: float = 2.0
    restarts: int = 12
    total: float = 900.0
    patience: float = PATIENCE


@dataclass(frozen=True)
class Plan:
    """How a cell is to be run.

    Args:
        seconds: its limit.
        leave_out: a statement that is not run, or ``NO_STATEMENT``; None for none.
        told: what is reported of it instead of this run, if it is not run whole.
    """

    seconds: float
    leave_out: int | None = None
    told: CellRun | None = None


class Patience:
    """What hung before in this notebook, through all its forks, and what that leaves to the rest."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._stopped: dict[int, Plan] = {}
        self._overruns = 0
        self._hung = 0
        self.left_out: dict[int, CellRun] = {}  # cells of which not even the definitions can be run

    def plan(self, cell: Cell, spent: float) -> Plan:
        """How to run ``cell`` after ``spent`` seconds of computing in this fork."""
        scratch = cell.role is Role.STUDENT and not cell.answers
        seconds = self._limits.cell * (SHARE if scratch and self._overruns >= HANGS else 1.0)
        if cell.index in self._stopped:
            return replace(self._stopped[cell.index], seconds=seconds)
        if scratch and spent > self._limits.notebook:
            note = "left out but for its definitions: the time for the whole notebook was over"
            return Plan(seconds, NO_STATEMENT, CellRun(cell.index, (), None, "skipped", note=note))
        return Plan(seconds)

    def take(self, plan: Plan, run: CellRun, stopped_at: int | None, *, lives: bool) -> CellRun:
        """What is to be told of a cell that ran as planned.

        Args:
            stopped_at: the statement at which it was stopped for its time, if its worker could tell.
            lives: whether the process goes on.
        """
        told = run if plan.told is None else replace(plan.told, seconds=run.seconds)
        if plan.told is None:
            self._overruns += run.ended in ("timeout", "died")
        if not lives and plan.leave_out == NO_STATEMENT:  # what it defines is enough to end the process
            self.left_out[run.index] = told
        elif not lives:
            self._stopped[run.index] = Plan(0.0, NO_STATEMENT, told)
        elif plan.told is None and run.ended == "timeout":
            self._stopped[run.index] = Plan(0.0, NO_STATEMENT if stopped_at is None else stopped_at, told)
        return told

    def hung(self) -> bool:
        """Count a call that hung; whether from now on the others get a smaller share."""
        self._hung += 1
        return self._hung == HANGS

    @property
    def share(self) -> float:
        """Of its limit that a call has now."""
        return SHARE if self._hung >= HANGS else 1.0
