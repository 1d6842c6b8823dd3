"""The wheel: what it must carry, what it must not, and that it works from a folder of its own."""

from __future__ import annotations

import subprocess
import sys
import tomllib
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

import kg

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built of this checkout without network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    (file,) = folder.glob("*.whl")
    return file


@pytest.fixture(scope="module")
def unpacked(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def below(folder: Path, *kinds: str) -> set[str]:
    """The files under a folder, as paths relative to it."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix in kinds and "__pycache__" not in path.parts
    }


def test_the_wheel_carries_all_that_the_program_reads(unpacked: Path) -> None:
    inside = unpacked / "kg"
    assert below(ROOT / "ontology", ".ttl", ".rq") <= below(inside / "_ontology", ".ttl", ".rq")
    assert below(ROOT / "kg", ".py", ".json", ".txt", ".onnx", ".js", ".css", ".html", ".typed") <= below(
        inside, ".py", ".json", ".txt", ".onnx", ".js", ".css", ".html", ".typed"
    )
    needed = [
        "_ontology/kg.ttl", "_ontology/frames/business.ttl", "samples/01_acquisition.txt", "py.typed",
        "extract/nouns.json", "view/assets/page.js", "language/model/words.onnx",
    ]  # fmt: skip
    assert [name for name in needed if not (inside / name).is_file()] == []


def test_the_wheel_carries_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert {name.split("/")[0] for name in names} == {"kg", f"newskg-{kg.__version__}.dist-info"}
    assert [name for name in names if "__pycache__" in name or name.endswith((".pyc", ".kg", ".part"))] == []
    assert sum(info.file_size for info in zipfile.ZipFile(wheel).infolist()) < 60_000_000


def test_the_wheel_says_what_it_is(unpacked: Path) -> None:
    folder = unpacked / f"newskg-{kg.__version__}.dist-info"
    told = Parser().parsestr((folder / "METADATA").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert (told["Name"], told["Version"]) == ("newskg", kg.__version__) == (project["name"], project["version"])
    assert told["Requires-Python"] == project["requires-python"]
    assert "kg = kg.cli:main" in (folder / "entry_points.txt").read_text(encoding="utf-8")
    assert any(path.name == "LICENSE" for path in folder.rglob("LICENSE"))


PROBE = """
import kg
from kg import ontology, language
from pathlib import Path
print(Path(kg.__file__).parent)
print(ontology.directory())
print(len(ontology.queries()), len(ontology.load().labels) > 100)
from kg.view import page
"""


def test_the_program_finds_its_files_in_the_wheel(unpacked: Path, tmp_path: Path) -> None:
    environment = {"PYTHONPATH": str(unpacked), "PATH": ""}
    done = subprocess.run(
        [sys.executable, "-c", PROBE], capture_output=True, text=True, cwd=tmp_path, env=environment, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    package, ontology, counts = done.stdout.splitlines()
    assert (package, ontology) == (str(unpacked / "kg"), str(unpacked / "kg" / "_ontology"))
    assert counts == f"{len(list((ROOT / 'ontology' / 'queries').glob('*.rq')))} True"


def test_the_wheel_reads_an_article(unpacked: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Tarn Robotics bought Pellam Cells.\n", encoding="utf-8")
    environment = {"PYTHONPATH": str(unpacked), "PATH": ""}
    done = subprocess.run(
        [sys.executable, "-m", "kg", "build", "a.txt"],
        capture_output=True, text=True, cwd=tmp_path, env=environment, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, ""), done.stderr[-2000:]
    assert done.stdout.startswith("1 article read.\nnews.kg holds 1 article, ")
