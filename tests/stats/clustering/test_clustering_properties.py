"""What must hold for the tree of every table."""

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.stats import cluster, correlate

CASES = st.sampled_from(
    [
        {"distance": distance, "linkage": linkage}
        for distance in ["1-|r|", "1-r", "euclidean"]
        for linkage in ["single", "average", "complete", "ward"]
        if linkage != "ward" or distance == "euclidean"
    ]
)
QUICK = settings(max_examples=20, deadline=None)


@st.composite
def tables(draw):
    """Normal values, so that no two distances are the same; up to 8 columns."""
    columns = draw(st.integers(2, 8))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    values = rng.normal(size=(draw(st.integers(5, 12)), columns))
    return pd.DataFrame(values, columns=list("abcdefgh"[:columns]))


def partition(groups):
    members = {}
    for name, group in groups.items():
        members.setdefault(group, set()).add(name)
    return {frozenset(names) for names in members.values()}


@given(case=CASES, table=tables(), data=st.data())
@QUICK
def test_order_of_columns_only_relabels(case, table, data):
    order = data.draw(st.permutations(table.columns.tolist()))
    expected = cluster(table, **case)
    found = cluster(table[order], **case)
    np.testing.assert_allclose(found.linkage[:, 2], expected.linkage[:, 2], rtol=0, atol=1e-12)
    for groups in range(1, len(order) + 1):
        assert partition(found.cut_into(groups)) == partition(expected.cut_into(groups))


@given(case=CASES, table=tables())
@QUICK
def test_groups_are_numbered_in_drawing_order_and_nested(case, table):
    found = cluster(table, **case)
    columns = len(table.columns)
    finer = partition(found.cut_into(columns))
    for groups in range(columns, 0, -1):
        cut = found.cut_into(groups)
        numbers = cut[found.order].tolist()
        assert numbers == sorted(numbers)
        assert set(numbers) == set(range(1, groups + 1))
        coarser = partition(cut)
        assert all(any(group <= larger for larger in coarser) for group in finer)
        finer = coarser


@given(case=CASES, table=tables())
@QUICK
def test_cuts_at_the_ends(case, table):
    found = cluster(table, **case)
    assert found.cut(0).nunique() == len(table.columns)
    assert (found.cut(np.inf) == 1).all()
    assert (found.cut(found.linkage[-1, 2]) == 1).all()
    assert -1 <= found.cophenetic <= 1 or len(table.columns) == 2


@given(case=CASES, table=tables())
@QUICK
def test_each_cut_is_made_of_branches(case, table):
    found = cluster(table, **case)
    branches = found.branches()
    for row in branches.itertuples():
        assert frozenset(row.members) in partition(found.cut(row.height))
        start = found.order.index(row.members[0])
        assert tuple(found.order[start : start + len(row.members)]) == row.members
        assert row.left < row.right
        assert max(row.left_height, row.right_height) <= row.height


@given(linkage=st.sampled_from(["single", "average", "complete"]), table=tables(), data=st.data())
@QUICK
def test_turning_columns_round_changes_nothing_for_the_size_of_r(linkage, table, data):
    signs = data.draw(st.lists(st.sampled_from([-1, 1]), min_size=8, max_size=8))
    found = cluster(table * signs[: len(table.columns)], linkage=linkage)
    expected = cluster(table, linkage=linkage)
    assert found.order == expected.order
    np.testing.assert_allclose(found.linkage, expected.linkage, rtol=0, atol=1e-12)


@given(table=tables())
@QUICK
def test_reordering_changes_no_r(table):
    order = cluster(table).order
    expected = correlate(table).r.loc[order, order]
    np.testing.assert_allclose(correlate(table[order]).r, expected, rtol=0, atol=1e-12)


@given(table=tables())
@QUICK
def test_no_two_columns_of_a_group_are_further_apart_than_a_complete_linkage_cut(table):
    found = cluster(table, linkage="complete")
    for height in [0.3, 0.6, 0.9]:
        groups = found.cut(height).to_numpy()
        together = groups[:, np.newaxis] == groups
        assert found.distances.to_numpy()[together].max() <= height
