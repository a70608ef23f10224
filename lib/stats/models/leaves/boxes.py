"""The boxes of a tree's leaves: for each feature on the path, what passes all its tests."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import numpy as np

from ...table import Booleans, Integers
from .bits import ALL_ROWS, Bits, unpacked
from .segments import Segments
from .trees import Trees

Interval: TypeAlias = tuple[Integers, Integers]
NO_FEATURE = -1

_WORDS_IN_A_FRONTIER = 500_000


@dataclass(frozen=True, eq=False)
class Boxes:
    """Nodes of trees, and what lets a row through to them.

    Attributes
    ----------
    node
        Their L positions among the trees' nodes.
    feature
        L x D: the features tested on the way, each once, then -1.
    low, high
        L x D: the segments from low up to, but without, high pass the thresholds of that feature.
    passes
        L x D x words: the rows that pass all tests of that feature; all of them for -1.
    """

    node: Integers
    feature: Integers
    low: Integers
    high: Integers
    passes: Bits

    def __getitem__(self, which: Any) -> "Boxes":
        return Boxes(
            self.node[which],
            self.feature[which],
            self.low[which],
            self.high[which],
            self.passes[which],
        )

    def passed(self, which: Booleans) -> Bits:
        """L x words: the rows that pass the features marked in `which`, L x D."""
        passes = np.where(which[:, :, np.newaxis], self.passes, ALL_ROWS)
        rows: Bits = np.bitwise_and.reduce(passes, axis=1)
        return rows


def leaf_boxes(trees: Trees, segments: Segments) -> Iterator[Boxes]:
    """The boxes of all leaves, some at a time, grown level by level from the roots."""
    roots, words = len(trees.root), -(-segments.rows // 64)
    none = np.empty((roots, 0), dtype=np.int64)
    waiting = [Boxes(trees.root, none, none, none, np.empty((roots, 0, words), dtype=np.uint64))]
    cuts = segments.cuts(trees)
    while waiting:
        boxes = waiting.pop()
        if boxes.passes.size > _WORDS_IN_A_FRONTIER and len(boxes.node) > 1:
            half = len(boxes.node) // 2
            waiting += [boxes[:half], boxes[half:]]
            continue
        is_leaf = trees.is_leaf[boxes.node]
        if is_leaf.any():
            yield boxes[is_leaf]
        if not is_leaf.all():
            waiting.append(_children(boxes[~is_leaf], trees, segments, cuts))


def _children(boxes: Boxes, trees: Trees, segments: Segments, cuts: Integers) -> Boxes:
    """The boxes one level down, all left ones first."""
    tested = trees.feature[boxes.node]
    used = (boxes.feature != NO_FEATURE).sum(axis=1)
    is_new = ~(boxes.feature == tested[:, np.newaxis]).any(axis=1)
    if used[is_new].max(initial=-1) == boxes.feature.shape[1]:
        boxes = _with_one_more_place(boxes)
    place = np.where(is_new, used, (boxes.feature == tested[:, np.newaxis]).argmax(axis=1))
    left = np.arange(len(tested))
    boxes.feature[left, place] = tested
    boxes.high[left[is_new], place[is_new]] = segments.numbers[tested[is_new]]

    children = boxes[np.tile(left, 2)]
    right = left + len(left)
    rows = segments.rows_to_the_left(trees, cuts, boxes.node)
    children.passes[left, place] &= rows
    children.passes[right, place] &= ~rows
    low, high = boxes.low[left, place], boxes.high[left, place]
    cut = np.clip(cuts[boxes.node], low, high)
    by_threshold = trees.category_test[boxes.node] < 0
    children.high[left, place] = np.where(by_threshold, cut, high)
    children.low[right, place] = np.where(by_threshold, cut, low)
    below = np.concatenate([trees.left[boxes.node], trees.right[boxes.node]])
    return replace(children, node=below)


def _with_one_more_place(boxes: Boxes) -> Boxes:
    more = ((0, 0), (0, 1))
    return Boxes(
        boxes.node,
        np.pad(boxes.feature, more, constant_values=NO_FEATURE),
        np.pad(boxes.low, more),
        np.pad(boxes.high, more),
        np.pad(boxes.passes, (*more, (0, 0)), constant_values=ALL_ROWS),
    )


@dataclass(frozen=True, eq=False)
class Runs:
    """The segments that pass all tests of a feature on a path, as runs from low up to high.

    One run where the tests are thresholds; any number where they are sets of categories, or where
    missing values pass as well. Runs of one leaf and place follow each other.
    """

    low: Integers
    high: Integers
    _first: Integers
    _counts: Integers

    @classmethod
    def of(cls, boxes: Boxes, segments: Segments) -> "Runs":
        test = np.arange(boxes.feature.size)
        feature = boxes.feature.ravel()
        by_low_and_high = ~segments.has_gaps[feature]
        found = [
            (
                test[by_low_and_high],
                boxes.low.ravel()[by_low_and_high],
                boxes.high.ravel()[by_low_and_high],
            )
        ]
        for one in np.flatnonzero(segments.has_gaps):
            here = np.flatnonzero(feature == one)
            passes = unpacked(boxes.passes.reshape(len(test), -1)[here], segments.rows)
            which, low, high = _runs(passes[:, segments.examples(int(one))])
            found.append((here[which], low, high))
        test, low, high = (np.concatenate(parts) for parts in zip(*found, strict=True))
        order = np.argsort(test, kind="stable")
        counts = np.bincount(test, minlength=feature.size).reshape(boxes.feature.shape)
        first = (counts.ravel().cumsum() - counts.ravel()).reshape(counts.shape)
        return cls(low[order], high[order], first, counts)

    def of_tests(self, leaf: Integers, place: Integers) -> tuple[Integers, Interval]:
        """The runs at many leaves and places: which of these each is from, and its ends."""
        counts, first = self._counts[leaf, place], self._first[leaf, place]
        which = np.repeat(np.arange(len(leaf)), counts)
        before = counts.cumsum() - counts
        run = np.arange(len(which)) + (first - before)[which]
        return which, (self.low[run], self.high[run])


def _runs(passes: Booleans) -> tuple[Integers, Integers, Integers]:
    """Where each row is True without a break: the row, from, and up to but without."""
    steps = np.diff(np.pad(passes.astype(np.int8), ((0, 0), (1, 1))), axis=1)
    row, low = np.nonzero(steps == 1)
    _, high = np.nonzero(steps == -1)
    return row, low, high
