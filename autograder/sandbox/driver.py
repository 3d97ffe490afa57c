"""What NVIDIA's driver does when CUDA starts, done without it: which of that a confined process is refused.

Since driver 570 ``cuInit`` writes the names of its threads into ``/proc/<pid>/task/<tid>/comm`` and takes a refusal for
fatal (error 304); it reads its folders in /proc, opens its devices and makes memory behind a descriptor. A machine
without a GPU can try all but the devices. Imports only the standard library; it runs on the untrusted side too.
"""

from __future__ import annotations

import ctypes
import glob
import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

FOLDERS = ("/proc/driver/nvidia", "/proc/driver/nvidia-uvm", "/proc/driver/nvidia-caps")
# Display and its modes are no part of computing.
_NOT_NEEDED = ("/dev/nvidia-modeset",)


@dataclass(frozen=True)
class Step:
    """One thing that CUDA needs, whether it was had, and what was said."""

    name: str
    ok: bool
    detail: str


def devices() -> list[str]:
    """The driver's devices on this machine, folders of them included."""
    return sorted(path for path in glob.glob("/dev/nvidia*") if path not in _NOT_NEEDED)


def has_gpu() -> bool:
    """Whether the driver shows a GPU here; nothing is opened."""
    return bool(glob.glob("/dev/nvidia[0-9]*"))


def attempt(name: str, action: Callable[[], str]) -> Step:
    """Do one thing and tell how it went."""
    try:
        return Step(name, True, action())
    except Exception as refused:
        return Step(name, False, f"{type(refused).__name__}: {refused}"[:300])


def driver_steps() -> Iterator[Step]:
    """What the driver does, in its order."""
    yield attempt("name a thread of its own", _name_a_thread)
    yield attempt("make memory behind a descriptor", _memory_behind_a_descriptor)
    for folder in FOLDERS:
        if os.path.isdir(folder):
            yield attempt(f"read {folder}", lambda folder=folder: f"{len(os.listdir(folder))} entries")  # type: ignore[misc]
    for device in devices():
        if not os.path.isdir(device):
            yield attempt(f"open {device}", lambda device=device: _open(device))  # type: ignore[misc]


def _name_a_thread() -> str:
    """As glibc's pthread_setname_np names another thread: by its file, opened to read and write."""
    ready, done = threading.Event(), threading.Event()
    numbers: list[int] = []

    def work() -> None:
        numbers.append(threading.get_native_id())
        ready.set()
        done.wait()

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    try:
        ready.wait()
        path = f"/proc/{os.getpid()}/task/{numbers[0]}/comm"
        descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
        try:
            os.write(descriptor, b"cuda-names-this")
        finally:
            os.close(descriptor)
        with open(path, encoding="utf-8") as file:
            said = file.read().strip()
    finally:
        done.set()
        thread.join()
    if said != "cuda-names-this":
        raise OSError(f"it is called {said!r} still")
    return "written and read back"


def _memory_behind_a_descriptor() -> str:
    descriptor = os.memfd_create("driver", os.MFD_CLOEXEC)
    try:
        os.ftruncate(descriptor, 1 << 20)
    finally:
        os.close(descriptor)
    return "1 MiB"


def _open(path: str) -> str:
    os.close(os.open(path, os.O_RDWR | os.O_CLOEXEC))
    return "opened"


def driver_version() -> str:
    """What the driver says that it can do, such as "CUDA 13.0"; raises where there is none."""
    version = ctypes.c_int()
    ctypes.CDLL("libcuda.so.1").cuDriverGetVersion(ctypes.byref(version))
    return f"CUDA {version.value // 1000}.{version.value % 1000 // 10}"
