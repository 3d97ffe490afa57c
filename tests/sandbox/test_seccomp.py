"""The filter: what it answers on both architectures, and what the kernel then does."""

import errno
import os
import re
import signal
import socket
import struct
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.sandbox import limits, seccomp
from autograder.sandbox.namespaces import in_child

ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
ALLOW, KILL, ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
PID = 4242
LISTS = (seccomp.ALLOWED, seccomp.CHECKED, seccomp.FAKED, seccomp.UNSUPPORTED, seccomp.CUDA_ONLY, seccomp.REFUSED)

linux_only = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="seccomp is missing on this system")


def run(code: bytes, machine: str, number: int, *arguments: int) -> int:
    """What the kernel's interpreter answers for one call: the few instructions that the filter uses."""
    data = struct.pack("=iIQ6Q", number - (1 << 32) if number >= 1 << 31 else number, ARCHITECTURES[machine], 0,
                       *arguments, *([0] * (6 - len(arguments))))  # fmt: skip
    place, held = 0, 0
    while True:
        operation, if_true, if_false, operand = struct.unpack_from("=HBBI", code, 8 * place)
        place += 1
        match operation:
            case 0x20:
                (held,) = struct.unpack_from("=I", data, operand)
            case 0x54:
                held &= operand
            case 0x15:
                place += if_true if held == operand else if_false
            case 0x35:
                place += if_true if held >= operand else if_false
            case 0x05:
                place += operand
            case 0x06:
                return int(operand)


@pytest.fixture(params=ARCHITECTURES)
def machine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def code(machine: str, cuda: bool = False) -> bytes:
    return seccomp.assemble(machine, cuda).for_process(PID)


def number(machine: str, name: str) -> int:
    return seccomp.parse(" ".join(LISTS), machine)[name]


def test_every_list_is_answered_as_it_says(machine: str) -> None:
    program = code(machine)
    answers = {
        seccomp.ALLOWED: ALLOW, seccomp.FAKED: ERRNO, seccomp.UNSUPPORTED: ERRNO | errno.EOPNOTSUPP,
    }  # fmt: skip
    for table, answer in answers.items():
        for call in seccomp.parse(table, machine).values():
            assert run(program, machine, call) == answer
    for call in seccomp.parse(f"{seccomp.REFUSED} {seccomp.CUDA_ONLY}", machine).values():
        assert run(program, machine, call) == ERRNO | (errno.EPERM if call < seccomp.FIRST_SHARED else errno.ENOSYS)


def test_a_number_in_no_list_is_refused(machine: str) -> None:
    program = code(machine)
    listed = set(seccomp.parse(" ".join(LISTS), machine).values())
    for call in set(range(600)) - listed:
        assert run(program, machine, call) == ERRNO | (errno.EPERM if call < seccomp.FIRST_SHARED else errno.ENOSYS)


def test_other_abis_are_killed(machine: str) -> None:
    other = next(name for name in ARCHITECTURES if name != machine)
    assert run(code(machine), other, 0) == KILL
    assert run(code(machine), machine, 0x40000000 + 1) == KILL  # x32's write
    assert run(code(machine), machine, 0xFFFFFFFF) == KILL


@pytest.mark.parametrize(
    ("name", "arguments", "allowed"),
    [
        ("clone", (0x3D0F00,), True),  # as a thread is made
        ("clone", (0x01200011,), False),  # as fork is
        ("clone", (0x3D0F00 | 0x10000000,), False),  # a thread in a new user namespace
        ("kill", (PID, 9), True),
        ("kill", (PID + 1, 0), False),
        ("kill", (0xFFFFFFFF, 9), False),
        ("tgkill", (PID, 7, 9), True),
        ("tgkill", (1, 1, 9), False),
        ("prlimit64", (0, 7), True),
        ("prlimit64", (PID + 1, 7), False),
        ("fcntl", (3, 1), True),
        ("fcntl", (3, 8, 1), False),  # F_SETOWN
        ("fcntl", (3, 6), False),  # F_SETLK
        ("ioctl", (0, 0x5401), True),
        ("ioctl", (0, 0x5412), False),  # TIOCSTI
        ("prctl", (15,), True),
        ("prctl", (4, 1), False),  # PR_SET_DUMPABLE
        ("socketpair", (1, 1 | 0x80000), True),
        ("socketpair", (1, 2), False),  # datagrams
        ("socketpair", (2, 1), False),
        ("sendto", (3, 0, 0, 0, 0), True),
        ("sendto", (3, 0, 0, 0, 1 << 40), False),  # an address in the high half
    ],
)
def test_arguments_decide(machine: str, name: str, arguments: tuple[int, ...], allowed: bool) -> None:
    answer = run(code(machine), machine, number(machine, name), *arguments)
    assert answer == (ALLOW if allowed else ERRNO | errno.EPERM)


