"""Maintainers make the drawing library of large pages anew: `python -m kg.view.bundle` (needs node, npm).

Fetches the pinned sigma.js and graphology as `sigma/package-lock.json` says (each by its digest), puts what the
page uses into one script, `sigma/sigma.min.js`, and their licences beside it. The result is committed and shipped, so
that nobody who makes or opens a page needs npm or a network. `--check` only says whether a fresh one would be the same.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from kg.errors import UsageError

FOLDER = Path(__file__).with_name("assets") / "sigma"
PACKAGES = ("sigma", "graphology", "graphology-utils", "events")  # what ends up in the script
LICENCES = ("LICENSE.txt", "LICENSE")


def main(arguments: list[str]) -> int:
    """Write the bundle and its licences, or with ``--check`` compare them; 1 where they differ."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        script, licences = _bundled(work), _licences(work / "node_modules")
    files = {FOLDER / "sigma.min.js": script, FOLDER / "LICENSE.txt": licences}
    stale = [path.name for path, text in files.items() if not path.exists() or path.read_text("utf-8") != text]
    if "--check" in arguments:
        print(f"stale: {', '.join(stale)}; run python -m kg.view.bundle" if stale else "up to date")
        return int(bool(stale))
    for path, text in files.items():
        path.write_text(text, encoding="utf-8")
        print(f"{path.name}: {len(text):,} characters")
    return 0


def _bundled(work: Path) -> str:
    for name in ("package.json", "package-lock.json", "entry.js"):
        shutil.copy(FOLDER / name, work / name)
    _run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], work)
    options = ["--bundle", "--minify", "--format=iife", "--charset=ascii", "--legal-comments=none", "--outfile=out.js"]
    _run(["node", "node_modules/esbuild/bin/esbuild", "entry.js", *options], work)
    script = (work / "out.js").read_text("utf-8")
    if "</script" in script.lower() or "eval(" in script or "new Function" in script:
        raise UsageError("the bundle holds what a page with a strict policy cannot carry; look at it first")
    return script


def _licences(modules: Path) -> str:
    parts = []
    for package in PACKAGES:
        version = _version(modules / package)
        text = next((modules / package / name for name in LICENCES if (modules / package / name).exists()), None)
        if text is None:
            raise UsageError(f"{package} {version} brings no licence; find it before it is shipped")
        parts.append(f"{package} {version}\n\n{text.read_text('utf-8').strip()}\n")
    return ("\n" + "-" * 80 + "\n\n").join(parts)


def _version(package: Path) -> str:
    import json

    return str(json.loads((package / "package.json").read_text("utf-8"))["version"])


def _run(command: list[str], folder: Path) -> None:
    program = shutil.which(command[0])
    if program is None:
        raise UsageError(f"{command[0]} is not installed; the bundle is made with node and npm")
    done = subprocess.run([program, *command[1:]], cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise UsageError(f"{' '.join(command[:3])} failed: {done.stderr.strip()[-600:]}")


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except UsageError as error:
        sys.exit(f"kg.view.bundle: {error}")
