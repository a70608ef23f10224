"""Opens the app: the course, and the screens beside its lessons."""

from lessons import COURSE
from lib.ui import Screen, open_app

open_app(COURSE, screens=[Screen("progress", "Your progress", ":material/save:")])
