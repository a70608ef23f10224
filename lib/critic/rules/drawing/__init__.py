"""Drawing a signed measure: its limits, its colours, what is written into its cells."""

from ...rule import Rule
from .cells import Digits, EmptyEdges, ManyNumbers, TightCure, WrongTicks
from .clusters import ConstantColumn, EuclideanClustermap
from .colouring import RainbowColours, RedGreenColours, SequentialColours
from .limits import CenterWithoutLimits, LimitsFromData, NoLimits, UnequalLimits

RULES: tuple[Rule, ...] = (
    NoLimits(),
    LimitsFromData(),
    UnequalLimits(),
    CenterWithoutLimits(),
    SequentialColours(),
    RainbowColours(),
    RedGreenColours(),
    Digits(),
    ManyNumbers(),
    EmptyEdges(),
    TightCure(),
    WrongTicks(),
    EuclideanClustermap(),
    ConstantColumn(),
)
