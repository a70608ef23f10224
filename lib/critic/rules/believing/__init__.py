"""Believing: what is concluded from a matrix, and what from its p."""

from ...rule import Rule
from .matrices import OnesOfP
from .predictors import DroppedInOrder, ThresholdIsNoCollinearity, VifWithoutConstant
from .testing import ManyTests, PWithoutN

RULES: tuple[Rule, ...] = (
    ManyTests(),
    OnesOfP(),
    PWithoutN(),
    ThresholdIsNoCollinearity(),
    VifWithoutConstant(),
    DroppedInOrder(),
)
