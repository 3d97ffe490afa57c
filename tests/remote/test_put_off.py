"""torch's compiler and SymPy are not imported by what does without them, and work when they are asked for."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import autograder

ROOT = Path(autograder.__file__).parents[1]
START = "import sys, torch\nfrom autograder.remote.put_off import put_off_compiler\nput_off_compiler()\n"
USES = """
torch.manual_seed(1)
x = torch.ones(3, requires_grad=True)
for kind in (torch.optim.SGD, torch.optim.Adam, torch.optim.AdamW, torch.optim.RMSprop):
    optimizer = kind([x], lr=0.1)
    optimizer.zero_grad()
    (x * x).sum().backward()
    optimizer.step()
    optimizer.load_state_dict(optimizer.state_dict())
schedule = torch.optim.lr_scheduler.StepLR(optimizer, 1)
optimizer.step()
schedule.step()
assert torch.func.grad(lambda x: (x * x).sum())(torch.ones(2)).tolist() == [2.0, 2.0]
assert torch.func.jacrev(torch.square)(torch.ones(2)).tolist() == [[2.0, 0.0], [0.0, 2.0]]
assert "torch._dynamo.convert_frame" not in sys.modules, "the compiler was imported"
"""
ASKS = (
    "import torch._dynamo.config as config\nassert config.verbose is False",
    "from torch._dynamo import optimize\nassert callable(optimize)",
    "from torch._dynamo.utils import counters\nimport torch._dynamo.utils as again\nassert again.counters is counters\n"
    "from torch._dynamo import output_graph\nassert output_graph.counters is counters, 'it was run twice'",
    "torch._dynamo.reset()",
    "import torch._dynamo.compiled_autograd as c\nassert c.compiled_autograd_enabled is False",
    "assert torch._dynamo.compiled_autograd.compiled_autograd_enabled is False",
    "assert torch.compile(lambda x: x + 1, backend='eager')(torch.ones(2)).tolist() == [2.0, 2.0]",
    "import torch._dynamo\nassert torch._dynamo.config is sys.modules['torch._dynamo.config']",
    "assert torch.func.vmap(lambda x: x * 2)(torch.ones(2)).tolist() == [2.0, 2.0]",
)


SHAPES = """
from autograder.remote.put_off_shapes import put_off_shapes
put_off_shapes()
from torch import nn
x = torch.ones(4, 3, device="meta")
labels = torch.zeros(4, dtype=torch.int64, device="meta")
model = nn.Sequential(nn.Linear(3, 4), nn.GELU(), nn.BatchNorm1d(4), nn.Linear(4, 3)).to("meta")
loss = nn.functional.cross_entropy(model(x), labels) + nn.functional.mse_loss(x, 2 * x)
assert loss.shape == () and x[labels].shape == (4, 3) and torch.cat([x, x]).reshape(2, -1).shape == (2, 12)
assert torch.einsum("ij,kj->ik", x, x).shape == (4, 4) and x.sum(0, keepdim=True).expand(5, 3).shape == (5, 3)
image, kernel = torch.ones(1, 1, 4, 4, device="meta"), torch.ones(1, 1, 3, 3, device="meta")
assert nn.functional.conv2d(image, kernel).shape == (1, 1, 2, 2)
for wrong in (lambda: x @ x, lambda: x + torch.ones(2, device="meta"), lambda: x.reshape(5)):
    try:
        wrong()
    except RuntimeError:
        pass
    else:
        raise AssertionError("shapes that do not fit are an error as ever")
assert "sympy.core" not in sys.modules, "SymPy was imported"
"""
ASKS_SHAPES = (
    "import sympy\nx = sympy.symbols('x')\nassert sympy.diff(x**2, x) == 2 * x and isinstance(x, sympy.Basic)",
    "import sympy\nassert issubclass(sympy.Symbol, sympy.Basic) and sympy.__version__[0].isdigit()",
    "from sympy import *\nassert str(symbols('x') ** 2) == 'x**2'",
    "import sympy.core.basic\nassert sympy.core.basic.Basic is sympy.Basic",
    "import torch.fx.experimental.symbolic_shapes as s\nassert s.ShapeEnv().var_to_range is not None",
    "from torch.fx.experimental.symbolic_shapes import guard_or_false, SymTypes\nassert guard_or_false(True) is True",
    "assert torch.compile(lambda x: x + 1, backend='eager', dynamic=True)(torch.ones(2)).tolist() == [2.0, 2.0]",
    "e = torch.export.export(nn.Linear(3, 2), (torch.ones(4, 3),), dynamic_shapes=[{0: torch.export.Dim('n')}])\n"
    "assert e.module()(torch.ones(7, 3)).shape == (7, 2)",
)
ALIKE = """
import warnings
from autograder.remote.put_off_shapes import _Shapes
import torch.fx.experimental.symbolic_shapes as real
plain = _Shapes("plain")
names = [name for name, value in vars(_Shapes).items() if isinstance(value, staticmethod)]
assert len(names) == 12, names
warnings.simplefilter("ignore", FutureWarning)  # of guard_size_oblivious
told = (True, False, 0, 3, 2.5, (1, 2), [1, 2], (2, 1), torch.Size([1, 2]), ())


def answer(function, values):
    try:
        return function(*values)
    except Exception as problem:
        return type(problem)


for name in names:
    for values in [(a,) for a in told] + [(a, b) for a in told for b in told]:
        ours, theirs = (answer(getattr(module, name), values) for module in (plain, real))
        assert (ours, type(ours)) == (theirs, type(theirs)), (name, values, ours, theirs)
"""


def run(source: str) -> None:
    done = subprocess.run([sys.executable, "-c", START + source], capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr


def test_optimizers_seeds_and_schedules_do_without_the_compiler() -> None:
    run(USES)


def test_whoever_asks_for_the_compiler_gets_it() -> None:
    run(USES + each_in_a_fork(ASKS))


def test_what_computes_without_values_does_without_sympy_and_whoever_asks_for_it_gets_it() -> None:
    run(SHAPES + each_in_a_fork(ASKS_SHAPES))


def test_plain_numbers_are_answered_as_by_the_module_itself() -> None:
    run(ALIKE)


def each_in_a_fork(sources: Sequence[str]) -> str:
    """Code that runs each of ``sources`` where the others have asked for nothing yet."""
    return f"""
import os
for source in {sources!r}:
    pid = os.fork()
    if pid == 0:
        exec(source)
        sys.stderr.flush()
        os._exit(0)
    assert os.waitpid(pid, 0)[1] == 0, source
"""
