"""ipykernel's own application on sockets that listen already. Untrusted side: imports nothing of the graders."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

import ipykernel
import zmq
from ipykernel.kernelapp import IPKernelApp

_LAUNCHER = str(ipykernel.__file__).replace("ipykernel/__init__.py", "ipykernel_launcher.py")
_HISTORY = "--HistoryManager.hist_file=:memory:"  # as nbclient starts kernels


class KernelOnSockets(IPKernelApp):
    """A kernel as ``nbgrader autograde`` starts it, but for files: no connection file, no heartbeat."""

    listening: Mapping[int, int]

    def _try_bind_socket(self, s: Any, port: int) -> int:
        s.setsockopt(zmq.USE_FD, self.listening[port])
        s.bind(f"ipc://kernel-{port}")
        return port

    def init_connection_file(self) -> None:
        """There is none: the sockets are here."""

    def write_connection_file(self, **kwargs: Any) -> None:
        """There is none."""

    def init_heartbeat(self) -> None:
        """The trusted side holds a handle of this process, and knows when it ends."""

    def init_control(self, context: Any) -> None:
        """As always, but that the debugger's socket is not connected to a path that is not here."""
        super().init_control(context)  # type: ignore[no-untyped-call]
        socket = getattr(self, "debug_shell_socket", None)
        if socket is not None:
            socket.disconnect(self.shell_socket.getsockopt(zmq.LAST_ENDPOINT))


def ready_kernel(sockets: Mapping[str, int], key: bytes) -> KernelOnSockets:
    """A kernel that only needs to be started.

    Args:
        sockets: a listening socket for each channel.
        key: with which messages are signed.
    """
    sys.argv = [_LAUNCHER, "-f", "kernel.json", _HISTORY]
    ports = {f"{channel}_port": port for port, channel in enumerate(sockets, start=1)}
    app = KernelOnSockets.instance(transport="ipc", ip="kernel", log_level=50, **ports)
    app.listening = dict(enumerate(sockets.values(), start=1))
    app.session.key = key
    app.initialize([_HISTORY])  # type: ignore[no-untyped-call]
    if app.shell is not None:
        app.shell.ask_exit = lambda: None  # exit() in a cell ends nothing, which in stock ends the submission
    return app
