"""Which system calls a submission may make: an allow-list, assembled into the kernel's filter by hand.

Imports only the standard library; it runs on the untrusted side too.
"""

import ctypes
import errno
import functools
import os
import platform
import struct
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

MACHINES = ("x86_64", "aarch64")
FIRST_SHARED = 424  # from here on a call has one number on every architecture, and programs expect ENOSYS
X32 = 0x4000_0000  # on x86_64 the mark of a second ABI, whose numbers mean other calls

# name:x86_64:aarch64; "-" where the architecture has no such call.
ALLOWED = """
    read:0:63 write:1:64 readv:19:65 writev:20:66 pread64:17:67 pwrite64:18:68 preadv:295:69
    pwritev:296:70 preadv2:327:286 pwritev2:328:287 lseek:8:62 close:3:57 open:2:- openat:257:56
    creat:85:- stat:4:- fstat:5:80 lstat:6:- newfstatat:262:79 statx:332:291 access:21:-
    faccessat:269:48 faccessat2:439:439 readlink:89:- readlinkat:267:78 getdents:78:- getdents64:217:61
    getcwd:79:17 chdir:80:49 fchdir:81:50 mkdir:83:- mkdirat:258:34 rmdir:84:- unlink:87:-
    unlinkat:263:35 rename:82:- renameat:264:38 renameat2:316:276 link:86:- linkat:265:37 symlink:88:-
    symlinkat:266:36 truncate:76:45 ftruncate:77:46 fallocate:285:47 fsync:74:82 fdatasync:75:83
    statfs:137:43 fstatfs:138:44 umask:95:166 dup:32:23 dup2:33:- dup3:292:24 pipe:22:- pipe2:293:59
    sendfile:40:71 copy_file_range:326:285 fadvise64:221:223 close_range:436:436

    mmap:9:222 munmap:11:215 mprotect:10:226 mremap:25:216 madvise:28:233 brk:12:214 msync:26:227
    membarrier:324:283 get_mempolicy:239:236 munlock:150:229

    futex:202:98 set_robust_list:273:99 rseq:334:293 set_tid_address:218:96 sched_yield:24:124
    sched_getaffinity:204:123 sched_getparam:143:121 sched_getscheduler:145:120
    sched_get_priority_max:146:125 sched_get_priority_min:147:126 getcpu:309:168 exit:60:93
    exit_group:231:94 wait4:61:260 waitid:247:95 restart_syscall:219:128 gettid:186:178 arch_prctl:158:-

    rt_sigaction:13:134 rt_sigprocmask:14:135 rt_sigreturn:15:139 rt_sigpending:127:136
    rt_sigtimedwait:128:137 rt_sigsuspend:130:133 sigaltstack:131:132 alarm:37:- getitimer:36:102
    setitimer:38:103 pause:34:-

    clock_gettime:228:113 clock_getres:229:114 clock_nanosleep:230:115 nanosleep:35:101
    gettimeofday:96:169 time:201:- times:100:153 timerfd_create:283:85 timerfd_settime:286:86
    timerfd_gettime:287:87

    poll:7:- ppoll:271:73 select:23:- pselect6:270:72 epoll_create:213:- epoll_create1:291:20
    epoll_ctl:233:21 epoll_wait:232:- epoll_pwait:281:22 epoll_pwait2:441:441 eventfd:284:-
    eventfd2:290:19 signalfd4:289:74

    getpid:39:172 getppid:110:173 getuid:102:174 geteuid:107:175 getgid:104:176 getegid:108:177
    getresuid:118:148 getresgid:120:150 getgroups:115:158 getpgid:121:155 getpgrp:111:- getsid:124:156
    getpriority:140:141 getrusage:98:165 getrlimit:97:163 setrlimit:160:164 sysinfo:99:179 uname:63:160
    getrandom:318:278 capget:125:90

    recvfrom:45:207 recvmsg:47:212 sendmsg:46:211 shutdown:48:210 getsockname:51:204 getpeername:52:205
    getsockopt:55:209
"""

# Allowed with the arguments that RULES names, and refused with any other; refused where it names none.
CHECKED = """
    clone:56:220 kill:62:129 tgkill:234:131 prlimit64:302:261 fcntl:72:25 ioctl:16:29 prctl:157:167
    socketpair:53:199 sendto:44:206 socket:41:198
"""

