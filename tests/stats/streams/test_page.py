"""The examples of docs/engines.md give what stands there."""

import doctest
from pathlib import Path

import pandas as pd
import pytest

import datasets

pytestmark = pytest.mark.engines

PAGE = Path(__file__).parents[3] / "docs" / "engines.md"
WITHOUT_SPARK, _, WITH_SPARK = PAGE.read_text().partition("\n## Spark\n")


def try_examples(page):
    examples = doctest.DocTestParser().get_doctest(page, {}, PAGE.name, str(PAGE), 0)
    differences = []
    with pd.option_context("display.width", 200):
        runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
        failed, tried = runner.run(examples, out=differences.append)
    assert tried
    assert not failed, "".join(differences)


def test_of_files_and_databases(tmp_path, monkeypatch):
    pytest.importorskip("ibis")
    monkeypatch.chdir(tmp_path)
    try_examples(WITHOUT_SPARK)


def test_of_spark(tmp_path, sessions, monkeypatch):
    monkeypatch.chdir(tmp_path)
    datasets.load("highway").to_parquet("highway.parquet", index=False)
    try_examples(WITH_SPARK)
