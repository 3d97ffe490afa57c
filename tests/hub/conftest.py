"""A real JupyterHub as docs/hub.md sets it up: its proxy, Unix users, two environments, an exchange, one course.

Everything stands in a folder of its own; users and groups are throw-away ones and are removed at the end.
"""

from __future__ import annotations

import json
import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "hub.md").read_text("utf-8")
ASSIGNMENT = "03-parameter-counting"
WALKED = "04-activations"  # the one that people do in a browser
CLASSED = "09-network-2-3-1"  # the one that a whole class hands in; none of its answers needs another
COURSE_ID = "first-steps-in-deep-learning"
TEACHERS, STUDENTS = ("professor", "assistant"), ("ada", "bob")
PROGRAMS = {
    "jupyterhub-singleuser": "from jupyterhub.singleuser import main",
    "nbgrader": "from nbgrader.apps.nbgraderapp import main",
    "alembic": "from alembic.config import main",
    "autograder": "from autograder.cli import main",
}


@dataclass
class Hub:
    """A running Hub."""

    base: Path
    tag: str
    url: str = ""
    token: str = ""
    tokens: dict[str, str] = field(default_factory=dict)

    @property
    def course(self) -> Path:
        return self.base / "srv" / "first-steps"

    @property
    def exchange(self) -> Path:
        return self.base / "srv" / "exchange"

    def user(self, who: str) -> str:
        """The Unix name."""
        return f"{self.tag}-{who}"

    def home(self, who: str) -> Path:
        return self.base / "home" / who

    def python(self, kind: str) -> Path:
        """Of the environment of ``staff`` or of ``students``."""
        return self.base / "opt" / "first-steps" / kind / "bin" / "python"

    def environment(self, kind: str) -> dict[str, str]:
        return {
            "PATH": f"{self.python(kind).parent}:/usr/bin:/bin",
            "JUPYTER_CONFIG_PATH": f"{self.base / 'etc' / 'jupyter'}:{Path(sys.prefix) / 'etc' / 'jupyter'}",
            "JUPYTER_PATH": str(Path(sys.prefix) / "share" / "jupyter"),
            "OMP_NUM_THREADS": "1",
            "LANG": "C.UTF-8",
        }

    def run(self, who: str, *command: str, succeed: bool = True, cwd: Path | None = None) -> Any:
        """Run a command as this Unix user, in the home folder, as a terminal of the Hub would."""
        kind = "staff" if who in TEACHERS else "students"
        told = {**self.environment(kind), "HOME": str(self.home(who)), "USER": self.user(who)}
        given = [f"{name}={value}" for name, value in told.items()]
        line = ["runuser", "-u", self.user(who), "--", "env", "-i", *given, *command]
        where = cwd or self.home(who)
        done = subprocess.run(line, cwd=where, capture_output=True, text=True, timeout=300)
        if succeed:
            assert done.returncode == 0, f"{who}: {command}\n{done.stdout[-2000:]}{done.stderr[-4000:]}"
        return done

    def ask(self, path: str, method: str = "GET", body: Any = None, who: str | None = None) -> tuple[int, Any]:
        """Ask the Hub, or with ``who`` through the proxy as that user; the status and what came."""
        token = self.token if who is None else self.tokens[who]
        data = None if body is None else json.dumps(body).encode()
        head = {"Authorization": f"token {token}", "Content-Type": "application/json"}
        request = urllib.request.Request(self.url + path, data=data, method=method, headers=head)
        try:
            with urllib.request.urlopen(request, timeout=300) as answer:
                status, said = answer.status, answer.read().decode()
        except urllib.error.HTTPError as problem:
            status, said = problem.code, problem.read().decode()
        try:
            return status, json.loads(said)
        except ValueError:
            return status, said

    def server(self, who: str, path: str, method: str = "GET", body: Any = None, as_who: str | None = None) -> Any:
        """Ask the server of ``who``; what came, where it went well."""
        status, said = self.ask(f"/user/{self.user(who)}/{path}", method, body, as_who or who)
        assert status < 300, (path, status, str(said)[:3000])
        return said


