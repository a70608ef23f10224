"""Independent standard normal numbers, which all simulators start from."""

import math

from ..table import Floats, check_number, check_whole, generator_of


def normal(replicates: int, n: int, seed: int) -> Floats:
    """Replicates x n."""
    size = checked_sizes(replicates=replicates, n=n)
    draws: Floats = generator_of(seed).normal(size=size)
    return draws


def checked_sizes(**sizes: int) -> tuple[int, ...]:
    """The sides of a table to draw; ValueError for what is none."""
    for name, size in sizes.items():
        check_whole(name, size, 0, "choose how many to draw, 0 or more")
    return tuple(sizes.values())


def check_finite(**numbers: float) -> None:
    """Raise ValueError for what is no finite number."""
    for name, number in numbers.items():
        check_number(name, number, "choose a finite number")
        if not math.isfinite(number):
            raise ValueError(f"{name} is {number}: choose a finite number.")


def check_spread(noise: float) -> None:
    """Raise ValueError for what is no standard deviation."""
    check_finite(noise=noise)
    if noise < 0:
        raise ValueError(f"noise is {noise}: choose 0 or more, a standard deviation.")
