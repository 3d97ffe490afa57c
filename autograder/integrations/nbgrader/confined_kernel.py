"""A confined kernel under the hand of nbclient: what it asks of a kernel manager, and no more."""

from __future__ import annotations

import secrets
import socket
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import zmq.asyncio
from jupyter_client.asynchronous.client import AsyncKernelClient

from autograder.session.kernels import CHANNELS, ConfinedFork, Kernels

MAX_MESSAGE_BYTES = 64 << 20  # of one message from a kernel: pictures and tables take a few MiB at most
_BACKLOG = 8  # connections that wait for the kernel: nbclient opens one to each socket


class ConfinedKernel:
    """A kernel in a fork of ``kernels``; nbclient's ``km``.

    Args:
        fork: confined, with the notebook's files in its folder.
        environment: variables that the notebook gets beside those of the sandbox.
    """

    has_kernel = True
    ipykernel = True

    def __init__(self, kernels: Kernels, fork: ConfinedFork, environment: Mapping[str, str]) -> None:
        self._kernels = kernels
        self.fork = fork
        self._key = secrets.token_hex(16)
        self._folder = tempfile.TemporaryDirectory(prefix="kernel-")
        self._context = zmq.asyncio.Context()
        self._context.setsockopt(zmq.MAXMSGSIZE, MAX_MESSAGE_BYTES)
        listening = [_listening(self._path(port)) for port in range(1, len(CHANNELS) + 1)]
        try:
            fork.be_kernel(listening, self._key, environment, kernels.path)
        finally:
            for end in listening:
                end.close()

    def _path(self, port: int | str) -> str:
        return str(Path(self._folder.name, f"k-{port}"))

    def client(self) -> AsyncKernelClient:
        """A client of this kernel."""
        ports = {f"{channel}_port": port for port, channel in enumerate(CHANNELS, start=1)}
        client = _Client(transport="ipc", ip=str(Path(self._folder.name, "k")), context=self._context, **ports)
        client.session.key = self._key.encode()
        client.kernel_is_alive = self.is_alive
        return client

    async def is_alive(self) -> bool:
        """Whether the kernel's process has not ended."""
        return self.fork.alive

    async def interrupt_kernel(self) -> None:
        """As Ctrl-C."""
        self._kernels.interrupt(self.fork)

    async def shutdown_kernel(self, now: bool = False) -> None:
        """End it, and what it started."""
        self._kernels.end(self.fork)

    async def cleanup_resources(self, restart: bool = False) -> None:
        """Nothing: ``close`` does it."""

    def close(self) -> None:
        """End it, and take its sockets away; its files stay until the fork is released."""
        self._kernels.end(self.fork)
        self._context.destroy(linger=0)
        self._folder.cleanup()


class _Client(AsyncKernelClient):
    kernel_is_alive: Any

    async def _async_is_alive(self) -> bool:
        return bool(await self.kernel_is_alive())

    is_alive = _async_is_alive

    def start_channels(
        self, shell: bool = True, iopub: bool = True, stdin: bool = True, hb: bool = True, control: bool = True
    ) -> None:
        """All but the heartbeat: the system says whether the process lives."""
        super().start_channels(shell, iopub, stdin, False, control)


def _listening(path: str) -> socket.socket:
    end = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    end.bind(path)
    end.listen(_BACKLOG)
    end.setblocking(False)
    return end
