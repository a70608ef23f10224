"""What every kind of resampling asks of its caller."""

from typing import Literal, TypeAlias, get_args

ResamplingMethod: TypeAlias = Literal["pearson", "spearman"]
FEWEST_ROWS = 3


def check_choices(method: str, **draws: int) -> None:
    if method not in get_args(ResamplingMethod):
        known = ", ".join(get_args(ResamplingMethod))
        raise ValueError(f"Unknown method {method!r}: choose from {known}.")
    for name, number in draws.items():
        if number < 1:
            raise ValueError(f"{name} is {number}: draw at least 1.")
