"""A real Chromium, and the servers that pages come from; reported as not run where there is no browser."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

PROGRAMS = Path(sys.executable).parent


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 1200, "height": 1400})
    page = context.new_page()
    page.set_default_timeout(90_000)
    yield page
    context.close()


@pytest.fixture
def start_server(tmp_path: Path) -> Iterator:
    """Starts a Jupyter program in a folder and answers its address with the token."""
    started: list[subprocess.Popen[bytes]] = []

    def start(folder: Path, *arguments: str) -> str:
        environment = os.environ | {
            "PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}",
            "JUPYTER_CONFIG_DIR": str(tmp_path / "config"),
            "JUPYTER_DATA_DIR": str(tmp_path / "data"),
            "JUPYTER_RUNTIME_DIR": str(tmp_path / "runtime"),
        }
        root = ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        command = [
            PROGRAMS / "jupyter",
            *arguments,
            "--no-browser",
            "--ServerApp.port=0",
            "--ServerApp.ip=127.0.0.1",
            *root,
        ]
        log = tmp_path / "server.log"
        with log.open("w") as output:
            server = subprocess.Popen(command, cwd=folder, env=environment, stdout=output, stderr=output)
        started.append(server)
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline and server.poll() is None:
            found = re.search(r"http://127\.0\.0\.1:(\d+)/\S*\?token=(\w+)", log.read_text())
            if found and answers(int(found[1])):
                return f"http://127.0.0.1:{found[1]}|{found[2]}"
            time.sleep(0.2)
        raise AssertionError(f"the server did not start:\n{log.read_text()}")

    yield start
    for server in started:
        end(server)


def end(server: subprocess.Popen[bytes]) -> None:
    """Asks the server to stop; one that waits for a kernel which is only now starting is killed."""
    server.terminate()
    try:
        server.wait(timeout=30)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
