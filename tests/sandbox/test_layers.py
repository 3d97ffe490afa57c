"""How much holds a submission follows from its layers."""

import dataclasses

import pytest

from autograder.sandbox.layers import Layer, Layers

ON, OFF = Layer(True, "on"), Layer(False, "off")
ALL_ON = Layers(
    root=True, abi=7, landlock=ON, seccomp=ON, no_new_privs=ON, uid=ON, user=OFF, mount=ON, network=ON, ipc=ON,
    uts=ON, tmpfs=ON, limits=ON,
)  # fmt: skip


def test_layers_survive_json() -> None:
    assert Layers.from_json(ALL_ON.to_json()) == ALL_ON


@pytest.mark.parametrize(
    ("change", "level"),
    [
        ({}, "full"),
        ({"root": False, "uid": OFF, "user": ON}, "full"),
        ({"abi": 3}, "partial"),
        ({"landlock": OFF}, "partial"),
        ({"mount": OFF, "tmpfs": OFF, "network": OFF}, "partial"),
        ({"root": False, "uid": OFF, "mount": OFF}, "partial"),
        ({"seccomp": OFF}, "none"),
        ({"no_new_privs": OFF}, "none"),
        ({"uid": OFF}, "none"),  # root
        ({"root": False, "uid": OFF, "mount": OFF, "landlock": OFF}, "none"),
    ],
)
def test_the_level_follows_from_the_layers(change: dict[str, object], level: str) -> None:
    assert dataclasses.replace(ALL_ON, **change).level == level  # type: ignore[arg-type]
