"""What holds a submission, layer by layer, and how much that is."""

import json
from dataclasses import asdict, dataclass, fields
from typing import Any

from autograder.sandbox import landlock

LAYERS = ("landlock", "seccomp", "namespaces", "uid", "limits")  # those that a control may leave out


@dataclass(frozen=True)
class Layer:
    """Whether one layer is in force, and in which form or why not."""

    ok: bool
    note: str


@dataclass(frozen=True)
class Layers:
    """What holds a submission, layer by layer."""

    root: bool  # the zygote runs as root
    abi: int  # of Landlock
    landlock: Layer
    seccomp: Layer
    no_new_privs: Layer
    uid: Layer
    user: Layer
    mount: Layer
    network: Layer
    ipc: Layer
    uts: Layer
    tmpfs: Layer
    limits: Layer

    def named(self) -> dict[str, Layer]:
        """Every layer by its name."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in values.items() if isinstance(value, Layer)}

    @property
    def level(self) -> str:
        """ "full" with every layer, "none" without one that grading demands, "partial" between."""
        files = self.landlock.ok or self.mount.ok or self.uid.ok
        if not (self.seccomp.ok and self.no_new_privs.ok and files) or (self.root and not self.uid.ok):
            return "none"
        others = [layer.ok for name, layer in self.named().items() if name not in ("uid", "user")]
        identity = self.uid.ok or self.user.ok
        return "full" if all(others) and identity and self.abi >= landlock.SCOPE_ABI else "partial"

    def to_json(self) -> str:
        """These layers as text."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "Layers":
        """The layers that `to_json` wrote."""
        values: dict[str, Any] = json.loads(text)
        root, abi = bool(values.pop("root")), int(values.pop("abi"))
        return cls(root=root, abi=abi, **{name: Layer(**value) for name, value in values.items()})
