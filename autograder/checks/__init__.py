"""The vocabulary of a grading test: what is compared, and how a difference is told."""

from autograder.checks.closeness import (
    assert_at_least,
    assert_at_most,
    assert_close,
    assert_equal,
    assert_true,
    assert_type,
)
from autograder.checks.devices import assert_follows_device
from autograder.checks.failed import CheckFailed, Wanted
from autograder.checks.gradients import assert_moved_by_gradient, assert_unchanged
from autograder.checks.left_behind import assert_leaves_state
from autograder.checks.refusal import assert_refuses
from autograder.checks.tolerances import Tolerance, tolerance_for
from autograder.checks.training import assert_losses_close

__all__ = [
    "CheckFailed",
    "Tolerance",
    "Wanted",
    "assert_at_least",
    "assert_at_most",
    "assert_close",
    "assert_equal",
    "assert_follows_device",
    "assert_leaves_state",
    "assert_losses_close",
    "assert_moved_by_gradient",
    "assert_refuses",
    "assert_true",
    "assert_type",
    "assert_unchanged",
    "tolerance_for",
]
