"""Which files a submission may touch: an allow-list that the kernel keeps, whoever runs the process.

Imports only the standard library; it runs on the untrusted side too.
"""

import enum
import errno
import os
import stat
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from autograder.sandbox.seccomp import repeated_call, system_call


class Access(enum.IntFlag):
    """What may be done beneath a path, in the kernel's own bits."""

    EXECUTE = 1 << 0
    WRITE_FILE = 1 << 1
    READ_FILE = 1 << 2
    READ_DIR = 1 << 3
    REMOVE_DIR = 1 << 4
    REMOVE_FILE = 1 << 5
    MAKE_CHAR = 1 << 6
    MAKE_DIR = 1 << 7
    MAKE_REG = 1 << 8
    MAKE_SOCK = 1 << 9
    MAKE_FIFO = 1 << 10
    MAKE_BLOCK = 1 << 11
    MAKE_SYM = 1 << 12
    REFER = 1 << 13
    TRUNCATE = 1 << 14
    IOCTL_DEV = 1 << 15

    LIST = READ_DIR
    READ = READ_FILE | READ_DIR
    DEVICE = READ_FILE | WRITE_FILE
    GPU = READ_FILE | READ_DIR | WRITE_FILE | IOCTL_DEV
    WORK = (
        READ_FILE | READ_DIR | WRITE_FILE | TRUNCATE | REFER | MAKE_DIR | MAKE_REG | MAKE_SYM | REMOVE_DIR | REMOVE_FILE
    )

    # Under the profile `course`.
    RUN = READ | EXECUTE
    TERMINALS = READ | WRITE_FILE | IOCTL_DEV
    OWN = WORK | EXECUTE | MAKE_SOCK | MAKE_FIFO


_FILE_RIGHTS = Access.EXECUTE | Access.WRITE_FILE | Access.READ_FILE | Access.TRUNCATE | Access.IOCTL_DEV
_KNOWN_BITS = {1: 13, 2: 14, 3: 15, 4: 15}  # by ABI; 16 from ABI 5 on
NETWORK_ABI, SCOPE_ABI, LOG_ABI = 4, 6, 7


@dataclass(frozen=True)
class Rule:
    """A place, held open so that a child need not look it up again, and what may be done there."""

    descriptor: int
    access: int  # plain bits: a child adds hundreds of these


def abi() -> int:
    """The version the running kernel speaks; 0 where it has no Landlock, or has it switched off."""
    try:
        return system_call("landlock_create_ruleset", 0, 0, 1)  # LANDLOCK_CREATE_RULESET_VERSION
    except OSError as error:
        if error.errno in (errno.ENOSYS, errno.EOPNOTSUPP, errno.EPERM):
            return 0
        raise


def handled(version: int) -> Access:
    """Every right this version can withhold."""
    return Access((1 << _KNOWN_BITS.get(version, 16)) - 1)


def open_rule(path: str, access: Access) -> Rule | None:
    """Hold a place open; None when there is nothing at that path, so nothing to allow."""
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except (FileNotFoundError, NotADirectoryError):
        return None
    is_folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
    return Rule(descriptor, int(access if is_folder else access & _FILE_RIGHTS))


def open_rules(places: Iterable[tuple[str, Access]]) -> tuple[Rule, ...]:
    """Hold open each place that exists."""
    return tuple(rule for path, access in places if (rule := open_rule(path, access)) is not None)


def ruleset(rules: Sequence[Rule], version: int, *, loopback: bool = False) -> int:
    """A descriptor of a new set of rules: files as listed, no TCP, no signal or abstract socket out.

    Args:
        loopback: leave TCP to a network namespace in which there is nothing else.
    """
    network = 3 if version >= NETWORK_ABI and not loopback else 0  # bind and connect
    scope = 3 if version >= SCOPE_ABI else 0  # abstract sockets and signals
    size = 24 if version >= SCOPE_ABI else 16 if version >= NETWORK_ABI else 8
    attributes = struct.pack("=QQQ", handled(version), network, scope)[:size]
    descriptor = system_call("landlock_create_ruleset", attributes, size, 0)
    known = int(handled(version))
    add = repeated_call("landlock_add_rule", (int, int, bytes, int))
    try:
        for rule in rules:
            beneath = struct.pack("=Qi", rule.access & known, rule.descriptor)
            add(descriptor, 1, beneath, 0)  # LANDLOCK_RULE_PATH_BENEATH
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def restrict(descriptor: int, version: int) -> None:
    """Bind the calling thread to a set of rules, for good; no_new_privs must be set."""
    # LOG_SAME_EXEC_OFF and LOG_SUBDOMAINS_OFF: a submission must not be able to flood the host's audit log.
    system_call("landlock_restrict_self", descriptor, 0b101 if version >= LOG_ABI else 0)
    os.close(descriptor)
