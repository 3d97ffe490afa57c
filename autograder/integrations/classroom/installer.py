"""A folded cell above the imports: installs ``check`` and ``hint`` where they are missing, and does nothing elsewhere.

VS Code makes an environment without them, and Colab opens a notebook alone, from the repository's address.
"""

from __future__ import annotations

import json
import re

from autograder.errors import UsageError

# A wheel is data to a shell: only what stands in names of wheels and addresses is put into the command.
_ADDRESS = re.compile(r"https://github\.com/([\w.-]+/[\w.-]+?)(?:\.git)?/?")
_CELL = """\
# @title Installs check and hint where they are missing (Colab, VS Code); elsewhere it does nothing.
try:
    import autograder
except ModuleNotFoundError:
    from pathlib import Path

    wheel = "{wheel}"
    if not Path(wheel).is_file():
        wheel = "{address}"
    %pip install --quiet {index} {{wheel}}
"""


def with_installer(notebook: bytes, wheel: str, index: str, repository: str | None) -> bytes:
    """The notebook with the cell above its first code cell.

    Args:
        wheel: the student's wheel, from the notebook's folder.
        index: the options by which pip finds PyTorch without CUDA.
        repository: the address on GitHub from which a notebook that was opened alone gets the wheel; it must be
            public for that.

    Raises:
        UsageError: ``repository`` is no address of a repository on GitHub.
    """
    told = json.loads(notebook)
    source = _CELL.format(wheel=wheel, address=raw_address(repository, wheel) or wheel, index=index)
    cell = {
        "cell_type": "code",
        "execution_count": None,
        "id": "install-the-checks",
        "metadata": {"cellView": "form", "jupyter": {"source_hidden": True}},
        "outputs": [],
        "source": source.rstrip("\n").splitlines(keepends=True),
    }
    kinds = [one["cell_type"] for one in told["cells"]]
    told["cells"].insert(kinds.index("code") if "code" in kinds else 0, cell)
    return (json.dumps(told, indent=1, ensure_ascii=False) + "\n").encode("utf-8")


def raw_address(repository: str | None, path: str) -> str | None:
    """Where a file of a public repository's default branch is downloaded from."""
    if repository is None:
        return None
    found = _ADDRESS.fullmatch(repository)
    if found is None:
        raise UsageError(f"{repository!r} is no address such as https://github.com/ORGANISATION/REPOSITORY")
    return f"https://raw.githubusercontent.com/{found[1]}/HEAD/{path}"
