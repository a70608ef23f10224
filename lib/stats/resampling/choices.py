"""What every kind of resampling asks of its caller."""

from typing import Literal, TypeAlias, get_args

from ..table import check_choice, check_whole

ResamplingMethod: TypeAlias = Literal["pearson", "spearman"]
FEWEST_ROWS = 3


def check_choices(method: str, **draws: int) -> None:
    """Raise ValueError for an unknown method, and for a number of draws below 1."""
    check_choice("method", method, get_args(ResamplingMethod))
    check_draws(**draws)


def check_draws(**draws: int) -> None:
    """Raise ValueError for a number of draws below 1."""
    for name, number in draws.items():
        check_whole(name, number, 1, "draw at least 1")
