"""What a graph goes through: kill -9, a second writer, a full disk, closed folders, another version of kg."""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

import kg
from kg import emit, export, files, names, record_bytes
from kg.cli import cli
from kg.records import Article
from kg.resolve import review
from kg.score.growth import read_all
from kg.store import Store
from tests.test_changing import OWN

ROOT = Path(__file__).resolve().parents[1]
NEWS = (
    "date 2024-05-06 Tarn Robotics bought Pellam Cells for $12 million. Dora Venn is the chief of Pellam Cells.",
    'date 2024-05-07 Pellam Cells sold Caldera Lines to Tarn Robotics. "We are glad," Dora Venn said.',
    "date 2024-05-08 Tarn Robotics Group hired Ivo Brandt. Caldera Lines may cut 30 jobs.",
    "date 2024-05-09 Ivo Brandt left Tarn Robotics. Pellam Cells bought Verlane Capital.",
)


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("news")
    for place, text in enumerate(NEWS):
        (folder / f"{place}.txt").write_text(text, encoding="utf-8")
    return sorted(folder.iterdir())


@pytest.fixture(scope="module")
def prefixes(news: list[Path]) -> list[str]:
    """What a graph is without articles, with the first, with the first two, and so on."""
    with kg.KnowledgeGraph() as graph:
        found = [export.text(graph.store, format="trig")]
        for article in news:
            graph.add(article, threads=1)
            found.append(export.text(graph.store, format="trig"))
    return found


def run(*words: object) -> tuple[int, str, str]:
    """Exit status, data and messages of a command; whatever is no message of ours is raised."""
    result = CliRunner().invoke(cli, [str(word) for word in words])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


def told(*words: object) -> str:
    """The one line of a command that is refused with status 2, without data."""
    status, data, message = run(*words)
    assert (status, data) == (2, "") and message.startswith("kg: ") and message.count("\n") == 1, (words, message)
    return message


def fine(*words: object) -> str:
    status, data, message = run(*words)
    assert status == 0, message
    return data


def exported(path: Path) -> str:
    with Store(path, read_only=True) as store:
        return export.text(store, format="trig")


# ---- killed at any moment


KILLS = """
import sys
from pathlib import Path
from kg import record_bytes
from kg.crashes import crashes
records = [record_bytes.loads(path.read_bytes()) for path in sorted(Path(sys.argv[1]).iterdir())]
for kill in crashes(records, 8, seed=11):
    print(*kill, sep="|", flush=True)
"""


