"""Opens the app: the course, and the screens beside its lessons."""

from streamlit.starlette import App

from lessons import COURSE
from lib.ui import Screen, open_app
from lib.ui.runs import hear_runs_out, read_themes_once
from lib.ui.server import MIDDLEWARE, share_the_processor

# The server imports this script once, and runs it for whoever looks at a page.
if __name__ == "__main__":
    open_app(
        COURSE,
        screens=[
            Screen("practice", "Practice", ":material/exercise:"),
            Screen("cards", "Cards", ":material/style:"),
            Screen("speed", "Speed", ":material/timer:"),
            Screen("map", "The map", ":material/account_tree:"),
            Screen("search", "Search", ":material/search:"),
            Screen("lab", "The Lab", ":material/science:"),
            Screen("stage", "A talk", ":material/slideshow:"),
            Screen("class", "Class", ":material/groups:"),
            Screen("progress", "Your progress", ":material/save:"),
        ],
    )
else:
    share_the_processor()
    hear_runs_out()
    read_themes_once()
    app = App(__file__, middleware=MIDDLEWARE)
