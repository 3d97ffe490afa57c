"""On a real GPU: ``pytest -m cuda`` runs what needs one, and says that it was not run where there is none."""

from __future__ import annotations

import pytest

from autograder.authoring.verify.on_gpu import compare_devices
from autograder.course.assignment import assignment_names, load_assignment
from autograder.course.layout import Course
from autograder.grader.devices import cuda_trouble, refused_step
from autograder.grader.policy import sandbox_policy
from autograder.session.selftest import device_steps, require_sandbox
from autograder.session.supervisor import Zygote

pytestmark = pytest.mark.cuda


@pytest.fixture(scope="module", autouse=True)
def _gpu() -> None:
    trouble = cuda_trouble()
    if trouble:
        pytest.skip(f"not run: {trouble}")


def test_cuda_works_in_a_confined_fork_and_every_probe_is_denied(course: Course) -> None:
    with Zygote(sandbox_policy(course, "cuda"), "cuda") as zygote:
        assert refused_step(device_steps(zygote)) == ""
        assert require_sandbox(zygote) in ("full", "partial")


@pytest.mark.parametrize("name", assignment_names())
def test_marks_on_the_gpu_are_those_on_the_cpu(name: str, course: Course) -> None:
    record, differences = compare_devices([load_assignment(name)], course, seed=3)
    print(record)
    assert differences == 0, record
