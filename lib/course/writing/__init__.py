"""Lines that a learner writes: read, run under guards, and explained where they do not run."""

from .wanted import Wanted, a_frame, a_frame_within, a_number, a_series
from .written import Written, fits, run

__all__ = ["Wanted", "Written", "a_frame", "a_frame_within", "a_number", "a_series", "fits", "run"]