@pytest.mark.skipif(not hasattr(os, "fork") or not hasattr(signal, "SIGKILL"), reason="needs fork and kill -9")
def test_a_graph_is_killed_at_any_moment_and_goes_on(tmp_path: Path) -> None:
    articles = [Article.of(text.partition(" ")[2].partition(" ")[2]) for text in NEWS]
    for place, (record, _) in enumerate(read_all(articles)):
        (tmp_path / str(place)).write_bytes(record_bytes.dumps(record))
    # In a process of its own: RocksDB's threads of this one would be missing in its forks.
    command = [sys.executable, "-c", KILLS, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    kills = [line.split("|") for line in done.stdout.splitlines()]
    assert len(kills) >= 8, done.stderr
    assert [kill for kill in kills if kill[-1]] == []


def test_what_was_read_with_frames_of_ones_own_is_written_with_them_by_the_next_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    frames, article, path = tmp_path / "own.ttl", tmp_path / "a.txt", tmp_path / "news.kg"
    frames.write_text(OWN, encoding="utf-8")
    article.write_text("date 2024-05-06 Tarn Robotics inspected Pellam Cells.", encoding="utf-8")
    with kg.KnowledgeGraph(ontology=frames) as graph:
        graph.add(article, threads=1)
        whole = export.text(graph.store, format="trig")
    with kg.KnowledgeGraph(path, ontology=frames) as graph, monkeypatch.context() as patch:
        patch.setattr(graph.store, "fill", lambda *given: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            graph.add(article, threads=1)
    with kg.KnowledgeGraph(path) as graph:  # without the frames: it knows them
        graph.changing()
        assert export.text(graph.store, format="trig") == whole
        assert [graph.store.read_with(one.id) for one in graph.store.articles()] == list(graph.store.frames())


def test_a_graph_that_was_killed_while_it_was_made_says_so_and_is_made_by_the_next_run(
    tmp_path: Path, news: list[Path]
) -> None:
    path = tmp_path / "news.kg"
    path.mkdir()
    for name in ("lock", ".meta.json.part", "meta.json.4711"):
        (path / name).touch()
    assert "there is no graph at" in told("info", "-g", path)
    (path / "meta.json").write_text(json.dumps({"format": 2, "base": names.BASE}), encoding="utf-8")
    assert "has not been made to its end" in told("info", "-g", path)
    (path / "store").mkdir()
    assert f"kg build ARTICLES --graph {path}" in told("info", "-g", path)
    Store(path, derive=emit.derived).close()
    for made in ("", "CREATE TABLE article(id TEXT PRIMARY KEY, url TEXT, record BLOB NOT NULL)"):
        sqlite3.connect(path / "records.sqlite").executescript(made)
        assert fine("merges", "-g", path) == ""
    assert "1 article read" in fine("build", news[0], "-g", path)


# ---- a second writer


def test_a_second_writer_is_told_and_nothing_changes(tmp_path: Path, news: list[Path]) -> None:
    pytest.importorskip("fcntl")
    path = tmp_path / "news.kg"
    fine("build", *news[:2], "-g", path)
    before = exported(path)
    with kg.KnowledgeGraph(path):
        for words in (
            ["build", *news], ["remove", news[0]], ["merge", "Tarn Robotics", "Caldera Lines"], ["merge"],
            ["split", "Tarn Robotics"], ["info"], ["export", tmp_path / "x.ttl"], ["view", "-o", tmp_path / "x.html"],
        ):  # fmt: skip
            message = told(*words, "-g", path)
            assert "another kg process is" in message and "wait until it is done, or stop it" in message
    assert exported(path) == before
    assert sorted(file.name for file in tmp_path.iterdir()) == ["news.kg"]


# ---- a full disk


@contextmanager
def disk(folder: Path, size: str) -> Iterator[Path]:
    """A small disk of its own."""
    folder.mkdir()
    try:
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], capture_output=True)
    except OSError:
        pytest.skip("needs mount")
    if mounted.returncode:
        pytest.skip("may not mount")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def fill(folder: Path, left: int) -> Path:
    """Take the room of a disk, save some bytes."""
    filler = folder / "filler"
    free = os.statvfs(folder).f_bavail * os.statvfs(folder).f_frsize
    filler.write_bytes(bytes(max(0, free - left)))
    return filler


def test_a_full_disk_costs_nothing_and_the_next_run_goes_on(
    tmp_path: Path, news: list[Path], prefixes: list[str]
) -> None:
    one, refused = tmp_path / "one.kg", 0
    fine("build", news[0], "-g", one)
    with disk(tmp_path / "disk", "4m") as small:
        path = small / "news.kg"
        filler = fill(small, 0)
        assert "there is no room left" in told("build", *news, "-g", path)
        filler.unlink()
        # The store wants some 250 kB to open; then it is the records or the store that find no room.
        for left in (0, 250_000, 300_000, 450_000):
            shutil.rmtree(path)
            shutil.copytree(one, path)
            filler = fill(small, left)
            if not left:
                for words in (["remove", news[0]], ["merge", "Tarn Robotics", "Pellam Cells"]):
                    assert "make room on the disk, then give the same command again" in told(*words, "-g", path)
            status, _, message = run("build", *news, "-g", path)
            refused += status == 2 and message.startswith("kg: there is no room left to write the graph")
            filler.unlink()
            assert prefixes.index(exported(path)) >= 1
            fine("build", *news, "-g", path)
            assert exported(path) == prefixes[-1]
    assert refused == 4


