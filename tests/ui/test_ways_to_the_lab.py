"""The ways from a lesson to the Lab, as links on the screen."""

from collections.abc import Callable
from urllib.parse import parse_qs

from streamlit.testing.v1 import AppTest

from lessons import COURSE

Open = Callable[..., AppTest]

RESULT = {"step": "quiz", "question": str(len(COURSE.lesson("clustermaps").quiz) + 1)}


def ways(app: AppTest) -> dict[str, dict[str, list[str]]]:
    """What links to the Lab say, by their labels."""
    links = [link.proto for link in app.get("page_link")]
    return {link.label: parse_qs(link.query_string) for link in links if link.page == "lab"}


def test_what_is_set_goes_along(open_app: Open) -> None:
    app = open_app("clustermaps", step="distance", said="skip")
    app.slider(key="distance-groups").set_value(6).run()
    assert ways(app) == {
        "Try in the Lab: Highway accidents": {
            "table": ["highway"],
            "instrument": ["clustermap"],
            "lab-clustermap-side": ["columns"],
            "lab-clustermap-k": ["6"],
            "from": ["clustermaps.distance"],
        }
    }


def test_a_map_that_is_the_same_there_is_called_so(open_app: Open) -> None:
    app = open_app("clustermaps", step="distance", said="skip", **{"distance-distance": "1 − r"})
    (label,) = ways(app)
    assert label == "Try this map in the Lab"


def test_columns_go_along_one_by_one(open_app: Open) -> None:
    app = open_app("methods", step="bend_the_axes", said="skip")
    (way,) = ways(app).values()
    assert way["lab-association_map-columns"] == ["ppgdp", "infantMortality"]


def test_before_a_prediction_and_in_a_presentation_there_is_no_way(open_app: Open) -> None:
    assert not ways(open_app("five_steps", step="mask"))
    assert not ways(open_app("five_steps", step="mask", said="skip", present="1"))


def test_a_lesson_ends_with_its_question_to_a_table_of_ones_own(open_app: Open) -> None:
    app = open_app("clustermaps", **RESULT)
    question = COURSE.lesson("clustermaps").own_question
    assert any(question in each.value for each in app.markdown)
    (way,) = ways(app).values()
    assert way == {"table": ["own"], "instrument": ["clustermap"]}
    assert not ways(open_app("clustermaps", present="1", **RESULT))


def test_who_comes_for_a_table_of_their_own_is_asked_for_it(open_app: Open) -> None:
    app = open_app("lab", table="own", instrument="clustermap")
    (box,) = (each for each in app.expander if each.label == "A table of your own")
    assert box.proto.expanded
    assert "Choose a file or paste a table." in " ".join(each.value for each in box.markdown)
    assert not app.warning
    app.text_area(key="lab-pasted").set_value("size,age\n1,2\n2,4\n3,9\n")
    app.button(key="lab-use-pasted").click().run()
    assert "".join(app.query_params["table"]) == "own"
    assert app.selectbox(key="lab-instrument").value == "clustermap"
    assert "3 rows, 2 columns" in " ".join(each.value for each in app.markdown)
    assert not any("Choose a file or paste" in each.value for each in app.markdown)


def test_a_visitor_who_comes_from_nowhere_is_asked_for_nothing(open_app: Open) -> None:
    app = open_app("lab")
    (box,) = (each for each in app.expander if each.label == "A table of your own")
    assert not box.proto.expanded


def test_who_comes_with_a_table_that_does_not_fit_is_shown_one_that_does(open_app: Open) -> None:
    app = open_app("lab", table="quakes", instrument="two_categories")
    assert ways(app) == {
        "See it on Titanic passengers": {"table": ["titanic"], "instrument": ["two_categories"]}
    }
    labels = [link.proto.label for link in app.get("page_link")]
    assert any(label.startswith("The lesson that explains it") for label in labels)


def test_the_step_that_led_there_is_led_back_to(open_app: Open) -> None:
    app = open_app("lab", **{"from": "clustermaps.distance"})
    (back,) = (
        link.proto for link in app.get("page_link") if link.proto.label.startswith("Back to the")
    )
    assert (back.page, back.query_string) == ("clustermaps", "step=distance")
    for wrong in ("clustermaps.none", "none.distance", "<b>", "."):
        labels = [link.proto.label for link in open_app("lab", **{"from": wrong}).get("page_link")]
        assert not any(label.startswith("Back to the") for label in labels)
