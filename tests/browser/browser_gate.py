"""What the gate tries of several cases of one kind: the first. `make play` tries all."""

from collections.abc import Sequence
from typing import Any

import pytest


def first_in_gate(cases: Sequence[Any], ids: Sequence[str] | None = None, count: int = 1) -> list:
    """The cases as parameters, all but the first few left to `make play`."""
    names = ids or [None] * len(cases)
    return [
        pytest.param(
            *(case if isinstance(case, tuple) else (case,)),
            id=name,
            marks=() if number < count else pytest.mark.play,
        )
        for number, (case, name) in enumerate(zip(cases, names, strict=True))
    ]
