"""Attacks on the machine, the grader's processes, and on whoever is graded next."""

from __future__ import annotations

from hostile.attack import HURT, Attack, LayersOff, Naive, NoControl, call

_SECCOMP = "seccomp: not in the allow-list"
_ARGUMENT = "seccomp looks at the argument: itself only"
_NO_SOCKETS = "seccomp refuses socket(2); Landlock forbids TCP and abstract sockets; own network namespace"
_SENDS = "import socket\ndef attack():\n    with socket.socket({kind}) as s:\n        s.settimeout(2)\n        {then}\n    return 'sent'"

HURTING = (
    Attack(
        "signal the parent",
        HURT,
        "import os\ndef attack():\n    os.kill(os.getppid(), 0)\n    return 'signalled'",
        f"{_ARGUMENT}; own uid; Landlock scope",
        LayersOff(),
        flag="process",
    ),
    Attack(
        "kill the parent",
        HURT,
        "import os, signal\ndef attack():\n    os.kill(os.getppid(), signal.SIGKILL)\n    return 'killed'",
        f"{_ARGUMENT}; own uid; Landlock scope",
        NoControl("it would end the test's own zygote"),
        flag="process",
    ),
    Attack(
        "signal everybody",
        HURT,
        "import os\ndef attack():\n    os.kill(-1, 0)\n    return 'signalled'",
        _ARGUMENT,
        LayersOff(),
        flag="process",
    ),
    Attack(
        "signal the process group",
        HURT,
        "import os\ndef attack():\n    os.killpg(os.getpgid(os.getppid()), 0)\n    return 'signalled'",
        _ARGUMENT,
        LayersOff(),
        flag="process",
    ),
    Attack("queue a signal", HURT, call("129", "os.getppid()", "0", "id(b'') * 0"), _SECCOMP, LayersOff()),
    Attack(
        "have SIGIO sent to the parent",
        HURT,
        "import fcntl, os\ndef attack():\n    r, w = os.pipe()\n    fcntl.fcntl(r, fcntl.F_SETOWN, os.getppid())\n    return 'owner set'",
        "seccomp looks at the fcntl: no owners",
        LayersOff(),
    ),
    Attack(
        "lower the parent's limits",
        HURT,
        "import os, resource\ndef attack():\n    return resource.prlimit(os.getppid(), resource.RLIMIT_NOFILE)",
        _ARGUMENT,
        LayersOff(),
        flag="process",
    ),
    Attack(
        "move the parent to another processor",
        HURT,
        "import os\ndef attack():\n    os.sched_setaffinity(os.getppid(), os.sched_getaffinity(os.getppid()))\n    return 'moved'",
        _SECCOMP,
        LayersOff(),
    ),
    Attack(
        "slow the parent down",
        HURT,
        "import os\ndef attack():\n    os.setpriority(os.PRIO_PROCESS, os.getppid(), os.getpriority(os.PRIO_PROCESS, os.getppid()))\n    return 'slowed'",
        _SECCOMP,
        LayersOff(),
    ),
    Attack(
        "change the mode of a hidden file",
        HURT,
        "import os\ndef attack():\n    before = os.stat(SECRET).st_mode\n    os.chmod(SECRET, 0o666)\n    return os.stat(SECRET).st_mode != before",
        "seccomp answers chmod with success and does nothing; the file is not there",
        LayersOff(),
    ),
    Attack(
        "change the times of a hidden file",
        HURT,
        "import os\ndef attack():\n    os.utime(SECRET, (1, 1))\n    return os.stat(SECRET).st_mtime == 1",
        "seccomp answers utime with success and does nothing; the file is not there",
        LayersOff(),
        flag="hidden",
    ),
    Attack(
        "connect by TCP",
        HURT,
        _SENDS.format(kind="socket.AF_INET", then="s.connect(tuple(SOCKETS['tcp']))"),
        _NO_SOCKETS,
        LayersOff(),
        flag="network",
    ),
    Attack(
        "listen by TCP",
        HURT,
        _SENDS.format(kind="socket.AF_INET", then="s.bind(('127.0.0.1', 0)); s.listen()"),
        _NO_SOCKETS,
        LayersOff(),
        flag="network",
    ),
    Attack(
        "send by UDP",
        HURT,
        _SENDS.format(kind="socket.AF_INET, socket.SOCK_DGRAM", then="s.sendto(b'x', tuple(SOCKETS['udp']))"),
        _NO_SOCKETS,
        LayersOff(),
        flag="network",
    ),
    Attack(
        "ask a name server",
        HURT,
        "import socket\ndef attack():\n    return socket.getaddrinfo('localhost', 80)",
        _NO_SOCKETS,
        LayersOff(),
        flag="network",
    ),
    Attack(
        "speak to the hypervisor by vsock",
        HURT,
        "import socket\ndef attack():\n    socket.socket(40, socket.SOCK_STREAM).close()\n    return 'made'",
        _NO_SOCKETS,
        NoControl("few kernels have it"),
        flag="network",
    ),
    Attack(
        "connect to an abstract socket",
        HURT,
        _SENDS.format(kind="socket.AF_UNIX", then="s.connect(SOCKETS['abstract'])"),
        _NO_SOCKETS,
        LayersOff(),
        flag="network",
    ),
    Attack(
        "connect to a socket in the file system",
        HURT,
        _SENDS.format(kind="socket.AF_UNIX", then="s.connect(SOCKETS['path'])"),
        _NO_SOCKETS,
        LayersOff(),
        flag="network",
    ),
    Attack(
        "send from a datagram pair to any path",
        HURT,
        "import socket\ndef attack():\n    one, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)\n    one.sendto(b'x', SOCKETS['datagram'])\n    return 'sent'",
        "seccomp allows stream pairs only, and no address in sendto",
        LayersOff(),
    ),
    Attack("make a socket by io_uring", HURT, call("425", "8", "0"), _SECCOMP, LayersOff(("seccomp",))),
    Attack(
        "System V shared memory",
        HURT,
        call("29", "0", "4096", "0o1600"),
        f"{_SECCOMP}; own IPC namespace",
        LayersOff(("seccomp",)),
    ),
    Attack(
        "a message queue", HURT, call("68", "0", "0o1600"), f"{_SECCOMP}; own IPC namespace", LayersOff(("seccomp",))
    ),
    Attack(
        "a semaphore", HURT, call("64", "0", "1", "0o1600"), f"{_SECCOMP}; own IPC namespace", LayersOff(("seccomp",))
    ),
    Attack("the kernel's keyrings", HURT, call("250", "0", "-3", "1"), _SECCOMP, LayersOff(("seccomp",))),
    Attack(
        "lock a file that others need",
        HURT,
        "import fcntl, glob, os\ndef attack():\n    with open(os.__file__) as file:\n        fcntl.flock(file, fcntl.LOCK_SH)\n    return 'locked'",
        "seccomp refuses flock and locks by fcntl",
        LayersOff(("seccomp",)),
    ),
    Attack(
        "leave a file in /dev/shm or /tmp",
        HURT,
        "import os\ndef attack():\n    left = []\n    for folder in ('/dev/shm', '/tmp', '/var/tmp'):\n        try:\n            open(folder + '/autograder-left-this', 'w').write('x')\n"
        "        except OSError:\n            pass\n",
        "each fork has its own; the test looks on the host",
        NoControl("what a process leaves in /tmp stays there"),
        ends="ok",
    ),
    Attack(
        "become root",
        HURT,
        "import os\ndef attack():\n    os.setresuid(0, 0, 0)\n    return os.getuid() == 0 and 'root'",
        f"{_SECCOMP}; no capabilities, no_new_privs",
        LayersOff(),
    ),
    Attack("unshare a user namespace", HURT, call("272", "0x10000000"), _SECCOMP, LayersOff(("seccomp",))),
    Attack("mount something", HURT, call("165", "0", "0", "0", "0", "0"), f"{_SECCOMP}; no capabilities", LayersOff()),
    Attack("load a BPF program", HURT, call("321", "0", "0", "0"), _SECCOMP, LayersOff()),
    Attack("userfaultfd", HURT, call("323", "1"), _SECCOMP, LayersOff()),
    Attack("perf events", HURT, call("298", "0", "0", "-1", "-1", "0"), _SECCOMP, LayersOff()),
    Attack("read the kernel's log", HURT, call("103", "10", "0", "0"), _SECCOMP, LayersOff()),
    Attack(
        "call the kernel by its 32-bit ABI",
        HURT,
        "import ctypes, mmap\npage = mmap.mmap(-1, 4096, prot=7)\npage.write(b'\\xb8\\x14\\x00\\x00\\x00\\xcd\\x80\\xc3')\n"  # getpid by int 0x80
        "def attack():\n    return ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()",
        "the filter kills whoever calls by another ABI",
        LayersOff(("seccomp",)),
        flag="no honest program",
        ends="died",
    ),
    Attack(
        "call the kernel by the x32 ABI",
        HURT,
        call("0x40000000 + 39"),
        "the filter kills whoever calls by another ABI",
        NoControl("most kernels are built without it"),
        flag="no honest program",
        ends="died",
    ),
    Attack(
        "a call newer than the filter",
        HURT,
        call("441 + 10", "0", "0", "0", "0"),
        "an allow-list: unknown calls answer ENOSYS",
        NoControl("what it does depends on the kernel"),
    ),
    Attack(
        "type into the terminal",
        HURT,
        "import fcntl, os\nimport errno\ndef attack():\n    r, w = os.pipe()\n    try:\n        fcntl.ioctl(r, 0x5412, b'x')\n"
        "    except OSError as e:\n        return e.errno not in (errno.EPERM, errno.EACCES) and 'let through'\n    return 'typed'",
        "seccomp looks at the ioctl; a session of its own has no terminal",
        LayersOff(("seccomp",)),
    ),
    Attack(
        "poison the caches that the next student meets",
        HURT,
        # Whether the libraries' folders could be written to is only asked: the control runs as root.
        "import os, torch\ndef attack():\n    open(DATASETS + '/poison.py', 'w').close()\n    os.unlink(DATASETS + '/poison.py')\n"
        "    return os.access(os.path.dirname(torch.__file__), os.W_OK) and 'written'",
        "what may be read is mounted read-only, and Landlock lets nothing be written",
        LayersOff(),
    ),
    Attack(
        "load a library of its own making",
        HURT,
        "import ctypes, os\ndef attack():\n    open('evil.so', 'wb').write(open(ctypes.util.find_library('nothing') or '/usr/lib/x86_64-linux-gnu/libz.so.1', 'rb').read())\n"
        "    return bool(ctypes.CDLL(os.path.abspath('evil.so')))\nimport ctypes.util",
        "the work folder is mounted noexec",
        NoControl("machine code can be made in memory anyway; the layers below hold it"),
    ),
    Attack(
        "change what the next cell's Python is",
        HURT,
        "import sys\nsys.modules.clear()",
        "the fork is this student's alone",
        Naive("import sys\nassert 'torch' not in sys.modules"),
    ),
)
