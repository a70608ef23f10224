"""Reviews for a terminal, for programs, and for tools that show findings beside code."""

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from .finding import Finding
from .mending import Edit, Fix
from .review import Review
from .rule import Rule, Severity

_LEVELS = {Severity.WRONG: "error", Severity.MISLEADING: "warning", Severity.UNTIDY: "note"}


def as_text(reviews: Sequence[Review]) -> str:
    """What a reviewer would say, file by file; empty where there is nothing to say."""
    return "\n\n".join(filter(None, map(_text_of, reviews)))


def _text_of(review: Review) -> str:
    parts = [*review.left_out]
    if review.refused:
        parts.append(f"Not read. {review.refused}")
    parts += [_text_of_finding(finding) for finding in review.findings]
    parts += filter(None, [review.praise, review.nothing_drawn])
    return "\n\n".join([review.path, *parts]) if parts else ""


def _text_of_finding(finding: Finding) -> str:
    place = finding.place
    lines = [
        f"{place[0].upper()}{place[1:]}: {finding.sentence} [{finding.rule}]",
        f"  {finding.why}",
    ]
    if finding.mended is not None:
        lines += ["  Mend it:", *(f"    {line}" for line in finding.mended.split("\n"))]
    lines.append(f"  See it: {finding.step}")
    return "\n".join(lines)


def as_json(reviews: Sequence[Review]) -> str:
    """A list with an object for each file.

    "fix" holds the changed lines to be read, "edits" what stands instead of which stretch.
    """
    return json.dumps([_json_of(review) for review in reviews], indent=2, ensure_ascii=False)


def _json_of(review: Review) -> dict[str, Any]:
    return {
        "path": review.path,
        "refused": review.refused or None,
        "left_out": list(review.left_out),
        "praise": review.praise or None,
        "nothing_drawn": review.nothing_drawn or None,
        "findings": [_json_of_finding(finding) for finding in review.findings],
    }


def _json_of_finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity.name.lower(),
        "is_question": finding.is_question,
        "cell": finding.cell,
        "line": finding.line,
        "column": finding.column,
        "end_line": finding.end_line,
        "end_column": finding.end_column,
        "code": finding.segment,
        "sentence": finding.sentence,
        "why": finding.why,
        "fix": finding.mended,
        "edits": [] if finding.fix is None else [_json_of_edit(each) for each in finding.fix.edits],
        "belief": finding.belief,
        "step": finding.step,
    }


def _json_of_edit(edit: Edit) -> dict[str, Any]:
    (line, column), (end_line, end_column) = map(edit.cell.position, (edit.start, edit.end))
    return {
        "cell": edit.cell.number,
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
        "text": edit.text,
    }


def as_sarif(reviews: Sequence[Review], rules: Sequence[Rule]) -> str:
    """SARIF 2.1.0, as code hosts and editors read it.

    In a notebook, lines are those of the cell; the message says which one.
    Source: OASIS, Static Analysis Results Interchange Format 2.1.0, 2020.
    """
    run = {
        "tool": {
            "driver": {"name": "honest-heatmaps", "rules": [_sarif_of_rule(rule) for rule in rules]}
        },
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_of(finding) for review in reviews for finding in review.findings],
        "invocations": [
            {
                "executionSuccessful": not any(review.refused for review in reviews),
                "toolExecutionNotifications": [
                    _sarif_of_refusal(review) for review in reviews if review.refused
                ],
            }
        ],
    }
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }
    return json.dumps(log, indent=2, ensure_ascii=False)


def _sarif_of_rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": f"{rule.title}."},
        "fullDescription": {"text": rule.why},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _sarif_of(finding: Finding) -> dict[str, Any]:
    place = "" if finding.cell is None else f"Cell {finding.cell}: "
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "level": "note" if finding.is_question else _LEVELS[finding.severity],
        "message": {"text": f"{place}{finding.sentence}"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": _uri(finding.path)},
                    "region": _region(
                        finding.line, finding.column, finding.end_line, finding.end_column
                    ),
                }
            }
        ],
    }
    if finding.fix is not None and finding.cell is None:  # a cell's lines are not its file's
        result["fixes"] = [_sarif_of_fix(finding.fix, finding.path)]
    return result


def _sarif_of_fix(fix: Fix, path: str) -> dict[str, Any]:
    return {
        "artifactChanges": [
            {
                "artifactLocation": {"uri": _uri(path)},
                "replacements": [
                    {
                        "deletedRegion": _region_of(edit),
                        "insertedContent": {"text": edit.text},
                    }
                    for edit in fix.edits
                ],
            }
        ]
    }


def _sarif_of_refusal(review: Review) -> dict[str, Any]:
    return {
        "level": "error",
        "message": {"text": review.refused},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(review.path)}}}],
    }


def _region_of(edit: Edit) -> dict[str, int]:
    return _region(*edit.cell.position(edit.start), *edit.cell.position(edit.end))


def _region(line: int, column: int, end_line: int, end_column: int) -> dict[str, int]:
    return {
        "startLine": line,
        "startColumn": column,
        "endLine": end_line,
        "endColumn": end_column,
    }


def _uri(path: str) -> str:
    return quote(path.replace("\\", "/"))