# What the profile `course` may do beside: start programs, and speak to itself, in namespaces of its own.
COURSE = """
    fork:57:- vfork:58:- execve:59:221 setsid:112:157 setpgid:109:154 kill:62:129 tgkill:234:131 tkill:200:130
    pidfd_open:434:434 pidfd_send_signal:424:424 sched_setaffinity:203:122 sched_setscheduler:144:119
    setpriority:141:140 flock:73:32 mknod:133:- mknodat:259:33 bind:49:200 connect:42:203 listen:50:201
    accept:43:202 accept4:288:242 setsockopt:54:208 sendto:44:206 sendmmsg:307:269 recvmmsg:299:243
    chmod:90:- fchmod:91:52 fchmodat:268:53 fchmodat2:452:452 utime:132:- utimes:235:- futimesat:261:-
    utimensat:280:88
"""

# Answered with success and not done. Refusing them breaks honest code (IPython makes its profile folder with
# chmod, shutil copies times); doing them would change files of the host, which Landlock does not prevent.
FAKED = """
    chmod:90:- fchmod:91:52 fchmodat:268:53 fchmodat2:452:452 chown:92:- fchown:93:55 lchown:94:-
    fchownat:260:54 utime:132:- utimes:235:- futimesat:261:- utimensat:280:88 sync:162:81
"""

# "Not supported here" is what shutil.copystat takes for an answer; a refusal makes it raise.
UNSUPPORTED = """
    getxattr:191:8 lgetxattr:192:9 fgetxattr:193:10 listxattr:194:11 llistxattr:195:12 flistxattr:196:13
    setxattr:188:5 lsetxattr:189:6 fsetxattr:190:7 removexattr:197:14 lremovexattr:198:15
    fremovexattr:199:16
"""

# CUDA shares memory through it; on the CPU it would be memory that no limit counts.
CUDA_ONLY = "memfd_create:319:279 mlock:149:228"

# Refused because they stand in no list above; named here because the confinement or a probe calls them.
REFUSED = """
    landlock_create_ruleset:444:444 landlock_add_rule:445:445 landlock_restrict_self:446:446
    capset:126:91 pivot_root:155:41 mount_setattr:442:442 ptrace:101:117 process_vm_readv:310:270
    pidfd_open:434:434 pidfd_send_signal:424:424 pidfd_getfd:438:438 io_uring_setup:425:425
    keyctl:250:219 bpf:321:280 perf_event_open:298:241 userfaultfd:323:282 shmget:29:194 msgget:68:186
    semget:64:190 mq_open:240:180 execve:59:221 execveat:322:281 clone3:435:435 inotify_init1:294:26
    fanotify_init:300:262 name_to_handle_at:303:264 unshare:272:97 setns:308:268 mount:165:40
    umount2:166:39 seccomp:317:277 rt_sigqueueinfo:129:138 splice:275:76 memfd_secret:447:447
    personality:135:92 kcmp:312:272 process_madvise:440:440 setpriority:141:140
"""

SELF = -1  # in a Check: the calling process, whose number is known only after the fork


@dataclass(frozen=True)
class Check:
    """A condition on one 32-bit word of the arguments: word 2*i is the low half of argument i."""

    word: int
    values: tuple[int, ...]
    mask: int = 0xFFFF_FFFF


_THREAD = 0x0001_0000 | 0x100 | 0x800  # CLONE_THREAD, and CLONE_VM and CLONE_SIGHAND, which it demands
_NEW_NAMESPACE = 0x7E02_0080
# DUPFD, GETFD, SETFD, GETFL, SETFL, DUPFD_CLOEXEC, GETPIPE_SZ; no locks, no owners to be signalled
_FCNTL = (0, 1, 2, 3, 4, 1030, 1032)
# TCGETS and TCGETS2 (isatty), TIOCGWINSZ, FIONREAD, FIONBIO, FIONCLEX, FIOCLEX
_IOCTL = (0x5401, 0x802C_542A, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)
# GET_DUMPABLE, SET_NAME, GET_NAME, GET_SECCOMP, CAPBSET_READ, GET_NO_NEW_PRIVS, SET_VMA
_PRCTL = (3, 15, 16, 21, 23, 39, 0x5356_4D41)

RULES: dict[str, tuple[Check, ...]] = {
    "clone": (Check(0, (_THREAD,), _THREAD | _NEW_NAMESPACE),),  # a thread, never a process
    "kill": (Check(0, (SELF,)),),
    "tgkill": (Check(0, (SELF,)),),
    "prlimit64": (Check(0, (0, SELF)),),
    "fcntl": (Check(2, _FCNTL),),
    "ioctl": (Check(2, _IOCTL),),
    "prctl": (Check(0, _PRCTL),),
    # asyncio wakes itself through a stream pair. A datagram pair could send to any socket's path.
    "socketpair": (Check(0, (1,)), Check(2, (1,), 0xF)),
    "sendto": (Check(8, (0,)), Check(9, (0,))),  # to nobody but the peer
}

