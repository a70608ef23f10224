"""What code does with models: where rows are parted, and what was learned from which of them."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from .flow import Argument, Call, Constant, Instance, Part, Program, Value

_SPLIT = "train_test_split"
_FOLDING = ("cross_val_score", "cross_validate", "cross_val_predict")
_SEARCHES = ("GridSearchCV", "RandomizedSearchCV", "HalvingGridSearchCV")


@dataclass(frozen=True, eq=False)
class Parting:
    """A call that parts rows into those to learn from and those to be judged by.

    given    the tables that are parted, by their place
    is_once  they are parted once, and not into folds
    """

    call: Call
    given: tuple[tuple[int, Argument], ...]
    is_once: bool


def partings_in(program: Program) -> Iterator[Parting]:
    for call in program.calls:
        if call.name == _SPLIT:
            placed = ((key, each) for key, each in call.arguments.items() if isinstance(key, int))
            yield Parting(call, tuple(placed), is_once=True)
            continue
        given = None
        if call.name in _FOLDING:
            given = call.argument("X", 1)
        elif call.path.startswith("sklearn.model_selection.") and call.owner is not None:
            owner = call.path.split(".")[-2]
            if call.name == "split" or (call.name == "fit" and owner in _SEARCHES):
                given = call.argument("X", 0)
        if given is not None:
            yield Parting(call, ((0, given),), is_once=False)


def is_parted(value: Value) -> bool:
    """Whether rows were set apart from it before."""
    return value.came_through(_SPLIT) is not None


def part_of_split(value: Value) -> int | None:
    """Which of the parts of a split it is: even ones are to learn from. None if it is none."""
    for each in value.way():
        is_split = isinstance(each, Part) and each.of.call is not None
        if is_split and isinstance(each, Part) and isinstance(each.which, int):
            made = each.of.call
            if made is not None and made.name == _SPLIT:
                return each.which
    return None


def fits_of(program: Program, model: Value, written: ast.expr) -> Iterator[Call]:
    """The calls that fit a model, which is known by its value, or by how it is written."""
    name = ast.dump(written)
    for call in program.called("fit", "fit_transform"):
        function = call.node.func
        is_same_name = isinstance(function, ast.Attribute) and ast.dump(function.value) == name
        is_same = isinstance(model, Instance) and call.owner is model
        if is_same or is_same_name or (model.call is call):
            yield call


def class_of(value: Value | None) -> str:
    """The class of a model or a scaler; empty if it is not known."""
    return value.of.rpartition(".")[2] if isinstance(value, Instance) else ""


def outcomes_of(program: Program) -> set[str]:
    """The names of columns that a model is to predict."""
    given = []
    for call in program.calls:
        if call.name == _SPLIT:
            given.append(call.argument(1))
        elif call.name == "fit":
            given.append(call.argument("y", 1))
    ways = {id(each) for argument in given if argument for each in argument.value.way()}
    return {
        each.key.value
        for each in program.subscripts
        if id(each.result) in ways
        and isinstance(each.key, Constant)
        and isinstance(each.key.value, str)
    }