def shell(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


def block_of(title: str) -> str:
    """The block of the page that begins with this comment."""
    found = re.search(rf"```python\n(# [^\n]*{re.escape(title)}\n.*?)```", PAGE, re.S)
    assert found is not None, f"docs/hub.md has no block for {title}"
    return found.group(1)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def everybodys_python() -> str | None:
    """A Python of this version that users who are not root can run."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for python in (os.path.realpath(sys.executable), f"/usr/bin/{version}", f"/usr/local/bin/{version}"):
        done = subprocess.run(["runuser", "-u", "nobody", "--", python, "-c", ""], capture_output=True, cwd="/")
        if done.returncode == 0:
            return python
    return None


def why_not() -> str:
    """Why a Hub cannot be made here; "" where it can."""
    if os.geteuid() != 0 or shutil.which("useradd") is None:
        return "a Hub with Unix users needs root and useradd"
    if not os.environ.get("AUTOGRADER_HUB"):
        return "AUTOGRADER_HUB names no folder with JupyterHub and its proxy: HUB=1 .ci/run makes one"
    if everybodys_python() is None:
        return f"no Python {sys.version_info.major}.{sys.version_info.minor} here that other users can run"
    packages = Path(pytest.__file__).parents[1]
    readable = subprocess.run(["runuser", "-u", "nobody", "--", "test", "-r", str(packages)], capture_output=True)
    return "" if readable.returncode == 0 else f"other users cannot read {packages}"


@pytest.fixture(scope="session")
def hub() -> Iterator[Hub]:
    """The Hub, with a server running for everybody."""
    if why := why_not():
        pytest.skip(why)
    base = Path("/tmp") / f"hub-{secrets.token_hex(4)}"
    made = Hub(base, f"h{secrets.token_hex(3)}")
    base.mkdir(mode=0o755)
    process: subprocess.Popen[bytes] | None = None
    try:
        _users(made)
        _environments(made)
        _folders(made)
        process = _start(made)
        yield made
    finally:
        if process is not None:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
        _remove(made)


def _users(hub: Hub) -> None:
    shell("groupadd", hub.user("teachers"))
    (hub.base / "home").mkdir(mode=0o755)
    for who in TEACHERS + STUDENTS:
        more = ("-G", hub.user("teachers")) if who in TEACHERS else ()
        shell("useradd", "-m", "-d", str(hub.home(who)), "-s", "/bin/bash", *more, hub.user(who))
        hub.home(who).chmod(0o700)


def _environments(hub: Hub) -> None:
    """As pip would make them, from what is installed here: the whole package for staff, the wheel for students."""
    packages = Path(pytest.__file__).parents[1]
    for kind in ("staff", "students"):
        python = hub.python(kind)
        shell(str(everybodys_python()), "-m", "venv", "--without-pip", str(python.parents[1]))
        version = f"python{sys.version_info.major}.{sys.version_info.minor}"
        site = python.parents[1] / "lib" / version / "site-packages"
        (site / "installed.pth").write_text(f"{packages}\n{Path(os.environ['AUTOGRADER_HUB']) / 'site-packages'}\n")
        for name, line in PROGRAMS.items():
            script = python.parent / name
            script.write_text(f"#!{python}\nimport sys\n{line}\nsys.exit(main())\n")
            script.chmod(0o755)
        if kind == "staff":
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / "autograder", site / "autograder", ignore=ignored)
            shell("chgrp", "-R", hub.user("teachers"), str(python.parents[1]))
            python.parents[1].chmod(0o750)
        else:
            wheels = hub.base / "wheels"
            built = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", str(wheels)]
            shell(*built, str(ROOT / "packaging" / "student"))
            with zipfile.ZipFile(next(wheels.glob("*.whl"))) as wheel:
                wheel.extractall(site)


def _here(hub: Hub, text: str) -> str:
    """A block of the page, with this Hub's folders and group."""
    for name in ("/opt/first-steps", "/srv/first-steps", "/srv/exchange"):
        text = text.replace(f'"{name}', f'"{hub.base}{name}')
    return text.replace('"teachers"', f'"{hub.user("teachers")}"')


def _folders(hub: Hub) -> None:
    (hub.base / "etc" / "jupyter").mkdir(parents=True)
    everybodys = _here(hub, block_of("/etc/jupyter/nbgrader_config.py"))
    (hub.base / "etc" / "jupyter" / "nbgrader_config.py").write_text(everybodys)
    hub.exchange.mkdir(parents=True)
    hub.exchange.chmod(0o777)
    owners = ("-o", hub.user("professor"), "-g", hub.user("teachers"))
    shell("install", "-d", "-m", "2775", *owners, str(hub.exchange / COURSE_ID))
    for part in ("source", "release"):
        for name in (ASSIGNMENT, WALKED, CLASSED):
            shutil.copytree(ROOT / part / name, hub.course / part / name)
    shutil.copy(ROOT / "gradebook.db", hub.course)
    own = (ROOT / "nbgrader_config.py").read_text("utf-8")
    own += _here(hub, block_of("appended to /srv/first-steps/nbgrader_config.py"))
    (hub.course / "nbgrader_config.py").write_text(own, "utf-8")
    for who in TEACHERS:
        config = hub.home(who) / ".jupyter" / "nbgrader_config.py"
        config.parent.mkdir()
        config.write_text(f"c = get_config()\nc.CourseDirectory.root = {str(hub.course)!r}\n")
        shell("chown", "-R", hub.user(who), str(config.parent))
    course = str(hub.course)
    shell("chown", "-R", f"{hub.user('professor')}:{hub.user('teachers')}", course)
    shell("chmod", "-R", "g+rwX,o-rwx", course)
    shell("find", course, "-type", "d", "-exec", "chmod", "g+s", "{}", "+")


def _start(hub: Hub) -> subprocess.Popen[bytes]:
    front, inside, api = free_port(), free_port(), free_port()
    hub.url, hub.token = f"http://127.0.0.1:{front}", secrets.token_hex(16)
    environment = hub.environment("students")
    del environment["PATH"]  # the page's own block sets it
    state = hub.base / "state"
    state.mkdir(mode=0o700)
    proxy = Path(os.environ["AUTOGRADER_HUB"]) / "node_modules" / ".bin" / "configurable-http-proxy"
    config = _here(hub, block_of("/etc/jupyterhub/jupyterhub_config.py"))
    config += f"""
c.JupyterHub.bind_url = {hub.url!r}
c.JupyterHub.hub_port = {inside}
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{api}"
c.ConfigurableHTTPProxy.command = [{shutil.which("node")!r}, {str(proxy)!r}]
c.ConfigurableHTTPProxy.pid_file = {str(state / "proxy.pid")!r}
c.JupyterHub.db_url = "sqlite:///{state / "hub.sqlite"}"
c.JupyterHub.cookie_secret_file = {str(state / "cookie")!r}
c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allow_all = True
c.Spawner.environment = {environment!r}
c.Spawner.start_timeout = 180
c.Spawner.http_timeout = 180
c.JupyterHub.services = [{{"name": "walk", "api_token": {hub.token!r}}}]
scopes = ["admin:users", "admin:servers", "tokens"]
c.JupyterHub.load_roles = [{{"name": "walk", "services": ["walk"], "scopes": scopes}}]
"""
    (state / "jupyterhub_config.py").write_text(config)
    command = [str(hub.python("staff")), "-m", "jupyterhub", "-f", str(state / "jupyterhub_config.py")]
    told = {**hub.environment("staff"), "CONFIGPROXY_AUTH_TOKEN": secrets.token_hex(16)}
    with (state / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=state, stdout=log, stderr=log, env=told)
    try:
        _wait(lambda: hub.ask("/hub/api/")[0] == 200, 120)
        for who in TEACHERS + STUDENTS:
            path = f"/hub/api/users/{hub.user(who)}"
            assert hub.ask(path, "POST")[0] == 201
            hub.tokens[who] = hub.ask(f"{path}/tokens", "POST", {"note": "walk"})[1]["token"]
            assert hub.ask(f"{path}/server", "POST")[0] in (201, 202)
        for who in TEACHERS + STUDENTS:
            _wait(lambda who=who: hub.ask(f"/hub/api/users/{hub.user(who)}")[1]["server"] is not None, 180)  # type: ignore[misc]
    except BaseException:
        process.terminate()
        print((state / "log").read_text()[-8000:])
        raise
    return process


def _wait(true: Any, seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if true():
                return
        except OSError:
            pass
        time.sleep(0.5)
    raise AssertionError(f"not within {seconds:.0f} s")


def _exists(name: str) -> bool:
    return any(entry.pw_name == name for entry in pwd.getpwall())


def _remove(hub: Hub) -> None:
    """End what these users left running, then the users, then the folder."""
    mine = {pwd.getpwnam(name).pw_uid for name in map(hub.user, TEACHERS + STUDENTS) if _exists(name)}
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if process.stat().st_uid in mine:
                os.kill(int(process.name), signal.SIGKILL)
    time.sleep(1)
    for who in TEACHERS + STUDENTS:
        subprocess.run(["userdel", hub.user(who)], capture_output=True)
    subprocess.run(["groupdel", hub.user("teachers")], capture_output=True)
    shutil.rmtree(hub.base, ignore_errors=True)
