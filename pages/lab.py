"""The Lab: every instrument on any table."""

from functools import partial

import datasets
from lessons import COURSE
from lib.ui import show_lab
from lib.ui.lab.state import Bundled

TABLES = {
    name: Bundled(entry, partial(datasets.load, name))
    for name, entry in datasets.catalogue().items()
}

show_lab(COURSE, TABLES)
