"""What a class's start and a submission's fork cost: this build beside another one, in turns, in one run.

``python benchmarks/forks.py OTHER [ROUNDS]`` measures this checkout and the one in OTHER with the same Python.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from pathlib import Path

ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 3
FORKS = 15
HERE = Path(__file__).resolve().parents[1]

# Runs in each checkout: prints the numbers of one start.
MEASURE = """
import json, os, sys, tempfile, time
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from autograder.course.layout import Course
from autograder.grader.policy import sandbox_policy
from autograder.session.supervisor import Zygote

def cpu(pid):
    used = 0.0
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            fields = open(f"/proc/{name}/stat").read().rpartition(")")[2].split()
        except OSError:
            continue
        if int(name) == pid or int(fields[1]) == pid:
            used += sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    return used

def cell(sandbox, source):
    reply = sandbox.channel.ask({"op": "cell", "source": source, "seconds": 20.0, "wall": 60.0}, 90)
    return json.loads(reply["outputs"])[0]["text"]

BACKWARD = '''
import time
start = time.perf_counter()
torch.ones(3, requires_grad=True).sum().backward()
first = time.perf_counter() - start
start = time.perf_counter()
model = nn.Linear(3, 1)
optimizer = torch.optim.Adam(model.parameters())
model(torch.ones(2, 3)).sum().backward()
optimizer.step()
print(first, time.perf_counter() - start)
'''
root = Path(tempfile.mkdtemp())
(root / ".autograder").mkdir()
started = time.monotonic()
with Zygote(sandbox_policy(Course(root), "cpu")) as zygote:
    found = {"start, wall s": [time.monotonic() - started], "start, CPU s": [cpu(zygote._process.pid)]}
    for number in range(int(sys.argv[2])):
        before = time.monotonic()
        sandbox = zygote.spawn()
        sandbox.channel.ask({"op": "hello"}, 30)
        found.setdefault("fork until ready, ms", []).append(1e3 * (time.monotonic() - before))
        if number % 3 == 0:
            first, step = map(float, cell(sandbox, BACKWARD).split())
            found.setdefault("first backward of a fork, ms", []).append(1e3 * first)
            found.setdefault("first step of Adam, ms", []).append(1e3 * step)
            zygote.end(sandbox)
        else:
            ending = zygote.end(sandbox)
            found.setdefault("empty fork, CPU ms", []).append(1e3 * ending.cpu_seconds)
            found.setdefault("peak memory of a fork, MiB", []).append(ending.max_rss / 2**20)
print(json.dumps(found))
"""


def measure(checkout: Path) -> dict[str, list[float]]:
    """The numbers of one start in ``checkout``."""
    command = [sys.executable, "-c", MEASURE, str(checkout), str(FORKS)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd="/")
    numbers: dict[str, list[float]] = json.loads(done.stdout)
    return numbers


def main(other: Path) -> None:
    """Measure both checkouts in turns and print the medians."""
    sides: dict[Path, dict[str, list[float]]] = {HERE: {}, other: {}}
    for _ in range(ROUNDS):
        for checkout, found in sides.items():
            for name, numbers in measure(checkout).items():
                found.setdefault(name, []).extend(numbers)
    print(f"| median of {ROUNDS} starts | other | this | ratio |\n| --- | ---: | ---: | ---: |")
    for name, mine in sides[HERE].items():
        this, that = statistics.median(mine), statistics.median(sides[other][name])
        print(f"| {name} | {that:.2f} | {this:.2f} | {this / that:.2f} |")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
