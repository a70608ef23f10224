"""Whether one column goes together more strongly with a second than with a third."""

from typing import NamedTuple

import numpy as np
from scipy import special

from ..table import check_number


class DependentTest(NamedTuple):
    """t, its degrees of freedom, and its two-sided p."""

    t: float
    freedom: int
    p: float


def compare_dependent(r_xy: float, r_xz: float, r_yz: float, n: int) -> DependentTest:
    """Williams' test that x has the same correlation with y as with z, all over the same rows.

    Two correlations with one column depend on each other, the more so the more y and z go
    together. So their intervals may overlap widely where the difference is sure.

    Parameters
    ----------
    r_xy, r_xz
        The two Pearson correlations that are compared, from -1 to 1.
    r_yz
        The correlation of the two columns that x is compared with.
    n
        Rows, at least 4, that all three columns share.

    Returns
    -------
    DependentTest
        t is positive where r_xy is the larger one. To compare sizes where the signs differ, turn
        one column round: the signs of its two correlations. NaN, and p too, where y and z
        determine each other and r_xy equals r_xz.

    Raises
    ------
    ValueError
        For fewer than 4 rows and correlations outside [-1, 1].

    References
    ----------
    Williams (1959), Journal of the Royal Statistical Society B 21, 396-399. Steiger (1980),
    Psychological Bulletin 87, 245-251, who recommends it (R's psych::r.test, cocor).

    Examples
    --------
    >>> found = compare_dependent(0.5, 0.4, 0.1, 103)
    >>> round(found.t, 2), found.freedom, round(found.p, 2)
    (0.89, 100, 0.37)
    """
    check_number("n", n, "the test needs at least 4 rows")
    if not n >= 4:
        raise ValueError(f"n is {n}: the test needs at least 4 rows.")
    for name, r in (("r_xy", r_xy), ("r_xz", r_xz), ("r_yz", r_yz)):
        check_number(name, r, "choose one from -1 to 1")
        if not abs(r) <= 1:
            raise ValueError(f"{name} is {r}: choose one from -1 to 1.")
    determinant = max(0.0, 1 - r_xy**2 - r_xz**2 - r_yz**2 + 2 * r_xy * r_xz * r_yz)
    mean = (r_xy + r_xz) / 2
    spread = 2 * determinant * (n - 1) / (n - 3) + mean**2 * (1 - r_yz) ** 3
    with np.errstate(divide="ignore", invalid="ignore"):
        t = float((r_xy - r_xz) * np.sqrt(np.float64((n - 1) * (1 + r_yz)) / spread))
    return DependentTest(t, n - 3, float(2 * special.stdtr(n - 3, -abs(t))))
