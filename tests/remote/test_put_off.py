"""torch's compiler is not imported by what only says that it is not to be compiled, and works when it is asked for."""

from __future__ import annotations

import subprocess
import sys
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
    "from torch._dynamo.utils import counters\nimport torch._dynamo.utils as again\nassert again.counters is counters",
    "torch._dynamo.reset()",
    "import torch._dynamo.compiled_autograd as c\nassert c.compiled_autograd_enabled is False",
    "assert torch._dynamo.compiled_autograd.compiled_autograd_enabled is False",
    "assert torch.compile(lambda x: x + 1, backend='eager')(torch.ones(2)).tolist() == [2.0, 2.0]",
    "import torch._dynamo\nassert torch._dynamo.config is sys.modules['torch._dynamo.config']",
    "assert torch.func.vmap(lambda x: x * 2)(torch.ones(2)).tolist() == [2.0, 2.0]",
)


def run(source: str) -> None:
    done = subprocess.run([sys.executable, "-c", START + source], capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr


def test_optimizers_seeds_and_schedules_do_without_the_compiler() -> None:
    run(USES)


def test_whoever_asks_for_the_compiler_gets_it() -> None:
    """Each in a fork, so that the ones before it have asked for nothing."""
    each = f"""
import os
for source in {ASKS!r}:
    pid = os.fork()
    if pid == 0:
        exec(source)
        sys.stderr.flush()
        os._exit(0)
    assert os.waitpid(pid, 0)[1] == 0, source
"""
    run(USES + each)
