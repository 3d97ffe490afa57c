"""Attacks that want all of something: processes, memory, disk, time, patience."""

from __future__ import annotations

from hostile.attack import ALL_OFF, EXHAUST, Attack, LayersOff, NoControl, everywhere

_LIMIT = "resource limit of the fork"
_CLOCK = "a clock in the worker, and one outside that kills; the question alone is lost"
_OFF = LayersOff(("limits",))
_FOR_EVER = NoControl("it would never end")
_LATE = {"count_linear": "timeout"}


def _slow(body: str) -> dict[str, str]:
    return {"count_linear": f"def count_linear(n_in, n_out, bias=True):\n    {body}"}


EXHAUSTING = (
    Attack(
        "a fork bomb",
        EXHAUST,
        "import os\ndef attack():\n    pids = []\n    for _ in range(3):\n        pid = os.fork()\n        if pid == 0:\n            os._exit(0)\n        os.waitpid(pid, 0)\n"
        "        pids.append(pid)\n    return pids",
        "seccomp: clone makes threads only",
        LayersOff(("seccomp",)),
        flag="program",
    ),
    Attack(
        "an exec bomb",
        EXHAUST,
        "import subprocess\ndef attack():\n    return subprocess.run(['/bin/true']).returncode == 0 and 'ran'",
        "seccomp refuses exec and new processes; there is no program in the view",
        LayersOff(ALL_OFF),
        flag="program",
    ),
    Attack(
        "a program by posix_spawn",
        EXHAUST,
        "import os\ndef attack():\n    return os.waitpid(os.posix_spawn('/bin/true', ['true'], {}), 0)",
        "seccomp refuses exec and new processes",
        LayersOff(ALL_OFF),
        flag="program",
    ),
    Attack(
        "a daemon that escapes",
        EXHAUST,
        "import os, time\ndef attack():\n    if os.fork() == 0:\n        os.setsid()\n        if os.fork() == 0:\n            time.sleep(600)\n        os._exit(0)\n    return 'away'",
        "no new process; and the zygote, a subreaper, kills what is left",
        LayersOff(("seccomp",)),
        flag="program",
    ),
    Attack(
        "a pool of processes",
        EXHAUST,
        "import multiprocessing, os\nfrom multiprocessing.popen_fork import Popen\ndef who(_): return os.getpid()\ndef attack():\n"
        "    pids = multiprocessing.get_context('fork').Pool(2).map(who, range(8))\n    others = [pid for pid in pids if pid != os.getpid()]\n"
        "    return others or Popen(multiprocessing.Process(target=abs, args=(1,))).pid",
        "seccomp: clone makes threads only",
        LayersOff(ALL_OFF),
        flag="program",
    ),
    Attack(
        "threads without end",
        EXHAUST,
        "import threading, time\ndef attack():\n    stop, threads = threading.Event(), []\n    try:\n        for _ in range(300):\n            t = threading.Thread(target=stop.wait, daemon=True)\n"
        "            t.start()\n            threads.append(t)\n    except RuntimeError:\n        pass\n    stop.set()\n    return len(threads) > 200 and len(threads)",
        f"{_LIMIT}: 64 threads of a uid of its own",
        _OFF,
        needs="uid",
    ),
    Attack(
        "descriptors without end",
        EXHAUST,
        "import os\ndef attack():\n    held = []\n    try:\n        for _ in range(600):\n            held.append(os.open('/dev/null', os.O_RDONLY))\n    except OSError:\n        pass\n"
        "    for fd in held:\n        os.close(fd)\n    return len(held) > 500 and len(held)",
        f"{_LIMIT}: 256 descriptors",
        _OFF,
    ),
    Attack(
        "private memory",
        EXHAUST,
        "import mmap\ndef attack():\n    return len(mmap.mmap(-1, 3 << 30, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | 0x4000))",
        f"{_LIMIT}: address space",
        _OFF,
    ),
    Attack(
        "shared memory",
        EXHAUST,
        "import mmap\ndef attack():\n    return len(mmap.mmap(-1, 3 << 30, flags=mmap.MAP_SHARED | mmap.MAP_ANONYMOUS | 0x4000))",
        f"{_LIMIT}: address space counts shared memory too",
        _OFF,
    ),
    Attack(
        "memory behind a descriptor",
        EXHAUST,
        "import os\ndef attack():\n    return os.memfd_create('x') >= 0 and 'made'",
        "seccomp refuses memfd_create on the CPU",
        LayersOff(("seccomp",)),
    ),
    Attack(
        "memory in a call",
        EXHAUST,
        "import torch",
        f"{_LIMIT}; the question alone is lost",
        NoControl("it would eat this machine's memory"),
        answers=_slow("return torch.ones(1 << 40).sum()"),
        outcomes={"count_linear": "memory"},
    ),
    Attack(
        "memory by a growing text",
        EXHAUST,
        "import torch",
        f"{_LIMIT}; the question alone is lost",
        NoControl("it would eat this machine's memory"),
        answers=_slow("big = 'x' * (1 << 28)\n    while True: big += big"),
        outcomes={"count_linear": "*"},
    ),
    Attack(
        "a large file",
        EXHAUST,
        "def attack():\n    with open('large', 'wb') as file:\n        file.truncate(200 << 20)\n    return 'grown'",
        f"{_LIMIT}: the size of a file; a sized file system of its own",
        LayersOff(ALL_OFF),
    ),
    Attack(
        "all of the disk",
        EXHAUST,
        "import os\ndef attack():\n    written = 0\n    try:\n        for n in range(6):\n            with open(f'part-{n}', 'wb') as file:\n                for _ in range(30):\n"
        "                    written += file.write(bytes(1 << 20))\n                file.flush()\n    except OSError:\n        pass\n    sizes = sum(os.path.getsize(f'part-{k}') for k in range(6) if os.path.exists(f'part-{k}'))\n"
        "    for k in range(6):\n        if os.path.exists(f'part-{k}'): os.unlink(f'part-{k}')\n    return sizes > 150 << 20 and sizes",
        "a sized file system of its own, 128 MiB, that ends with the fork",
        LayersOff(ALL_OFF),
        needs="tmpfs",
    ),
    Attack(
        "inodes without end",
        EXHAUST,
        "import os\ndef attack():\n    count = 0\n    try:\n        for count in range(18_000):\n            os.close(os.open(f'i{count}', os.O_CREAT | os.O_WRONLY))\n    except OSError:\n        pass\n"
        "    for n in range(count + 1):\n        if os.path.exists(f'i{n}'): os.unlink(f'i{n}')\n    return count > 17_000 and count",
        "a file system of its own with 16,384 inodes",
        LayersOff(ALL_OFF),
        needs="tmpfs",
    ),
    Attack(
        "a flood of output",
        EXHAUST,
        "for _ in range(2_000):\n    print('x' * 100_000)\n",
        "outputs are cut, with a note, in the worker and again outside",
        NoControl("a notebook of 200 MB is no test"),
        keep="cut",
        ends="ok",
    ),
    Attack(
        "a flood of small outputs",
        EXHAUST,
        "from IPython.display import HTML, display\nfor n in range(5_000):\n    display(HTML(f'<b>{n}</b>'))\n",
        "outputs are cut, with a note",
        NoControl("a notebook of 5,000 outputs is no test"),
        keep="cut",
        ends="ok",
    ),
    Attack(
        "a flood on the bare descriptors",
        EXHAUST,
        "import os\nfor _ in range(500):\n    os.write(1, b'x' * 100_000); os.write(2, b'x' * 100_000)\n",
        "the worker's own descriptors 1 and 2 lead to /dev/null",
        NoControl("it would flood this terminal"),
        ends="ok",
    ),
    Attack(
        "a core dump",
        EXHAUST,
        "import os\nos.abort()",
        f"{_LIMIT}: no core; not dumpable",
        NoControl("whether a core is written is the host's choice"),
        ends="died",
    ),
    Attack("sleep in a cell", EXHAUST, "import time\ntime.sleep(10_000)", _CLOCK, _FOR_EVER, ends="timeout"),
    Attack(
        "sleep in a call",
        EXHAUST,
        "import time",
        _CLOCK,
        _FOR_EVER,
        answers=_slow("time.sleep(10_000)"),
        outcomes=_LATE,
    ),
    Attack(
        "a loop that catches every exception",
        EXHAUST,
        "import time",
        _CLOCK,
        _FOR_EVER,
        answers=_slow("while True:\n        try:\n            while True: pass\n        except BaseException: pass"),
        outcomes=_LATE,
    ),
    Attack(
        "ignore every signal",
        EXHAUST,
        "import signal\nfor number in range(1, 65):\n    try:\n        signal.signal(number, signal.SIG_IGN)\n    except (OSError, ValueError):\n        pass\n",
        _CLOCK,
        _FOR_EVER,
        answers=_slow("while True: pass"),
        outcomes=_LATE,
    ),
    Attack(
        "stop itself",
        EXHAUST,
        "import os, signal",
        _CLOCK,
        _FOR_EVER,
        answers=_slow("os.kill(os.getpid(), signal.SIGSTOP)"),
        outcomes=_LATE,
    ),
    Attack(
        "a loop in C",
        EXHAUST,
        "import re",
        _CLOCK,
        _FOR_EVER,
        answers=_slow("re.match('(a+)+$', 'a' * 64 + 'b')"),
        outcomes=_LATE,
    ),
    Attack(
        "keys that all have one hash",
        EXHAUST,
        "import sys\nWire = sys.modules['autograder.protocol.wire']\nBody = b'S' + (20_000).to_bytes(4, 'little') + b''.join(\n"
        "    b'i' + (10).to_bytes(4, 'little') + (k * ((1 << 61) - 1)).to_bytes(10, 'little') for k in range(1, 20_001))\n"
        "sys.modules['autograder.protocol.channel'].encode = lambda value, keep=None: Body\n",
        "the decoder counts keys with one hash",
        NoControl("the decoder's own test times it"),
        answers=everywhere("0"),
        most=0,
        flag="for",
        last=True,
    ),
    Attack(
        "a tensor of two thousand million rows and no column",
        EXHAUST,
        "ROWS = torch.empty(2**31 - 1, 0)",
        "a tensor's dimensions are bounded even where they make no bytes",
        NoControl("as a list it would fill the memory of this machine"),
        answers=everywhere("ROWS"),
        most=0.5,
    ),
    Attack(
        "thousands of open tags for an HTML parser",
        EXHAUST,
        "from IPython.display import HTML, display\n"
        "display(HTML('<p>' + ''.join(f'<b c{i}>' for i in range(5_000)) + '<p>x' * 5_000))",
        "before it is parsed, HTML is rewritten into plain tags and counted",
        NoControl("each paragraph opens all of them again: it would fill the grader's memory"),
        ends="ok",
    ),
    Attack(
        "a million tensors in one answer",
        EXHAUST,
        "MANY = [torch.empty(0, device='meta')] * 1_000_000",
        "a tensor counts for many among the parts that a reply may have",
        NoControl("it would fill the grader's memory"),
        answers=everywhere("MANY"),
        most=0,
    ),
    Attack(
        "calls that each stay just below their limit",
        EXHAUST,
        "import time",
        "a limit for all that one submission does",
        _FOR_EVER,
        answers=everywhere("time.sleep(0.9)"),
        most=0,
        total=4.0,
    ),
    Attack(
        "a picture that is a bomb",
        EXHAUST,
        "from IPython.display import display\ndisplay({'image/png': 'iVBORw0KGgo' + 'A' * 10_000_000, 'image/svg+xml': '<svg/>'}, raw=True)\n",
        "pictures have a size that is checked, and are never opened here",
        NoControl("no viewer is opened here"),
        ends="ok",
    ),
    Attack(
        "a notebook that ends its process again and again",
        EXHAUST,
        "import os\nos._exit(1)",
        "each such cell costs itself; the number of fresh forks is limited",
        NoControl("what it costs is time only"),
        ends="died",
    ),
)
