"""Categories turned into numbers."""

import pandas as pd

from ..table import Column, check_flag, coded_table, side_by_side


def target_encode(
    groups: Column, values: Column, *, leave_one_out: bool = True
) -> "pd.Series[float]":
    """Replace each category by the mean of the values that go with it.

    The mean of a group holds every row's own value. In a group of few rows it gives that value
    away: 100 groups of pure noise, 500 rows, correlate at sqrt(99 / 499) = .445 with the values
    that made them. Leaving each row's own value out of its mean brings r near zero, and leaks all
    the same: within a group the code then runs exactly against the values. What a model is to use
    is cross-fitted instead, as scikit-learn's TargetEncoder does it.

    Parameters
    ----------
    groups
        n categories. Every distinct value is a group, numbers too.
    values
        n numbers or booleans, paired with the groups by position; dates are days since the
        earliest.
    leave_one_out
        Whether a row's own value stays out of its mean. False shows the leak that r sees, True
        the one that it does not see.

    Returns
    -------
    Series
        n means, with the row labels and the name of the groups if they are a Series (the labels
        of the values if only they are). A row without a value gets the mean of its group's others.
        NaN for rows without a group, and where a group has no value to average: with
        leave_one_out, for a group's only value.

    Raises
    ------
    ValueError
        For values that are not numeric or infinite, no rows, columns of different lengths, Series
        with different row labels, and groups such as lists.

    References
    ----------
    Micci-Barreca (2001), ACM SIGKDD Explorations 3, 27-32.

    Examples
    --------
    >>> town = pd.Series(["Ulm", "Ulm", "Ulm", "Bern"], name="town")
    >>> target_encode(town, [1, 2, 6, 9]).tolist()
    [4.0, 3.5, 1.5, nan]
    >>> target_encode(town, [1, 2, 6, 9], leave_one_out=False).tolist()
    [3.0, 3.0, 3.0, 9.0]
    """
    check_flag("leave_one_out", leave_one_out)
    table = side_by_side(groups=groups, values=values)
    numbers = pd.DataFrame(coded_table(table, ["nominal", "numeric"]), columns=table.columns)
    own, group = numbers["values"], numbers["groups"]
    by_group = own.groupby(group)
    totals, counts = by_group.transform("sum"), by_group.transform("count")
    if leave_one_out:  # a total less a huge value has lost the digits of the others
        totals = _sums_before(own, group) + _sums_before(own[::-1], group)
        counts = counts - own.notna()
    means = totals / counts.where(counts > 0)
    labelled = [column.index for column in (groups, values) if isinstance(column, pd.Series)]
    return pd.Series(
        means.to_numpy(),
        index=labelled[0] if labelled else None,
        name=getattr(groups, "name", None),
    )


def _sums_before(values: "pd.Series[float]", group: "pd.Series[float]") -> "pd.Series[float]":
    """The sum of what comes before each value in its group."""
    sums = values.fillna(0).groupby(group).cumsum()
    return sums.groupby(group).shift(fill_value=0.0)
