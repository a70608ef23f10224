"""Partial dependence of tree ensembles without a grid of predictions.

Every leaf is a box: it adds its value where a row passes the tests of all features on its path.
Averaged over background rows whose features j and k are set to x and y, it adds its value times
the share of background rows that pass the rest of the box, if x and y pass theirs. So all there
is to know are the counts of rows that fail no feature of a box, exactly one, or exactly two.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...table import Floats, Integers, blocks
from ..predictions import Scale
from .bits import Bits, count, packed, unpacked
from .boxes import NO_FEATURE, Boxes, Runs, leaf_boxes
from .segments import Segments
from .steps import StepFunctions
from .trees import TreeEnsemble, read_trees

_NUMBERS_IN_A_BLOCK = 16_000_000
_WORDS_AT_A_TIME = 300_000


@dataclass(frozen=True, eq=False)
class LeafEnsemble:
    """An ensemble of trees whose predictions add up on `scale`."""

    trees: TreeEnsemble

    @property
    def scale(self) -> Scale:
        """The scale on which predictions add up."""
        return self.trees.scale

    def partial_dependence(
        self, background: Floats, j: int, k: int, x: Floats, y: Floats
    ) -> Floats:
        """The mean prediction over the background with feature j set to x and feature k to y.

        The background has rows x features, in the model's order. Returns len(y) x len(x) numbers.
        """
        self._check_missing(background)
        n = len(background)
        rows = np.repeat(background[:1], n + len(x) + len(y), axis=0)
        rows[:n], rows[n : n + len(x), j], rows[n + len(x) :, k] = background, x, y
        is_background = packed(np.arange(len(rows)) < n)
        total = np.full((len(y), len(x)), self.trees.constant)
        for value, boxes in self._leaves(Segments.of(self.trees, rows)):
            is_j, is_k = boxes.feature == j, boxes.feature == k
            rest = boxes.passed(~is_j & ~is_k) & is_background
            weight = value * count(rest) / n
            at_x = unpacked(boxes.passed(is_j), len(rows))[:, n : n + len(x)]
            at_y = unpacked(boxes.passed(is_k), len(rows))[:, n + len(x) :]
            total += (at_y * weight[:, np.newaxis]).T @ at_x.astype(np.float64)
        return total

    def interactions(self, background: Floats) -> Iterator[tuple[Integers, Floats, Floats]]:
        """What features do alone and in pairs, at the background rows' own values.

        For all pairs of features, as many at a time as fit in memory. The background has n rows x
        p features, in the model's order.

        Yields
        ------
        The pairs, K x 2 positions of features; the partial dependence of every feature, p x n;
        and the partial dependence of each pair less those of its features, K x n. Each row of
        numbers has a constant of its own added: centre them.
        """
        self._check_missing(background)
        segments = Segments.of(self.trees, background)
        for pairs in _pairs_that_fit(segments):
            yield pairs, *self._summed(segments, pairs)

    def _summed(self, segments: Segments, pairs: Integers) -> tuple[Floats, Floats]:
        """The functions of features and of pairs; the memory that they took is free again."""
        sums = StepFunctions(segments.of_rows, segments.sizes, pairs)
        for value, boxes in self._leaves(segments):
            _add_leaves(sums, value / segments.rows, boxes, segments)
        return sums.of_features(), sums.of_pairs()

    def _leaves(self, segments: Segments) -> Iterator[tuple[Floats, Boxes]]:
        """All leaves, some at a time: what each adds to the prediction, and its box."""
        for trees in self.trees.blocks():
            for boxes in leaf_boxes(trees, segments):
                yield trees.value[boxes.node], boxes

    def _check_missing(self, background: Floats) -> None:
        missing = np.flatnonzero(np.isnan(background).any(axis=0))
        if self.trees.refuses_missing and missing.size:
            raise ValueError(
                f"Feature {self.trees.features[missing[0]]!r} has missing values, which "
                f"{self.trees.name} does not accept: fill them, or leave these rows out."
            )


def leaf_ensemble(model: Any, scale: Scale | None, target: Any) -> LeafEnsemble | None:
    """The leaves of a model, where its trees add up on the scale asked for; otherwise None."""
    trees = read_trees(model, scale, target)
    return None if trees is None else LeafEnsemble(trees)


def _pairs_that_fit(segments: Segments) -> Iterator[Integers]:
    """All pairs of features, as many at a time as fit in memory."""
    pairs = np.column_stack(np.triu_indices(len(segments.sizes), 1))
    numbers = (segments.sizes[pairs] + 1).prod(axis=1) + segments.rows
    block = numbers.cumsum() // _NUMBERS_IN_A_BLOCK
    yield from np.split(pairs, np.flatnonzero(np.diff(block)) + 1)


def _add_leaves(sums: StepFunctions, weight: Floats, boxes: Boxes, segments: Segments) -> None:
    """Add what leaves of value n x weight do: for each feature on a path, and each pair of them.

    Of the n rows let N pass a box without its tests of j, and M without those of j and k. The
    leaf adds N x weight to the partial dependence of j where j passes, and M x weight to that of
    j and k where both pass. From the latter the partial dependences of j and of k are taken.
    """
    counts = _Counts.of(boxes, segments.rows)
    runs = Runs.of(boxes, segments)
    alone = weight[:, np.newaxis] * counts.without_one()
    leaf, place = np.nonzero(boxes.feature != NO_FEATURE)
    which, interval = runs.of_tests(leaf, place)
    sums.add_to_features(boxes.feature[leaf, place][which], interval, alone[leaf, place][which])
    for leaf, first, second in _pairs_on_paths(sums, boxes):
        pair = sums.pair_number(boxes.feature[leaf, first], boxes.feature[leaf, second])
        which, of_first = runs.of_tests(leaf, first)
        sums.add_to_pairs(pair[which], of_first, None, -alone[leaf, first][which])
        low, high = of_first
        both, of_second = runs.of_tests(leaf[which], second[which])
        together = weight[leaf] * counts.without_two(leaf, first, second)
        sums.add_to_pairs(
            pair[which][both], (low[both], high[both]), of_second, together[which][both]
        )
        which, of_second = runs.of_tests(leaf, second)
        sums.add_to_pairs(pair[which], None, of_second, -alone[leaf, second][which])


def _pairs_on_paths(
    sums: StepFunctions, boxes: Boxes
) -> Iterator[tuple[Integers, Integers, Integers]]:
    """The leaves and the two places on their paths of pairs that are summed, some at a time.

    The feature at the first place comes before the feature at the second.
    """
    first, second = np.triu_indices(boxes.feature.shape[1], 1)
    wanted = sums.pair_number(boxes.feature[:, first], boxes.feature[:, second]) >= 0
    leaf, which = np.nonzero(wanted)
    first, second = first[which], second[which]
    swapped = boxes.feature[leaf, first] > boxes.feature[leaf, second]
    first, second = np.where(swapped, second, first), np.where(swapped, first, second)
    for part in blocks(len(leaf), _WORDS_AT_A_TIME // boxes.passes.shape[2]):
        yield leaf[part], first[part], second[part]


@dataclass(frozen=True, eq=False)
class _Counts:
    """How many rows pass the boxes of leaves, or fail only the tests of one feature or of two."""

    passes: Bits
    in_box: Integers
    fail_one: Integers
    fail_two: Bits

    @classmethod
    def of(cls, boxes: Boxes, rows: int) -> "_Counts":
        none = np.tile(packed(np.ones(rows, dtype=np.bool_)), (len(boxes.node), 1))
        one = two = np.zeros_like(none)
        for passes in boxes.passes.transpose(1, 0, 2):
            two = (two & passes) | (one & ~passes)
            one = (one & passes) | (none & ~passes)
            none = none & passes
        fail_one = count(one[:, np.newaxis] & ~boxes.passes)
        return cls(boxes.passes, count(none), fail_one, two)

    def without_one(self) -> Integers:
        """L x D: how many rows pass the box without the tests at that place."""
        return self.in_box[:, np.newaxis] + self.fail_one

    def without_two(self, leaf: Integers, first: Integers, second: Integers) -> Integers:
        """How many rows pass the leaf's box without the tests at two places."""
        either = self.passes[leaf, first] | self.passes[leaf, second]
        fail_both = count(self.fail_two[leaf] & ~either)
        return (
            self.in_box[leaf] + self.fail_one[leaf, first] + self.fail_one[leaf, second] + fail_both
        )
