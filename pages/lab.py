"""The Lab: every instrument on any table."""

import datasets
from lessons import COURSE
from lib.ui import show_lab
from lib.ui.lab.state import Bundled

TABLES = {name: Bundled(entry, datasets.load) for name, entry in datasets.catalogue().items()}

show_lab(COURSE, TABLES)
