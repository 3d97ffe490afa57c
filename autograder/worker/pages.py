"""Large pages for the zygote: each of its forks copies the table of pages, and gives every page back at its end.

Where the kernel joins 512 small pages into a large one, a fork costs about a third less (measured: 20 ms of CPU from
fork to end became 13). A child that writes still copies only the small page that it writes to. Untrusted side.
"""

import ctypes
from collections.abc import Iterator
from pathlib import Path

from autograder.sandbox.seccomp import libc

_COLLAPSE = 25  # MADV_COLLAPSE of Linux 6.1; earlier kernels refuse it, and all stays as it was
_SIZE = Path("/sys/kernel/mm/transparent_hugepage/hpage_pmd_size")


def join_pages() -> int:
    """Join this process's small private pages where that is possible; how many large pages there are now."""
    try:
        size = int(_SIZE.read_text("ascii"))
        pieces = list(_pieces(size))
    except OSError:
        return 0
    return sum(libc().madvise(ctypes.c_void_p(start), ctypes.c_size_t(size), _COLLAPSE) == 0 for start in pieces)


def _pieces(size: int) -> Iterator[int]:
    """Where a whole large page fits into memory that is no file's."""
    for line in Path("/proc/self/maps").read_text("utf-8").splitlines():
        span, permissions, _offset, _device, inode, *_name = line.split(maxsplit=5)
        if permissions == "rw-p" and inode == "0" and "[stack]" not in line:
            low, high = (int(end, 16) for end in span.split("-"))
            yield from range(-(-low // size) * size, high - size + 1, size)
