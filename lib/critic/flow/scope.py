"""Names and what they stand for."""

from collections.abc import Iterable
from functools import reduce

from .values import Value, join


class Scope:
    """Names of a module, a function, or one branch of either, over those around it."""

    def __init__(self, around: "Scope | None" = None) -> None:
        self.names: dict[str, Value] = {}
        self.around = around

    def find(self, name: str) -> Value | None:
        scope: Scope | None = self
        while scope is not None:
            if name in scope.names:
                return scope.names[name]
            scope = scope.around
        return None

    def merge(self, branches: "Iterable[Scope]") -> None:
        """Take over what one of several branches left, without knowing which of them was run.

        Where a name does not exist in a branch, using it afterwards would stop the code there.
        """
        branches = list(branches)
        changed = {name: None for branch in branches for name in branch.names}
        for name in changed:
            values = [branch.find(name) for branch in branches]
            self.names[name] = reduce(join, [value for value in values if value is not None])
