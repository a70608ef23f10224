"""The Code tab ends with the library's one call, where there is one."""

from streamlit.testing.v1 import AppTest


def show() -> None:
    from lib.ui.exhibit import _show_call

    _show_call("")
    _show_call("hh.heatmap(highway)")


def test_the_call_stands_alone_under_what_it_needs():
    app = AppTest.from_function(show).run()
    assert [code.value for code in app.code] == ["hh.heatmap(highway)"]
    assert "import honest_heatmaps as hh" in app.caption[0].value
