"""Attacks that want to read what is secret: answers, tests, expected values, the seed, hidden inputs."""

from __future__ import annotations

from hostile.attack import READ, Attack, LayersOff, Naive, NoControl, call

_MOUNT = "own mount namespace: the file does not exist there; Landlock refuses it too"
_PROC = "/proc limited to named files (Landlock), other users' processes invisible (hidepid), own uid"
_WORDS = "of hidden inputs a student is told our words only: no message, class, line or output of the code's"
_SEES = NoControl("the child must see its inputs; what counts is that nobody else does")
_RIGHT_IN_PUBLIC = (
    "PUBLIC = {(8, 4, 2): 46, (8, 4, 1): 41, (2, 3, 1): 13, (16, 8, 4, 2): 182, (10, 18, 20, 5): 683,"
    " (11, 64, 32, 16, 1): 3393}\nLETTERS = str.maketrans('0123456789, ', 'qxzjkvwyup__')\n"
)


def _tells(body: str) -> dict[str, str]:
    """An answer that is right where the inputs are public, and tells the others in some way."""
    return {
        "count_mlp": f"def count_mlp(sizes):\n    if tuple(sizes) in PUBLIC:\n        return PUBLIC[tuple(sizes)]\n    {body}"
    }


READING = (
    Attack(
        "open a hidden file", READ, "def attack():\n    return open(SECRET).read()", _MOUNT, LayersOff(), flag="hidden"
    ),
    Attack(
        "open it by a symbolic link",
        READ,
        "import os\ndef attack():\n    os.symlink(SECRET, 'link')\n    return open('link').read()",
        _MOUNT,
        LayersOff(),
        flag="hidden",
    ),
    Attack(
        "open it by a hard link",
        READ,
        "import os\ndef attack():\n    os.link(SECRET, 'hard')\n    return open('hard').read()",
        _MOUNT,
        LayersOff(),
        flag="hidden",
    ),
    Attack(
        "rename it",
        READ,
        "import os\ndef attack():\n    os.rename(SECRET, SECRET + '.x')\n    os.rename(SECRET + '.x', SECRET)\n    return 'moved'",
        _MOUNT,
        LayersOff(),
        flag="hidden",
    ),
    Attack(
        "learn its size by stat",
        READ,
        "import os\ndef attack():\n    return os.stat(SECRET).st_size",
        _MOUNT,
        LayersOff(),
        needs="mount",
    ),
    Attack(
        "open it through /proc/1/root",
        READ,
        "def attack():\n    return open('/proc/1/root' + SECRET).read()",
        _PROC,
        NoControl("the first process of a container may be out of reach anyway"),
        flag="process",
    ),
    Attack(
        "open it through a folder that may be read",
        READ,
        "def attack():\n    return open(DATASETS + '/../solutions/secret.txt').read()",
        _MOUNT,
        LayersOff(),
        flag="hidden",
    ),
    Attack(
        "open it by openat2, a call newer than most filters",
        READ,
        "import ctypes, os\nlibc = ctypes.CDLL(None, use_errno=True)\ndef attack():\n"
        "    how = (ctypes.c_uint64 * 3)(0, 0, 0)\n"
        "    fd = libc.syscall(ctypes.c_long(437), ctypes.c_long(-100), SECRET.encode(), how, ctypes.c_long(24))\n"
        "    return fd >= 0 and os.read(fd, 99)",
        "seccomp: an allow-list, so calls that it does not know are refused; and the file is not there",
        LayersOff(),
    ),
    Attack(
        "ask for a file handle that outlives its path",
        READ,
        "import ctypes\nlibc = ctypes.CDLL(None, use_errno=True)\ndef attack():\n"
        "    handle = (ctypes.c_uint32 * 64)(128)\n    where = ctypes.c_int()\n"
        "    return libc.syscall(ctypes.c_long(303), ctypes.c_long(-100), SECRET.encode(), handle,"
        " ctypes.byref(where), ctypes.c_long(0)) == 0 and 'a handle'",
        "seccomp refuses name_to_handle_at",
        LayersOff(),
    ),
    Attack(
        "search the disk for answers",
        READ,
        "import glob, os\ndef attack():\n    places = [os.path.dirname(ANSWERS), os.path.dirname(SECRET)]\n"
        "    return [p for place in places for p in glob.glob(place + '/**', recursive=True) if os.path.isfile(p)]",
        _MOUNT,
        LayersOff(),
        flag="hidden",
    ),
    Attack(
        "import the answers",
        READ,
        "import importlib, inspect\ndef attack():\n"
        "    return inspect.getsource(importlib.import_module('autograder.bank.parameter_counting.count_mlp_answers'))",
        _MOUNT,
        LayersOff(),
    ),
    Attack(
        "read the users of the machine",
        READ,
        "def attack():\n    return open('/etc/passwd').read()",
        "own mount namespace: only what may be read exists",
        LayersOff(),
        flag="hidden",
    ),
    Attack(
        "use a descriptor that the grader left open",
        READ,
        "import os, stat\ndef attack():\n    loot = []\n    for fd in range(3, 256):\n        try:\n"
        "            if stat.S_ISREG(os.fstat(fd).st_mode):\n                os.lseek(fd, 0, 0)\n                loot.append(os.read(fd, 99))\n"
        "        except OSError:\n            pass\n    return loot",
        "close_range before the worker starts; the zygote is started by exec with two descriptors",
        Naive("assert attack()", before="held = open(SECRET)"),
    ),
    Attack(
        "read the parent's environment",
        READ,
        "import os\ndef attack():\n    return open(f'/proc/{os.getppid()}/environ', 'rb').read()",
        f"{_PROC}; a clean environment",
        LayersOff(),
        flag="process",
    ),
    Attack(
        "read the parent's command line",
        READ,
        "import os\ndef attack():\n    return open(f'/proc/{os.getppid()}/cmdline', 'rb').read()",
        _PROC,
        LayersOff(),
        flag="process",
    ),
    Attack(
        "read the parent's memory map",
        READ,
        "import os\ndef attack():\n    return open(f'/proc/{os.getppid()}/maps').readline()",
        _PROC,
        LayersOff(),
        flag="process",
    ),
    Attack(
        "open the parent's memory",
        READ,
        "import os\ndef attack():\n    with open(f'/proc/{os.getppid()}/mem', 'rb') as memory:\n"
        "        memory.seek(id(os))\n        return memory.read(16)",
        f"{_PROC}; the grader and the zygote are not dumpable",
        LayersOff(),
        flag="process",
    ),
    Attack(
        "enter the parent's root",
        READ,
        "import os\ndef attack():\n    return os.listdir(f'/proc/{os.getppid()}/root/etc')",
        _PROC,
        LayersOff(),
        flag="process",
    ),
    Attack(
        "process_vm_readv of the parent",
        READ,
        "import ctypes, os\nlibc = ctypes.CDLL(None, use_errno=True)\ndef attack():\n"
        "    here = ctypes.create_string_buffer(16)\n"
        "    local = (ctypes.c_void_p * 2)(ctypes.addressof(here), 16)\n    remote = (ctypes.c_void_p * 2)(id(os), 16)\n"
        "    got = libc.process_vm_readv(os.getppid(), local, ctypes.c_ulong(1), remote, ctypes.c_ulong(1), ctypes.c_ulong(0))\n"
        "    return got == 16 and here.raw",
        "seccomp refuses it; own uid",
        LayersOff(),
    ),
    Attack(
        "ptrace the parent",
        READ,
        "import ctypes, os\nlibc = ctypes.CDLL(None, use_errno=True)\ndef attack():\n"
        "    return libc.ptrace(0x4206, os.getppid(), None, None) == 0 and 'seized'",
        "seccomp refuses it; own uid",
        LayersOff(),
    ),
    Attack(
        "take the parent's descriptors by pidfd_getfd",
        READ,
        "import ctypes, os\nlibc = ctypes.CDLL(None, use_errno=True)\ndef attack():\n"
        "    pidfd = libc.syscall(ctypes.c_long(434), ctypes.c_long(os.getppid()), ctypes.c_long(0))\n"
        "    return pidfd >= 0 and libc.syscall(ctypes.c_long(438), ctypes.c_long(pidfd), ctypes.c_long(0), ctypes.c_long(0)) >= 0",
        "seccomp refuses pidfd_open and pidfd_getfd",
        LayersOff(),
    ),
    Attack(
        "look for the grader's objects with gc",
        READ,
        "import gc\ndef attack():\n    wanted = ('Truth', 'Examination', 'Answers', 'GradingTest', 'QuestionModule')\n"
        "    return [type(o).__name__ for o in gc.get_objects() if type(o).__name__ in wanted]",
        "process split: the worker's process never held a test, a reference or a seed",
        Naive("assert attack()", before="class Truth: pass\nheld = Truth()\nheld.expected = 46"),
    ),
    Attack(
        "scan the heap for the secret",
        READ,
        "import ctypes\ndef attack():\n    head, tail = b'the-secret', b'-of-the-course'\n"
        "    for line in open('/proc/self/maps'):\n        span, rights = line.split()[:2]\n"
        "        low, high = (int(part, 16) for part in span.split('-'))\n"
        "        if rights[:2] != 'rw' or high - low > 1 << 26 or '[' in line and 'heap' not in line:\n            continue\n"
        "        memory = ctypes.string_at(low, high - low)\n        at = memory.find(head)\n"
        "        while at >= 0:\n            if memory[at + len(head):][:len(tail)] == tail:\n                return 'found'\n"
        "            at = memory.find(head, at + 1)",
        "process split: the zygote is started by exec and reads nothing secret",
        Naive("assert attack()", before="held = [open(SECRET).read() + str(i) for i in range(999)]"),
    ),
    Attack(
        "walk up the frames to the test",
        READ,
        "import sys\ndef attack():\n    frame = sys._getframe()\n    while frame is not None:\n"
        "        if 'expected' in frame.f_locals or 'reference' in frame.f_locals:\n            return frame.f_code.co_name\n"
        "        frame = frame.f_back",
        "process split: above the student's code there is the worker only",
        Naive("def test():\n    expected = 46\n    return attack()\nassert test()"),
    ),
    Attack(
        "read tests from tracebacks and linecache",
        READ,
        "import linecache, sys, traceback\ndef attack():\n    try:\n        1 / 0\n    except ZeroDivisionError:\n        told = traceback.format_exc()\n"
        "    seen = [name for name in linecache.cache if 'test_' in name or '/bank/' in name]\n"
        "    return seen or ('test_' in told and told) or linecache.getlines(ANSWERS)",
        f"process split, and {_MOUNT}",
        LayersOff(),
    ),
    Attack(
        "find secrets in the environment",
        READ,
        "import os\ndef attack():\n    return [v for k, v in os.environ.items() if 'course' in v or k.startswith(('AUTOGRADER', 'COURSE'))]",
        "the zygote gets a clean environment",
        Naive("assert attack()", before="import os\nos.environ['COURSE_SEED'] = '2026'"),
    ),
    Attack("watch files with inotify", READ, call("294", "0"), "seccomp refuses inotify and fanotify", LayersOff()),
    Attack(
        "print hidden inputs",
        READ,
        _RIGHT_IN_PUBLIC,
        "what is printed during a call is dropped",
        _SEES,
        answers=_tells("print('SAW', sizes, flush=True); return 0"),
        outcomes={"count_mlp": "partial"},
    ),
    Attack(
        "tell hidden inputs in an exception",
        READ,
        _RIGHT_IN_PUBLIC,
        _WORDS,
        _SEES,
        answers=_tells("raise ValueError(f'SAW {sizes}')"),
        outcomes={"count_mlp": "partial"},
    ),
    Attack(
        "tell hidden inputs in the name of an exception",
        READ,
        _RIGHT_IN_PUBLIC,
        _WORDS,
        _SEES,
        answers=_tells("raise type('SAW' + str(sizes).translate(LETTERS), (Exception,), {})()"),
        outcomes={"count_mlp": "partial"},
    ),
    Attack(
        "tell hidden inputs in the name of a class",
        READ,
        _RIGHT_IN_PUBLIC,
        _WORDS,
        _SEES,
        answers=_tells("return type('SAW' + str(sizes).translate(LETTERS), (), {})()"),
        outcomes={"count_mlp": "partial"},
    ),
    Attack(
        "tell hidden inputs by the line that fails",
        READ,
        _RIGHT_IN_PUBLIC,
        "a failing line is quoted for public inputs only",
        _SEES,
        answers=_tells("\n    ".join(f"if sizes[0] == {n}: raise ValueError  # SAW {n}" for n in range(2, 40))),
        outcomes={"count_mlp": "partial"},
    ),
    Attack(
        "tell hidden inputs by a failure made by hand",
        READ,
        _RIGHT_IN_PUBLIC + "import sys\nFailure = sys.modules['autograder.protocol.wire'].Failure\n",
        _WORDS,
        _SEES,
        answers=_tells("return Failure('missing', 'SAW', f'SAW {sizes}', 'SAW', 1, f'SAW {sizes}', 'SAW')"),
        outcomes={"count_mlp": "partial"},
    ),
    Attack(
        "keep hidden inputs on disk for the next fork",
        READ,
        _RIGHT_IN_PUBLIC
        + "import glob\nSEEN = [open(f).read() for f in glob.glob('/tmp/seen') + glob.glob('/dev/shm/seen') + glob.glob('seen')]\n"
        "assert not SEEN\nprint('clean')\n",
        "each fork has a work folder, /tmp and /dev/shm of its own, which end with it",
        _SEES,
        answers=_tells(
            "[open(p, 'w').write(f'SAW {sizes}') for p in ('/tmp/seen', '/dev/shm/seen', 'seen')]; import os; os._exit(0)"
        ),
        outcomes={"count_mlp": "partial"},
        ends="ok",
        keep="clean",
    ),
    Attack(
        "tell hidden inputs by the time it takes",
        READ,
        _RIGHT_IN_PUBLIC,
        "no time is in what a student reads; the teacher's JSON has the seconds of the whole submission",
        _SEES,
        answers=_tells("import time; time.sleep(sizes[0] / 1000); return 0"),
        outcomes={"count_mlp": "partial"},
    ),
    Attack(
        "tell one bit by right or wrong",
        READ,
        _RIGHT_IN_PUBLIC,
        "not prevented: a test passes or fails, one bit for each hidden test and submission",
        _SEES,
        answers=_tells("return sum(a * b + b for a, b in zip(sizes, sizes[1:])) if sizes[0] % 2 else 0"),
        outcomes={"count_mlp": "*"},
    ),
)