# The same under the profile `course`: processes too, record locks (SQLite), and terminals of its own.
_TERMINAL = (
    0x5402,
    0x5403,
    0x5404,
    0x540B,
    0x540E,
    0x540F,
    0x5410,
    0x5414,
    0x5422,
    0x5429,
    0x5441,
    0x8004_5430,
    0x4004_5431,
)  # TCSETS*, TCFLSH, TIOCSCTTY, TIOC[GS]PGRP, TIOCSWINSZ, TIOCNOTTY, TIOCGSID, TIOCGPTPEER, TIOCGPTN, TIOCSPTLCK
COURSE_RULES: dict[str, tuple[Check, ...]] = {
    "clone": (Check(0, (0,), _NEW_NAMESPACE),),
    "fcntl": (Check(2, (*_FCNTL, 5, 6, 7, 36, 37, 38)),),
    "ioctl": (Check(2, (*_IOCTL, *_TERMINAL)),),
    "prctl": (Check(0, (*_PRCTL, 1, 36)),),  # SET_PDEATHSIG, SET_CHILD_SUBREAPER
    "prlimit64": RULES["prlimit64"],
    "socketpair": (Check(0, (1,)),),
    "socket": (Check(0, (1, 2, 10)),),  # its own paths, IPv4 and IPv6, where there is a loopback and nothing else
}

# Instructions of the kernel's classic BPF, and what a filter may answer.
_LOAD, _AND, _EQUAL, _AT_LEAST, _JUMP, _RETURN = 0x20, 0x54, 0x15, 0x35, 0x05, 0x06
_ALLOW, _KILL, _ERRNO = 0x7FFF_0000, 0x8000_0000, 0x0005_0000
_AUDIT_ARCH = {"x86_64": 0xC000_003E, "aarch64": 0xC000_00B7}

Instruction = tuple[int, int, int, int]  # code, jump if true, jump if false, operand
Block = list[Instruction]


def parse(table: str, machine: str) -> dict[str, int]:
    """Names and numbers of one table above, on one architecture."""
    column = 1 + MACHINES.index(machine)
    rows = (entry.split(":") for entry in table.split())
    return {row[0]: int(row[column]) for row in rows if row[column] != "-"}


def _answer(value: int) -> Block:
    return [(_RETURN, 0, 0, value)]


def _refuse(number: int) -> Block:
    return _answer(_ERRNO | number)


def _checked(checks: tuple[Check, ...], refusal: int = errno.EPERM) -> Block:
    """Allow when every check holds, refuse otherwise."""
    block: Block = []
    for check in checks:
        block.append((_LOAD, 0, 0, 16 + 4 * check.word))
        if check.mask != 0xFFFF_FFFF:
            block.append((_AND, 0, 0, check.mask))
        left = len(check.values)
        block += [(_EQUAL, left - place, 0, value) for place, value in enumerate(check.values)]
        block += _refuse(refusal)
    return block + _answer(_ALLOW)


def _blocks(machine: str, cuda: bool, processes: bool) -> dict[int, Block]:
    """What to do for each call that is not simply refused."""

    def numbers(table: str) -> Iterator[int]:
        return iter(parse(table, machine).values())

    blocks = {number: _answer(_ALLOW) for number in numbers(ALLOWED)}
    blocks |= {number: _refuse(0) for number in numbers(FAKED)}
    blocks |= {number: _refuse(errno.EOPNOTSUPP) for number in numbers(UNSUPPORTED)}
    rules = COURSE_RULES if processes else RULES
    blocks |= {number: _answer(_ALLOW) for number in numbers(COURSE if processes else "")}
    # ZeroMQ, in every Jupyter kernel, ends the process where netlink is refused in another way than this.
    refusals = {"socket": errno.EOPNOTSUPP}
    blocks |= {
        number: _checked(rules[name], refusals.get(name, errno.EPERM))
        for name, number in parse(CHECKED, machine).items()
        if name in rules
    }
    if cuda:  # the driver speaks through hundreds of its own ioctls, on devices that Landlock picks
        blocks |= {number: _answer(_ALLOW) for number in numbers(CUDA_ONLY)}
        blocks[parse(CHECKED, machine)["ioctl"]] = _not_these_ioctls()
    return blocks


def _not_these_ioctls() -> Block:
    dangerous = (0x5412, 0x541C, 0x8901, 0x8902, 0x5452)  # TIOCSTI, TIOCLINUX, FIOSETOWN, SIOCSPGRP, FIOASYNC
    tests = [(_EQUAL, len(dangerous) - place, 0, value) for place, value in enumerate(dangerous)]
    return [(_LOAD, 0, 0, 16 + 4 * 2), *tests, *_answer(_ALLOW), *_refuse(errno.EPERM)]


