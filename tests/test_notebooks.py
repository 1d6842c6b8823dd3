"""The notebooks run from beginning to end, and are kept with the outputs of a run.

After a change that shows in them, run them anew and save them with their outputs:

    python tests/test_notebooks.py
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbclient
import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def executed(path: Path) -> Any:
    """The notebook after a run in a fresh kernel."""
    notebook = nbformat.read(path, as_version=4)
    client = nbclient.NotebookClient(
        notebook, timeout=300, kernel_name="python3", record_timing=False, resources={"metadata": {"path": str(ROOT)}}
    )
    return client.execute()


def code_cells(notebook: Any) -> list[Any]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def text_of(cell: Any) -> str:
    """All that a cell put out, as text."""
    parts = []
    for output in cell.outputs:
        parts.append(output.get("text", ""))
        parts += [str(value) for value in output.get("data", {}).values()]
    return "\n".join(parts)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs(path: Path) -> None:
    cells = code_cells(executed(path))  # a cell that fails raises
    assert cells and all(text_of(cell).strip() for cell in cells)
    assert not [output for cell in cells for output in cell.outputs if output.get("name") == "stderr"]
    drawn = [output.data for cell in cells for output in cell.outputs if "data" in output]
    assert any(kind.startswith("image/") for data in drawn for kind in data)  # each shows a picture


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_kept_as_it_ran(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    cells = code_cells(notebook)
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    assert all(output.output_type != "error" for cell in cells for output in cell.outputs)


def test_there_is_a_notebook_to_begin_with() -> None:
    assert [path.name for path in NOTEBOOKS][:1] == ["01_articles_to_graph.ipynb"]


def main() -> None:
    """Run every notebook and save it with its outputs."""
    for path in NOTEBOOKS:
        notebook = executed(path)
        for cell in notebook.cells:
            cell.metadata.clear()
        notebook.metadata.get("language_info", {}).pop("version", None)  # the same file from any Python
        nbformat.write(notebook, path)
        print(path.name)


if __name__ == "__main__":
    main()
