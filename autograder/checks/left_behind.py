"""What a function leaves behind: autograd as it was, and every layer of the model in the mode in which it came."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import nn

from autograder.checks.closeness import assert_true
from autograder.checks.failed import Wanted
from autograder.remote.proxy import Remote, Student, transfer


def assert_leaves_state(
    student: Student, function: Remote, model: Remote, *args: Any, in_eval_mode: bool = False
) -> None:
    """Fail if ``function(model, *args)`` switches autograd off for good, or leaves the model in another mode.

    Args:
        in_eval_mode: ask with the model in eval mode, not in train mode.
    """
    on, mode = transfer(student, _left)(function, model.eval() if in_eval_mode else model, *args)
    words = "afterwards no gradients are recorded any more, in the whole notebook"
    assert_true(on, words, actual="autograd is off", expected=Wanted("autograd on, as before"))
    words = "afterwards the model is in another mode"
    assert_true(mode, words, actual="another mode", expected=Wanted("train() or eval(), as it came"))


def assert_autograd_stays_on(student: Student, function: Remote, *args: Any) -> None:
    """Fail if ``function(*args)`` switches autograd off for good."""
    words = "afterwards no gradients are recorded any more, in the whole notebook"
    on = transfer(student, _on_after)(function, *args)
    assert_true(on, words, actual="autograd is off", expected=Wanted("autograd on, as before"))


def _on_after(function: Callable[..., Any], *args: Any) -> bool:
    """Whether autograd is on after the call; one request, for the next starts afresh."""
    with torch.enable_grad():
        function(*args)
        return torch.is_grad_enabled()


def _left(function: Callable[..., Any], model: nn.Module, *args: Any) -> tuple[bool, bool]:
    """Whether autograd is on after the call, and every layer in its mode; one request, for the next starts afresh."""
    before = [module.training for module in model.modules()]
    with torch.enable_grad():
        function(model, *args)
        on = torch.is_grad_enabled()
    return on, before == [module.training for module in model.modules()]