def _tree(spans: list[tuple[int, Block]]) -> Block:
    """A binary search for the last span that starts at or below the call's number."""
    if len(spans) == 1:
        return spans[0][1]
    half = len(spans) // 2
    low, high = _tree(spans[:half]), _tree(spans[half:])
    start = spans[half][0]
    if len(low) <= 255:  # a conditional jump reaches no further
        return [(_AT_LEAST, len(low), 0, start), *low, *high]
    return [(_AT_LEAST, 0, 1, start), (_JUMP, 0, 0, len(low)), *low, *high]


@dataclass(frozen=True)
class Program:
    """An assembled filter; `self_at` are the bytes where the number of the calling process belongs."""

    code: bytes
    self_at: tuple[int, ...]

    def for_process(self, pid: int) -> bytes:
        """The filter as one process may load it."""
        code = bytearray(self.code)
        for place in self.self_at:
            struct.pack_into("=I", code, place, pid)
        return bytes(code)


def _unlisted(number: int) -> Block:
    if number >= X32:
        return _answer(_KILL)
    return _refuse(errno.EPERM if number < FIRST_SHARED else errno.ENOSYS)


def assemble(machine: str, cuda: bool = False, processes: bool = False) -> Program:
    """The filter for one architecture; a call in no list gets EPERM, or ENOSYS if it is a recent one."""
    blocks = _blocks(machine, cuda, processes)
    spans: list[tuple[int, Block]] = []
    starts = {0, FIRST_SHARED, X32, *blocks, *(number + 1 for number in blocks)}
    for start in sorted(starts):
        block = blocks.get(start, _unlisted(start))
        if not spans or spans[-1][1] != block:
            spans.append((start, block))
    architecture: Block = [(_LOAD, 0, 0, 4), (_EQUAL, 1, 0, _AUDIT_ARCH[machine]), *_answer(_KILL)]
    instructions: Block = [*architecture, (_LOAD, 0, 0, 0), *_tree(spans)]
    code = b"".join(struct.pack("=HBBI", *op[:3], op[3] & 0xFFFF_FFFF) for op in instructions)
    return Program(code, tuple(8 * place + 4 for place, op in enumerate(instructions) if op[3] == SELF))


@functools.cache
def libc() -> Any:
    """The C library of this process (loaded on first use, so that this module imports on any platform)."""
    library = ctypes.CDLL(None, use_errno=True)
    library.syscall.restype = ctypes.c_long
    library.prctl.argtypes = [ctypes.c_int] + [ctypes.c_ulong] * 4
    return library


@functools.cache
def _numbers() -> dict[str, int]:
    tables = (ALLOWED, CHECKED, FAKED, UNSUPPORTED, CUDA_ONLY, REFUSED)
    return parse(" ".join(tables), platform.machine())


def system_call(name: str, *arguments: int | bytes) -> int:
    """Call the kernel; OSError names the call that failed."""
    passed = [ctypes.c_long(value) if isinstance(value, int) else ctypes.c_char_p(value) for value in arguments]
    result: int = libc().syscall(ctypes.c_long(_numbers()[name]), *passed)
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")
    return result


def repeated_call(name: str, types: Sequence[type[int] | type[bytes]]) -> Callable[..., int]:
    """`system_call` for one call made many times, with the types of its arguments settled once."""
    function = libc()["syscall"]  # by index: an object of its own, whose types are nobody else's
    function.restype = ctypes.c_long
    function.argtypes = [ctypes.c_long, *(ctypes.c_char_p if kind is bytes else ctypes.c_long for kind in types)]
    number = _numbers()[name]

    def call(*passed: int | bytes) -> int:
        result: int = function(number, *passed)
        if result < 0:
            error = ctypes.get_errno()
            raise OSError(error, f"{name}: {os.strerror(error)}")
        return result

    return call


def prctl(option: int, *arguments: int) -> int:
    """prctl(2), with OSError on failure."""
    result: int = libc().prctl(option, *arguments, *([0] * (4 - len(arguments))))
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"prctl {option}: {os.strerror(number)}")
    return result


def load(program: Program) -> None:
    """Bind the calling thread, for good; no_new_privs must be set."""
    code = program.for_process(os.getpid())
    buffer = ctypes.create_string_buffer(code, len(code))
    header = ctypes.create_string_buffer(struct.pack("HP", len(code) // 8, ctypes.addressof(buffer)))
    prctl(22, 2, ctypes.addressof(header))  # PR_SET_SECCOMP, SECCOMP_MODE_FILTER
