"""The gallery: twelve figures, each drawn by the script beside it."""

import ast
import runpy
import sys
from pathlib import Path

import pytest

import datasets
import lib

GALLERY = sorted((Path(__file__).parents[2] / "docs" / "gallery").glob("*.py"))


def test_there_are_twelve_scripts_and_each_says_what_it_draws_and_saves_it_by_its_name() -> None:
    assert len(GALLERY) == 12
    titles = set()
    for file in GALLERY:
        text = file.read_text(encoding="utf-8")
        title, blank, *about = (ast.get_docstring(ast.parse(text)) or "").splitlines()
        titles.add(title)
        assert blank == ""
        assert " ".join(about).endswith(".")
        assert f'("{file.stem}.png"' in text
        assert len(text.splitlines()) < 30
    assert len(titles) == 12


def test_a_script_draws_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As it is: here lib bears the library's name."""
    monkeypatch.setattr(lib, "datasets", datasets, raising=False)
    monkeypatch.setitem(sys.modules, "honest_heatmaps", lib)
    monkeypatch.chdir(tmp_path)
    (script,) = (file for file in GALLERY if file.stem == "missing_values")
    drawn = runpy.run_path(str(script))["drawn"]
    assert (tmp_path / "missing_values.png").read_bytes().startswith(b"\x89PNG")
    counts = datasets.load("airquality")[["Ozone", "Solar.R", "Wind", "Temp"]].notna().astype(int)
    shared = counts.T @ counts
    assert f"A pair has {shared.to_numpy().min()} to {len(counts)} rows." in drawn.says
