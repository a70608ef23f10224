"""What no linter asks of the code."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
FILES = [
    file
    for folder in ("lib", "lessons", "datasets", "pages", "benchmarks")
    for file in sorted((ROOT / folder).rglob("*.py"))
]
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def names_in(node: ast.AST) -> set[str]:
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}


def unused_loops(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Variables that a comprehension runs over and never uses, one that begins with _ excepted.

    Once a figure named every row after the same number, since a label took a name from outside.
    """
    for node in ast.walk(tree):
        if isinstance(node, COMPREHENSIONS):
            parts = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
            conditions = [test for loop in node.generators for test in loop.ifs]
            later = [loop.iter for loop in node.generators[1:]]
            used = set().union(*map(names_in, [*parts, *conditions, *later]))
            for loop in node.generators:
                targets = {name for name in names_in(loop.target) if not name.startswith("_")}
                if targets and not targets & used:
                    yield node.lineno, min(targets)


def test_comprehensions_use_what_they_run_over() -> None:
    found = {
        file.relative_to(ROOT): [*unused_loops(ast.parse(file.read_text("utf-8")))]
        for file in FILES
    }
    assert {file: unused for file, unused in found.items() if unused} == {}


def test_an_unused_loop_is_found() -> None:
    found = unused_loops(ast.parse("[f'{rows} rows' for n in ends]"))
    assert list(found) == [(1, "n")]
