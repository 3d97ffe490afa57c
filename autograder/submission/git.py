"""git, asked about a repository that a stranger filled: objects are read, and nothing of the repository is run.

No checkout, so no filter; no hooks; no configuration but the repository's own, and of that nothing that starts a
program when objects are read: plumbing only, no pager, no fetching of what is missing, no replaced objects.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

SECONDS = 60.0  # for one git command in a clone, which takes a fraction of a second
_QUIET = (
    "core.hooksPath=/dev/null", "core.fsmonitor=false", "core.attributesFile=/dev/null", "core.pager=cat",
    "safe.directory=*", "protocol.allow=never", "gc.auto=0", "maintenance.auto=false",
)  # fmt: skip


class GitError(RuntimeError):
    """What git said, in one line."""


def git(
    repository: Path, *arguments: str, stdin: bytes = b"", settings: tuple[str, ...] = (), **environment: str
) -> bytes:
    """What a git command prints.

    Args:
        repository: the folder with the ``.git`` folder.
        settings: ``key=value`` of configuration, after those that keep git quiet.
        environment: further variables.

    Raises:
        GitError: it failed, took too long, or is not installed; or ``.git`` leads out of the folder.
    """
    folder = repository / ".git"
    if folder.is_symlink() or not folder.is_dir():
        raise GitError(f"{repository} has no .git folder of its own")
    command = ["git", f"--git-dir={folder.resolve()}", "--no-pager", "--no-replace-objects"]
    for setting in (*_QUIET, *settings):
        command += ["-c", setting]
    try:
        done = subprocess.run(
            [*command, *arguments],
            input=stdin,
            capture_output=True,
            timeout=SECONDS,
            cwd="/",
            env={**_environment(), **environment},
            check=False,
        )
    except FileNotFoundError as problem:
        raise GitError("git is not installed") from problem
    except subprocess.TimeoutExpired as problem:
        raise GitError(f"git {arguments[0]} took more than {SECONDS:g} s") from problem
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise GitError(f"git {arguments[0]}: {said[-1] if said else f'exit {done.returncode}'}"[:300])
    return done.stdout


def _environment() -> Mapping[str, str]:
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": os.devnull,
        "LC_ALL": "C",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_ALLOW_PROTOCOL": "none",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_OPTIONAL_LOCKS": "0",
    }
