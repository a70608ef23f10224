"""Computing: what goes into a matrix, and which number is taken for which question."""

from ...rule import Rule
from .columns import BooleansLost, CodesOfWords, RowNumber, TextColumns
from .gaps import CompleteRows, ZerosForGaps

RULES: tuple[Rule, ...] = (
    TextColumns(),
    BooleansLost(),
    CodesOfWords(),
    RowNumber(),
    ZerosForGaps(),
    CompleteRows(),
)
