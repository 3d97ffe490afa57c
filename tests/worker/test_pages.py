"""Small pages are joined into large ones, where the kernel can."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

CODE = """
from pathlib import Path
from autograder.worker.pages import join_pages

def large():
    return sum(int(l.split()[1]) for l in Path("/proc/self/smaps").read_text().splitlines() if "AnonHugePages" in l)

held = [bytes([n % 251]) * 4096 for n in range(8000)]
before = large()
joined = join_pages()
assert held == [bytes([n % 251]) * 4096 for n in range(8000)], "the memory itself must stay as it was"
print(joined, large() - before)
"""


def _kernel() -> tuple[int, ...]:
    return tuple(int(part) for part in Path("/proc/sys/kernel/osrelease").read_text().split("-")[0].split(".")[:2])


@pytest.mark.skipif(
    sys.platform != "linux" or _kernel() < (6, 1) or not Path("/sys/kernel/mm/transparent_hugepage").is_dir(),
    reason="only Linux 6.1 and later joins pages when asked",
)
def test_pages_are_joined_and_keep_what_is_in_them() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)
    joined, kilobytes = map(int, done.stdout.split())
    assert joined >= 10  # of 32 MB
    assert kilobytes >= 10 * 2048
