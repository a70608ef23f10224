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
            Screen("practice", "Practice", ":material/exercise:", "Exercises with fresh numbers."),
            Screen(
                "cards",
                "Cards",
                ":material/style:",
                "Flashcards: what you believed, when it is due again.",
            ),
            Screen("speed", "Speed", ":material/timer:", "Judge scatter plots against the clock."),
            Screen(
                "map",
                "The map",
                ":material/account_tree:",
                "Which measure for which columns, and what cures which pitfall.",
            ),
            Screen(
                "search", "Search", ":material/search:", "Where the course speaks of something."
            ),
            Screen(
                "lab",
                "The Lab",
                ":material/science:",
                "Upload a table of your own, and measure it.",
            ),
            Screen(
                "critic",
                "The critic",
                ":material/rate_review:",
                "Paste code, or hand in notebooks and homework: a review of what heatmaps hide.",
            ),
            Screen(
                "stage",
                "A talk",
                ":material/slideshow:",
                "Put steps together for a lecture, and present them.",
            ),
            Screen(
                "class",
                "Class",
                ":material/groups:",
                "Open a room, or enter one: questions and votes of a class, and their digest.",
            ),
            Screen(
                "progress",
                "Your progress",
                ":material/save:",
                "Download and load what you did, and your certificate.",
            ),
        ],
    )
else:
    share_the_processor()
    hear_runs_out()
    read_themes_once()
    app = App(__file__, middleware=MIDDLEWARE)