def test_cuda_adds_only_what_its_driver_needs(machine: str) -> None:
    plain, cuda = code(machine), code(machine, cuda=True)
    different = {call for call in range(600) if run(plain, machine, call) != run(cuda, machine, call)}
    added = {number(machine, name) for name in ("memfd_create", "mlock", "ioctl")}
    assert different == added
    assert run(cuda, machine, number(machine, "ioctl"), 3, 0x4620) == ALLOW
    assert run(cuda, machine, number(machine, "ioctl"), 0, 0x5412) == ERRNO | errno.EPERM


def test_no_call_stands_twice(machine: str) -> None:
    rows = " ".join(LISTS).split()
    assert len({row.split(":")[0] for row in rows}) == len(rows)
    numbers = seccomp.parse(" ".join(LISTS), machine)
    assert len(set(numbers.values())) == len(numbers)


@pytest.mark.parametrize(
    ("header", "column"),
    [("/usr/include/x86_64-linux-gnu/asm/unistd_64.h", 1), ("/usr/include/asm-generic/unistd.h", 2)],
)
def test_numbers_are_those_of_the_kernels_headers(header: str, column: int) -> None:
    if not Path(header).exists():
        pytest.skip(f"{header} is missing here")
    lines = re.finditer(r"#define __NR(?:3264)?_(\w+)\s+(\d+)\s", Path(header).read_text())
    known = {line[1]: int(line[2]) for line in lines}
    rows = [row.split(":") for row in " ".join(LISTS).split()]
    compared = [(row[0], int(row[column])) for row in rows if row[column] != "-" and row[0] in known]
    assert len(compared) > 150
    assert [row for row in compared if known[row[0]] != row[1]] == []


def filtered(action: Callable[[], object]) -> object:
    """What an action answers in a fork under the filter alone."""

    def child(_answer: int) -> object:
        limits.no_new_privileges()
        seccomp.load(seccomp.assemble(os.uname().machine))
        return action()

    return in_child(child)


def unfiltered(action: Callable[[], object]) -> object:
    return in_child(lambda _answer: action())


def fork() -> str:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    return "forked"


def execute() -> None:
    os.execv("/bin/true", ["true"])


def datagrams() -> str:
    socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    return "a pair"


def probe_parent() -> str:
    os.kill(os.getppid(), 0)
    return "signalled"


@linux_only
@pytest.mark.parametrize("action", [fork, datagrams, probe_parent])
def test_denied_under_the_filter_and_only_there(action: Callable[[], object]) -> None:
    assert unfiltered(action)
    with pytest.raises(OSError, match="Operation not permitted"):
        filtered(action)


@linux_only
def test_no_program_runs() -> None:
    with pytest.raises(OSError, match="Operation not permitted"):
        filtered(execute)


@linux_only
def test_honest_code_goes_on() -> None:
    def honest() -> list[object]:
        done: list[object] = []
        thread = threading.Thread(target=done.append, args=("a thread",))
        thread.start()
        thread.join()
        left, right = socket.socketpair()
        left.send(b"x")
        os.kill(os.getpid(), 0)
        signal.raise_signal(signal.SIGCHLD)
        return [*done, right.recv(1).decode(), os.isatty(0), os.cpu_count()]

    assert filtered(honest) == unfiltered(honest)


@linux_only
def test_changing_a_mode_seems_to_work(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch(0o600)

    def change() -> None:
        file.chmod(0o777)
        os.utime(file, (1, 1))

    filtered(change)
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.stat().st_mtime > 1
    unfiltered(change)
    assert file.stat().st_mode & 0o777 == 0o777
    assert file.stat().st_mtime == 1