def test_a_full_disk_leaves_the_decisions_and_the_files_that_were_there(tmp_path: Path, news: list[Path]) -> None:
    graph = tmp_path / "news.kg"
    fine("build", news[0], "-g", graph)
    with disk(tmp_path / "disk", "64k") as small:
        decisions = small / "news.decisions.txt"
        review.write(decisions, review.Line("merge", ("tarn-robotics", "caldera-lines")))
        outputs = [small / f"x.{suffix}" for suffix in ("html", "svg", "ttl", "jsonld", "rdf", "csv")]
        for file in outputs:
            file.write_text("mine", encoding="utf-8")
        before = {file: file.read_bytes() for file in small.iterdir()}
        fill(small, 0)
        for file in outputs:
            how = ("view", "-o", file) if file.suffix in (".html", ".svg") else ("export", file)
            assert "make room, or name another file" in told(*how, "-g", graph)
        assert "make room" in told("annotate", news[0], "--html", outputs[0])
        assert "make room" in run("analyze", "-g", graph, "--draw", outputs[0])[2]
        with pytest.raises(kg.KgError, match=r"nothing was decided; make room"):
            review.write(decisions, review.Line("split", ("tarn-robotics", "caldera-lines")), "why " * 5000)
        (small / "filler").unlink()
        assert {file: file.read_bytes() for file in small.iterdir()} == before


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_an_output_that_takes_nothing_is_told(tmp_path: Path, news: list[Path]) -> None:
    fine("build", news[0], "-g", tmp_path / "news.kg")
    for words in (["export", "/dev/full", "--format", "ttl"], ["view", "-o", "/dev/full"]):
        assert "/dev/full cannot be written" in told(*words, "-g", tmp_path / "news.kg")
    assert Path("/dev/full").is_char_device()
    command = [sys.executable, "-m", "kg", "export", "-", "--format", "ttl", "-g", str(tmp_path / "news.kg")]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 2 and done.stderr.startswith("kg: the output cannot be written (No space left on device)")
    assert done.stderr.count("\n") == 1


# ---- folders that may not be written, or read


