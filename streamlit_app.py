"""Opens the app."""

from lessons import COURSE
from lib.ui import open_app

open_app(COURSE)
