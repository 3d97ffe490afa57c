"""Attacks on the profile ``course``, under which notebooks of any course may start processes and open sockets.

Each defines ``attack()``, which answers with loot. Given are SECRET (a file of the course), OTHER (another student's
notebook), GRADEBOOK, OWN (the graded notebook with its restored tests), TOKEN (the name of a variable of the
instructor's), SOCKETS (listeners of this machine) and OUTSIDE (the number of the grader's process).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class CourseAttack:
    """A cell that must get nothing.

    Args:
        control: whether the same code, in a plain Python process, gets what it is after; else why it is not let loose.
    """

    name: str
    code: str
    defence: str
    control: bool | str = True


_MOUNTS = "own mount namespace: only the work folder and what the instructor lists exist"
_PIDS = "own PID namespace"
_NET = "own network namespace: a loopback and nothing else"

COURSE_ATTACKS = (
    CourseAttack("read the course's source", "def attack(): return open(SECRET).read()", _MOUNTS),
    CourseAttack(
        "read it from a child process",
        "import subprocess\ndef attack(): return subprocess.run(['cat', SECRET], capture_output=True).stdout",
        _MOUNTS,
    ),
    CourseAttack("read another student's work", "def attack(): return open(OTHER).read()", _MOUNTS),
    CourseAttack(
        "read the restored hidden tests from its own file",
        "def attack(): return 'the-hidden-test' in open(OWN).read()",
        "its folder holds the notebook as it was handed in",
    ),
    CourseAttack("read the gradebook", "def attack(): return open(GRADEBOOK, 'rb').read()", _MOUNTS),
    CourseAttack(
        "raise a mark in the gradebook later, from a detached process",
        "import subprocess, sys\n"
        "def attack():\n"
        "    code = 'open(' + repr(GRADEBOOK) + ', \"ab\").write(b\"x\")'\n"
        "    return subprocess.run([sys.executable, '-c', code], capture_output=True, start_new_session=True).returncode == 0",
        _MOUNTS,
    ),
    CourseAttack(
        "read the instructor's environment", "import os\ndef attack(): return os.environ.get(TOKEN)", "a clean one"
    ),
    CourseAttack(
        "read it from another process",
        "import glob\n"
        "def attack():\n"
        "    for path in glob.glob('/proc/[0-9]*/environ'):\n"
        "        try:\n"
        "            if TOKEN.encode() in open(path, 'rb').read(): return path\n"
        "        except OSError: pass",
        _PIDS,
    ),
    CourseAttack(
        "see the machine's processes",
        "import os\ndef attack(): return [p for p in os.listdir('/proc') if p.isdigit() and int(p) > 300]",
        _PIDS,
    ),
    CourseAttack(
        "signal the grader",
        "import os\ndef attack():\n    os.kill(OUTSIDE, 0)\n    return 'it is there'",
        f"{_PIDS}, another user, Landlock's scopes",
    ),
    CourseAttack(
        "reach a server of this machine",
        "import socket\ndef attack(): return socket.create_connection(tuple(SOCKETS['tcp']), 2)",
        _NET,
    ),
    CourseAttack(
        "reach an abstract socket",
        "import socket\ndef attack():\n    s = socket.socket(socket.AF_UNIX); s.connect(SOCKETS['abstract'])\n    return s",
        f"{_NET}; Landlock's scopes",
    ),
    CourseAttack(
        "reach a socket by its path",
        "import socket\ndef attack():\n    s = socket.socket(socket.AF_UNIX); s.connect(SOCKETS['path'])\n    return s",
        _MOUNTS,
    ),
    CourseAttack(
        "become root in a user namespace",
        "import subprocess\ndef attack(): return b'uid=0' in subprocess.run(['unshare', '-r', 'id'], capture_output=True).stdout",
        "seccomp: no new namespaces, for children too",
        "a plain process may",
    ),
    CourseAttack(
        "gain rights by a set-uid program",
        "import subprocess\ndef attack(): return b'uid=0' in subprocess.run(['su', '-c', 'id'], input=b'', capture_output=True).stdout",
        "no_new_privs, and mounts without set-uid",
        "it would ask for a password",
    ),
    CourseAttack(
        "change a module that the next submission imports",
        "import json\ndef attack():\n    open(json.__file__, 'ab').close()\n    return json.__file__",
        "the library is mounted read-only",
    ),
    CourseAttack(
        "leave a file for the next submission",
        "import os\ndef attack():\n    open(LEFT, 'w').close()\n    return os.path.exists(LEFT) and not os.path.exists('/tmp/home')",
        "/tmp, /dev/shm and the work folder are one file system that ends with the submission",
    ),
    CourseAttack(
        "leave a process behind",
        "import os, time\n"
        "def attack():\n"
        "    if os.fork() == 0:\n"
        "        os.setsid()\n"
        "        if os.fork() == 0: time.sleep(300)\n"
        "        os._exit(0)\n"
        "    os.wait()",
        f"{_PIDS}: with the kernel everything in it ends",
        "it would stay",
    ),
    CourseAttack(
        "fill the disk",
        "def attack():\n"
        "    try:\n"
        "        for n in range(100):\n"
        "            open(f'big{n}', 'wb').write(bytes(1 << 20))\n"
        "    except OSError:\n"
        "        import glob, os\n"
        "        for p in glob.glob('big*'): os.remove(p)\n"
        "        return None\n"
        "    return n",
        "a sized file system",
        "it would fill this machine's",
    ),
    CourseAttack(
        "a fork bomb",
        "import os, time\n"
        "def attack():\n"
        "    for n in range(5000):\n"
        "        try:\n"
        "            if os.fork() == 0: time.sleep(300); os._exit(0)\n"
        "        except OSError: return None\n"
        "    return n",
        "a limit on processes and threads",
        "it would hurt this machine",
    ),
)