@contextmanager
def as_a_user() -> Iterator[None]:
    """Without root's right to write and read everything, where the tests run as root (Linux)."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        yield
        return
    libc = ctypes.CDLL(None)
    if not hasattr(libc, "capset"):
        pytest.skip("root may do everything")
    header, rights = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    assert libc.capget(header, rights) == 0
    had = rights[0]
    rights[0] = had & ~0b110  # CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH
    assert libc.capset(header, rights) == 0
    try:
        yield
    finally:
        rights[0] = had
        assert libc.capset(header, rights) == 0


@contextmanager
def closed(*folders: Path, to: int) -> Iterator[None]:
    """Folders, with all that is in them, that may not be written (5) or not even be read (0)."""
    there = [(path, path.stat().st_mode) for folder in folders for path in (*sorted(folder.rglob("*")), folder)]
    for path, _ in there:
        path.chmod(to << 6)
    try:
        with as_a_user():
            yield
    finally:
        for path, mode in reversed(there):
            path.chmod(mode)


CHANGING = (["build"], ["remove"], ["merge", "Tarn Robotics", "Pellam Cells"], ["merge"], ["split", "Tarn Robotics"])


def changing(news: list[Path], path: Path) -> Iterator[str]:
    for words in CHANGING:
        given = {"build": news, "remove": news[:1]}.get(words[0], [])
        yield told(*words, *given, "-g", path)


def test_a_folder_that_may_not_be_written_is_told_and_can_be_read(tmp_path: Path, news: list[Path]) -> None:
    folder = tmp_path / "shelf"
    path = folder / "news.kg"
    fine("build", *news[:2], "-g", path)
    before = exported(path)
    with closed(folder, to=5):
        for message in changing(news, path):
            assert f"the graph {path} cannot be written (Permission denied); check the permissions" in message
        assert "cannot be written" in told("build", *news, "-g", folder / "other.kg")
        assert "2 articles" in fine("info", "-g", path)
        for words in (["ask", "acquisitions"], ["merges"], ["show", "Dora Venn"], ["check"]):
            fine(*words, "-g", path)
        fine("export", tmp_path / "x.ttl", "-g", path)
        assert "name another file" in told("export", folder / "x.ttl", "-g", path)
        assert "name another file" in told("view", "-o", folder / "x.html", "-g", path)
        assert "cannot be made (Permission denied); name another" in told("demo", "-o", folder / "demo")
    (path / "records.sqlite-wal").touch()
    with closed(folder, to=5):
        assert "a run that was stopped left its journal there" in told("merges", "-g", path)
    assert exported(path) == before and not (folder / "news.decisions.txt").exists()


@pytest.mark.parametrize("what", ["", "store", "records.sqlite", "meta.json", "lock"])
def test_a_folder_that_may_not_be_read_is_told(tmp_path: Path, news: list[Path], what: str) -> None:
    path = tmp_path / "news.kg"
    fine("build", news[0], "-g", path)
    before = exported(path)
    with closed(path / what, to=0):
        for message in changing(news, path):
            assert "check the permissions" in message and str(path) in message
        asking: list[list[object]] = [["merges"], ["info"], ["export", tmp_path / "x.ttl"]]
        for words in asking[: 1 if what == "records.sqlite" else 3]:
            assert f"the graph {path} cannot be read (" in told(*words, "-g", path)
    with closed(tmp_path, to=0):
        assert f"the graph {path} cannot be read (Permission denied)" in told("info", "-g", path)
    assert exported(path) == before


# ---- older and newer graphs


def test_a_graph_of_another_kg_says_what_to_do(tmp_path: Path, news: list[Path]) -> None:
    path = tmp_path / "my news.kg"
    fine("build", news[0], "-g", path)
    before = exported(path)
    meta, old = path / "meta.json", f"mv '{path}' '{path}.old' && kg build ARTICLES --graph '{path}'"
    kept = meta.read_text(encoding="utf-8")
    for format_, base, expected in (
        (1, names.BASE, f"was made by an older kg (format 1; this one reads format 2); build the graph anew: {old}\n"),
        (1, "https://x.example/", f"{old} --base https://x.example/\n"),
        (3, names.BASE, "was made by a newer kg (format 3; this one reads format 2); install that version"),
    ):
        meta.write_text(json.dumps({"format": format_, "base": base}), encoding="utf-8")
        for words in (["build", *news], ["info"], ["remove", news[0]]):
            assert expected in told(*words, "-g", path)
    meta.write_text(kept, encoding="utf-8")
    with sqlite3.connect(path / "records.sqlite") as sql:
        sql.execute("PRAGMA user_version=7")
    for words in (["build", *news], ["merges"]):
        assert "records.sqlite was made by a newer kg (its tables are of version 7" in told(*words, "-g", path)
    with sqlite3.connect(path / "records.sqlite") as sql:
        sql.execute("PRAGMA user_version=0")
    fine("merges", "-g", path)  # tables as they are today, from before they had a number
    with sqlite3.connect(path / "records.sqlite") as sql:
        sql.execute("DROP TABLE happening")
    for words in (["build", *news], ["merges"], ["split", "Tarn Robotics"]):
        assert f"records.sqlite was made by an older kg; build the graph anew: {old}" in told(*words, "-g", path)
    assert exported(path) == before


def test_a_graph_that_has_lost_its_records_is_not_changed(tmp_path: Path, news: list[Path]) -> None:
    path = tmp_path / "news.kg"
    fine("build", news[0], "-g", path)
    before = exported(path)
    (path / "records.sqlite").unlink()
    expected = f"records.sqlite is gone or empty; build the graph anew: {files.anew(path)}"
    assert expected in told("build", *news, "-g", path)
    assert exported(path) == before


# ---- files


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    real, link = tmp_path / "real.txt", tmp_path / "link.txt"
    real.write_text("old", encoding="utf-8")
    real.chmod(0o640)
    link.symlink_to(real)
    with pytest.raises(ZeroDivisionError), files.whole(link) as file:
        file.write(b"half")
        raise ZeroDivisionError
    assert real.read_text() == "old" and sorted(path.name for path in tmp_path.iterdir()) == ["link.txt", "real.txt"]
    with files.whole(link) as file:
        file.write(b"new")
    assert link.is_symlink() and real.read_text() == "new" and real.stat().st_mode & 0o777 == 0o640
