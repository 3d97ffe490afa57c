"""``demo`` and ``doctor``: to try the grader, and what this machine has."""

from __future__ import annotations

import argparse
from pathlib import Path

from autograder.cli import options


def add_demo(commands: options.Commands) -> None:
    """``autograder demo``"""
    demo = commands.add_parser("demo", help="make a demo class and grade it")
    demo.add_argument("--folder", type=Path, default=Path("demo"), help="where the demo class is made (default: demo/)")
    demo.add_argument("--jobs", type=int, default=2, metavar="N", help="graders at work at the same time (default 2)")
    demo.set_defaults(run=_demo)


def add_doctor(commands: options.Commands) -> None:
    """``autograder doctor``"""
    doctor = commands.add_parser("doctor", help="which isolation layers, devices and versions are here")
    doctor.add_argument("--device", choices=("cpu", "cuda"), default="cpu", help="try a computation on the GPU as well")
    doctor.add_argument("--hub", action="store_true", help="who can read what on a JupyterHub, with what mends it")
    doctor.add_argument("--student", metavar="USER", nargs="+", default=[], help="with --hub: Unix users to try")
    doctor.add_argument("--teacher", metavar="USER", nargs="+", default=[], help="with --hub: who shares the course")
    python = "with --hub: the Python of students' kernels"
    doctor.add_argument("--python", type=Path, metavar="FILE", help=python)
    doctor.set_defaults(run=_doctor)


def _demo(typed: argparse.Namespace) -> int:
    from autograder.commands.demo import run_demo

    return run_demo(typed.folder, jobs=typed.jobs)


def _doctor(typed: argparse.Namespace) -> int:
    if typed.hub:
        from autograder.commands.doctor_hub import doctor_hub

        return doctor_hub(typed.student, typed.teacher, typed.python)
    from autograder.commands.doctor import doctor
    from autograder.integrations.nbgrader.health import course_health

    return doctor(typed.device, course_health)
