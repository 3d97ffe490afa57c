"""Runs the steps of a workflow from its YAML as GitHub's runner would: in order, by bash, with the runner's files.

Actions are stood in for by functions; expressions are those that our workflows use, and an unknown one is an error.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

Action = Callable[["Runner", dict[str, str]], None]
_EXPRESSION = re.compile(r"\$\{\{(.*?)\}\}", re.DOTALL)
_TOKEN = re.compile(r"\s*(?:('(?:[^']|'')*')|(\|\||&&|==|!=|!|\(|\))|([A-Za-z_][\w.-]*))")


@dataclass
class Step:
    """What became of one step."""

    name: str
    outcome: str  # success, failure, skipped
    output: str = ""


@dataclass
class Runner:
    """One job's machine.

    Args:
        workspace: where the repository is checked out.
        actions: what stands in for each action, by its name without the version.
        contexts: ``inputs``, ``secrets``, ``vars``, ``github`` and ``matrix``.
        environment: added to each step's variables.
    """

    workspace: Path
    temp: Path
    actions: Mapping[str, Action]
    contexts: dict[str, Any] = field(default_factory=dict)
    environment: dict[str, str] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    failed: bool = False
    outputs: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)
    artifacts: dict[str, Path] = field(default_factory=dict)
    reported: list[Any] = field(default_factory=list)
    step_env: dict[str, str] = field(default_factory=dict)

    def run(self, workflow: Path, job: str) -> str:
        """Run every step of a job; ``success`` or ``failure``."""
        self.temp.mkdir(parents=True, exist_ok=True)
        told = yaml.safe_load(workflow.read_text("utf-8"))["jobs"][job]
        if "if" in told and not self.evaluate(str(told["if"])):
            return "skipped"
        shared = {key: self.fill(value) for key, value in told.get("env", {}).items()}
        for number, step in enumerate(told["steps"]):
            self._step(step, shared, number)
        return self.outcome

    @property
    def outcome(self) -> str:
        """``success`` or ``failure``, so far."""
        return "failure" if self.failed else "success"

    @property
    def summary(self) -> str:
        """The job summary."""
        path = self.temp / "summary.md"
        return path.read_text("utf-8") if path.exists() else ""

    def log(self, name: str) -> str:
        """What a step printed."""
        return next(step.output for step in self.steps if step.name == name)

    def _step(self, step: dict[str, Any], shared: dict[str, str], number: int) -> None:
        name = str(step.get("name") or step.get("uses") or number)
        condition = str(step.get("if", "success()"))
        if not self.evaluate(_EXPRESSION.sub(lambda match: match[1], condition)):
            self.steps.append(Step(name, "skipped"))
            return
        self.step_env = shared | {key: self.fill(value) for key, value in step.get("env", {}).items()}
        written = self.temp / f"output-{number}"
        if "uses" in step:
            with_ = {key: self.fill(value) for key, value in step.get("with", {}).items()}
            try:
                self.actions[step["uses"].partition("@")[0]](self, with_)
                outcome, output = "success", ""
            except ActionFailed as problem:
                outcome, output = "failure", str(problem)
        else:
            outcome, output = self._shell(self.fill(step["run"]), written)
        self.failed |= outcome == "failure" and not step.get("continue-on-error", False)
        self.outputs[step.get("id", name)] = {"outputs": _read_outputs(written)}
        self.steps.append(Step(name, outcome, output))

    def _shell(self, script: str, written: Path) -> tuple[str, str]:
        file = written.with_suffix(".sh")
        file.write_text(script, "utf-8")
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(file)],
            cwd=self.workspace, env=self._variables() | {"GITHUB_OUTPUT": str(written)},
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=300,
        )  # fmt: skip
        return "success" if done.returncode == 0 else "failure", done.stdout

    def _variables(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "TZ") if name in os.environ}
        return kept | {
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_WORKSPACE": str(self.workspace),
            "GITHUB_STEP_SUMMARY": str(self.temp / "summary.md"),
            "GITHUB_ACTOR": "ada",
            "GITHUB_REPOSITORY": "school/work-ada",
            "RUNNER_TEMP": str(self.temp),
            "RUNNER_OS": "Linux",
            "HOME": str(self.temp),
            **self.environment,
            **self.step_env,
        }

    def fill(self, value: Any) -> str:
        """A text with its expressions evaluated."""
        text = {True: "true", False: "false"}.get(value, value) if isinstance(value, bool) else value
        return _EXPRESSION.sub(lambda match: _as_text(self.evaluate(match[1])), str(text))

    def evaluate(self, expression: str) -> Any:
        """An expression, by Python: the operators of both mean the same for what we use."""
        code, at = "", 0
        expression = expression.strip()
        operators = {"||": " or ", "&&": " and ", "!": " not "}
        while at < len(expression):
            match = _TOKEN.match(expression, at)
            assert match is not None, f"this runner does not know {expression[at:]!r}"
            text, sign, name = match.groups()
            if text:
                code += repr(text[1:-1].replace("''", "'"))
            elif sign:
                code += operators.get(sign, sign)
            else:
                code += name if name in _FUNCTIONS else f"look({name!r})"
            at = match.end()
        functions = {
            "success": lambda: not self.failed, "failure": lambda: self.failed, "cancelled": lambda: False,
            "always": lambda: True, "fromJSON": json.loads, "look": self._look,
        }  # fmt: skip
        return eval(code.strip(), {"__builtins__": {}}, functions)

    def _look(self, path: str) -> Any:
        found: Any = {"steps": self.outputs, "runner": {"temp": str(self.temp)}, **self.contexts}
        for part in path.split("."):
            found = found.get(part, "") if isinstance(found, Mapping) else ""
        return found


class ActionFailed(Exception):
    """A stand-in for an action that fails as the action would."""


_FUNCTIONS = ("success", "failure", "cancelled", "always", "fromJSON")


def _as_text(value: Any) -> str:
    return "" if value is None else str(value)


def _read_outputs(path: Path) -> dict[str, str]:
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    return dict(line.partition("=")[::2] for line in lines)
