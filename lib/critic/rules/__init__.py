"""The rules, a module or a package a family. A new one goes into the RULES of its family."""

from ..rule import Rule
from .believing import RULES as _BELIEVING
from .computing import RULES as _COMPUTING
from .drawing import RULES as _DRAWING
from .models import RULES as _MODELS
from .time import RULES as _TIME

RULES: tuple[Rule, ...] = (*_DRAWING, *_COMPUTING, *_BELIEVING, *_TIME, *_MODELS)
