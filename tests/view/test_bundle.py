"""The library of large pages: whole, licensed, fit for a strict policy."""

from __future__ import annotations

import json
import re
from pathlib import Path

import kg.view

FOLDER = Path(kg.view.__file__).with_name("assets") / "sigma"


def test_the_bundle_is_there_with_its_licences_and_pinned() -> None:
    script, licences = (FOLDER / "sigma.min.js").read_text("utf-8"), (FOLDER / "LICENSE.txt").read_text("utf-8")
    wanted = json.loads((FOLDER / "package.json").read_text("utf-8"))["dependencies"]
    for package in ("sigma", "graphology"):
        assert re.fullmatch(r"\d+\.\d+\.\d+", wanted[package])
        assert f"{package} {wanted[package]}" in licences
    assert licences.count("Permission is hereby granted") >= 4
    assert "sigmaKit" in script


def test_the_bundle_makes_no_code_and_names_no_host() -> None:
    script = (FOLDER / "sigma.min.js").read_text("utf-8")
    hosts = {found.split("/")[2] for found in re.findall(r"https?://[^\"'\s)]+", script)}
    assert hosts <= {"www.w3.org"}
    # sigma can fetch pictures for labels, which the page never asks for and its policy refuses
    assert not re.search(r"\beval\(|new Function\b|</script|XMLHttpRequest|importScripts|new Worker", script)


def test_what_the_lock_holds_is_known_by_its_digest() -> None:
    lock = json.loads((FOLDER / "package-lock.json").read_text("utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert {"node_modules/sigma", "node_modules/graphology"} <= set(packages)
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())
