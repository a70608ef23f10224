"""Models: what they were told beforehand, how they are judged, what their maps show."""

from ...rule import Rule
from .axes import ScaleAsNames
from .judging import ClassOne, ConfusionCounts, TrainingImportance
from .leaks import BeforeSplit, LeaveOneOut, TargetMeans
from .surfaces import PredictionsAsInteraction, SurfaceLimits

RULES: tuple[Rule, ...] = (
    BeforeSplit(),
    TargetMeans(),
    LeaveOneOut(),
    ConfusionCounts(),
    TrainingImportance(),
    ClassOne(),
    PredictionsAsInteraction(),
    SurfaceLimits(),
    ScaleAsNames(),
)
