"""Drawing a signed measure: its limits, its colours, what is written into its cells."""

from ...rule import Rule
from .cells import Digits, ManyNumbers, TightCure
from .clusters import ConstantColumn, EuclideanClustermap
from .colouring import RainbowColours, RedGreenColours, SequentialColours
from .limits import CenterWithoutLimits, LimitsFromData, NoLimits, UnequalLimits
from .masks import EmptyEdges
from .ticks import WrongTicks

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
