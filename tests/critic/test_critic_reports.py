"""Reports: text, JSON, SARIF by its schema, and the exit status."""

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

from lib.critic import RULES, review_text
from lib.critic.__main__ import main
from lib.critic.reports import as_json, as_sarif, as_text

_FAULTY = "r = df.corr()\nsns.heatmap(r, vmin=0, vmax=1)\n"
_CLEAN = "sns.heatmap(df.corr(), vmin=-1, vmax=1, cmap='RdBu_r')\n"
_QUESTION = "sns.heatmap(df.corr(), center=0, cmap='RdBu_r')\n"


def test_the_worst_is_named_first_with_its_place_its_reason_and_the_lines_that_mend_it() -> None:
    text = as_text([review_text(_FAULTY, "a.py")])
    first, second = text.index("[unequal-limits]"), text.index("[sequential-colours]")
    assert first < second
    assert text.startswith("a.py\n\nLine 2: The colours begin at 0: every r below that")
    assert "  Mend it:\n    sns.heatmap(r, vmin=-1, vmax=1)\n  See it: applications/relate" in text


def test_json_says_the_same_as_the_findings() -> None:
    review = review_text(_FAULTY, "a.py")
    (told,) = json.loads(as_json([review]))
    assert told["path"] == "a.py"
    assert told["refused"] is None
    assert [each["rule"] for each in told["findings"]] == ["unequal-limits", "sequential-colours"]
    first = told["findings"][0]
    assert (first["line"], first["column"], first["end_line"], first["end_column"]) == (2, 1, 2, 31)
    assert first["code"] == "sns.heatmap(r, vmin=0, vmax=1)"
    assert first["fix"] == "sns.heatmap(r, vmin=-1, vmax=1)"
    assert (first["severity"], first["is_question"]) == ("wrong", False)


def _replaced(text: str, region: dict[str, int], by: str) -> str:
    """What a tool makes of a replacement, counting lines and columns from one."""
    lines = text.split("\n")
    head = lines[: region["startLine"] - 1]
    tail = lines[region["endLine"] :]
    first = lines[region["startLine"] - 1][: region["startColumn"] - 1]
    last = lines[region["endLine"] - 1][region["endColumn"] - 1 :]
    return "\n".join([*head, first + by + last, *tail])


def test_sarif_has_what_the_standard_asks_for_and_its_fixes_apply() -> None:
    reviews = [review_text(_FAULTY, "my maps\\a.py"), review_text("x = (", "b.py")]
    log = json.loads(as_sarif(reviews, RULES))
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-2.1.0.json")
    (run,) = log["runs"]
    ids = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert ids == [rule.id for rule in RULES]
    assert len(run["results"]) == 2
    for result in run["results"]:
        assert result["ruleId"] in ids
        assert result["level"] in ("none", "note", "warning", "error")
        assert result["message"]["text"]
        (location,) = result["locations"]
        place: dict[str, Any] = location["physicalLocation"]
        assert re.fullmatch(r"[\w/.%-]+", place["artifactLocation"]["uri"])
        region = place["region"]
        assert 1 <= region["startLine"] <= region["endLine"]
        assert min(region["startColumn"], region["endColumn"]) >= 1
    assert [result["level"] for result in run["results"]] == ["error", "warning"]
    (fix,) = run["results"][0]["fixes"]
    (change,) = fix["artifactChanges"]
    text = _FAULTY
    places = sorted(change["replacements"], key=lambda each: -each["deletedRegion"]["startColumn"])
    for each in places:
        text = _replaced(text, each["deletedRegion"], each["insertedContent"]["text"])
    assert text == "r = df.corr()\nsns.heatmap(r, vmin=-1, vmax=1)\n"
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    (refusal,) = invocation["toolExecutionNotifications"]
    assert "'(' was never closed" in refusal["message"]["text"]


@pytest.mark.parametrize(
    ("code", "status"),
    [(_CLEAN, 0), (_QUESTION, 0), (_FAULTY, 1), ("print 'a'", 2)],
)
def test_the_exit_status(
    code: str, status: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.py"
    path.write_text(code)
    assert main([str(tmp_path)]) == status
    assert str(path) in capsys.readouterr().out


def test_stdin_and_a_rule_that_is_ignored(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(_FAULTY))
    assert main(["-", "--json", "--ignore", "sequential-colours"]) == 1
    (told,) = json.loads(capsys.readouterr().out)
    assert [each["rule"] for each in told["findings"]] == ["unequal-limits"]


def test_nothing_to_say_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.py").write_text("print(df.corr())")
    assert main([str(tmp_path)]) == 0
    assert capsys.readouterr().out == "Nothing to mend in 1 file.\n"


def test_edits_in_json_give_the_mended_text() -> None:
    (told,) = json.loads(as_json([review_text(_FAULTY, "a.py")]))
    text = _FAULTY
    for edit in reversed(told["findings"][0]["edits"]):
        region = {
            "startLine": edit["line"],
            "startColumn": edit["column"],
            "endLine": edit["end_line"],
            "endColumn": edit["end_column"],
        }
        text = _replaced(text, region, edit["text"])
    assert text == "r = df.corr()\nsns.heatmap(r, vmin=-1, vmax=1)\n"


def test_code_without_a_map_or_a_measure_is_said_to_have_none() -> None:
    said = "No heatmap was found in this code"
    assert said in as_text([review_text("print('hello world')", "a.py")])
    for code in (_CLEAN, "print(df.corr())", "hh.heatmap(df)", "plt.hist2d(a, b)"):
        assert said not in as_text([review_text(code, "a.py")])
