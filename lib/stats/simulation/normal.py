"""Independent standard normal numbers, which all simulators start from."""

from lib.stats.table import Floats, check_whole, generator_of


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
