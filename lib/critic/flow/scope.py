"""Names and what they stand for."""

from collections.abc import Iterable

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
        """Take over what one of several branches left, without knowing which of them was run."""
        branches = list(branches)
        changed = {name: None for branch in branches for name in branch.names}
        for name in changed:
            values = [each for each in (branch.find(name) for branch in branches) if each]
            if len(values) < len(branches):  # somewhere it does not exist at all
                values.append(Value())
            value = values[0]
            for other in values[1:]:
                value = join(value, other)
            self.names[name] = value
