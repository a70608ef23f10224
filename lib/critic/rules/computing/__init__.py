"""Computing: what goes into a matrix, and which number is taken for which question."""

from ...rule import Rule
from .columns import BooleansLost, CodesOfWords, RowNumber, TextColumns
from .gaps import CompleteRows, ZerosForGaps
from .measures import (
    ChiSquareAsStrength,
    InformationWithoutFloor,
    PearsonOfCounts,
    RankedFirst,
    UncorrectedV,
)

RULES: tuple[Rule, ...] = (
    TextColumns(),
    BooleansLost(),
    CodesOfWords(),
    RowNumber(),
    ZerosForGaps(),
    CompleteRows(),
    RankedFirst(),
    PearsonOfCounts(),
    UncorrectedV(),
    ChiSquareAsStrength(),
    InformationWithoutFloor(),
)
