"""The critic's page as its visitors use it, and as hostile code would want it."""

import json
import logging
from collections.abc import Callable
from io import BytesIO
from threading import Lock
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.testing.v1 import AppTest
from ui_failures import failures

from lib.critic import Review, review_bytes
from lib.ui.critic import reading

Open = Callable[..., AppTest]

_FAULTY = "import seaborn as sns\n\nr = df.corr()\nsns.heatmap(r, vmin=0, vmax=1, cmap='vlag')\n"
_HONEST = "import seaborn as sns\nsns.heatmap(df.corr(), vmin=-1, vmax=1, cmap='vlag')"
_ASKING = "import seaborn as sns\nsns.heatmap(df.corr(), center=0, cmap='RdBu_r')"


def paste(app: AppTest, code: str) -> AppTest:
    app.text_area(key="critic-text").input(code)
    return well(app.button(key="critic-review").click().run())


def upload(app: AppTest, *files: tuple[str, bytes]) -> AppTest:
    handed = [(name, content, "") for name, content in files]
    return well(app.file_uploader(key="critic-files").set_value(handed).run())


def well(app: AppTest) -> AppTest:
    assert not failures(app)
    assert dict(app.query_params) == {}
    return app


def html(app: AppTest) -> str:
    return "".join(each.proto.body for each in app.main.get("html"))


def words(app: AppTest) -> str:
    return " ".join(
        each.value for kind in (app.markdown, app.caption, app.warning) for each in kind
    )


def links(app: AppTest) -> list[tuple[str, str]]:
    return [(link.proto.page, link.proto.query_string) for link in app.main.get("page_link")]


def test_a_fault_is_said_under_its_line_with_what_mends_it_and_the_step_that_shows_it(
    open_app: Open,
) -> None:
    app = paste(open_app("critic"), _FAULTY)
    assert "1 thing to mend" in words(app)
    shown = html(app)
    marked = "<li class=marked><code>sns.heatmap(r, vmin=0, vmax=1, cmap=&#x27;vlag&#x27;)</code>"
    assert shown.index(marked) < shown.index('id="critic-1"')
    assert shown.count("class=marked") == 1
    assert [each.value for each in app.code] == ["sns.heatmap(r, vmin=-1, vmax=1, cmap='vlag')"]
    assert ("applications", "step=relate") in links(app)


def test_faults_of_one_line_are_mended_at_once(open_app: Open) -> None:
    app = open_app("critic")
    well(app.button(key="critic-try-map").click().run())
    app.session_state["critic-mended"] = True
    (mended, *_) = well(app.run()).code
    assert 'sns.heatmap(r, vmin=-1, vmax=1, cmap="RdBu_r", annot=True, fmt=".2f")' in mended.value
    assert "Cell" not in words(app)
    assert "nothing to mend" in words(paste(app, mended.value)).lower()
    app.session_state["critic-mended"] = True
    well(app.button(key="critic-try-notebook").click().run())
    assert "Cell 3" in words(app)
    assert "Cell 2" not in words(app)


def test_a_question_stands_apart(open_app: Open) -> None:
    app = paste(open_app("critic"), _ASKING)
    assert "1 question" in words(app)
    assert "Questions</h4>" in html(app)
    assert "Worst first" not in html(app)


def test_an_honest_map_is_praised_and_code_without_one_is_not(open_app: Open) -> None:
    app = paste(open_app("critic"), _HONEST)
    assert "Nothing to mend" in words(app)
    assert "equal strength has equal colour" in words(app)
    assert not app.code
    app = paste(app, "print('hello world')")
    assert "No heatmap found" in words(app)
    assert "No heatmap was found in this code" in words(app)
    assert "Nothing to mend" not in words(app)
    assert "equal strength" not in words(app)


def test_an_empty_box_says_what_to_do(open_app: Open) -> None:
    app = paste(open_app("critic"), _FAULTY)
    app = paste(app, " ")
    (said,) = app.warning
    assert said.value.startswith("The box is empty. Paste the code")
    assert not app.code
    assert "1 thing to mend" in words(paste(app, _FAULTY))


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("print 'r'", "Line 1 is Python 2"),
        ("x = (" * 300, "nested too deeply"),
        ("x = 1\n" * 9000, "at most 50,000 are read"),
    ],
)
def test_what_cannot_be_read_is_said_with_a_way_out(open_app: Open, code: str, why: str) -> None:
    app = paste(open_app("critic"), code)
    (said,) = app.warning
    assert why in said.value
    assert "only the lines that compute and draw the map" in said.value


def test_what_was_pasted_is_there_after_another_page_and_examples_take_its_place(
    open_app: Open,
) -> None:
    app = paste(open_app("critic"), _FAULTY)
    app.switch_page("pages/home.py").run()
    app.switch_page("pages/critic.py").run()
    assert app.text_area(key="critic-text").value == _FAULTY
    assert "1 thing to mend" in words(app)
    well(app.button(key="critic-try-map").click().run())
    assert "3 things to mend" in words(app)
    well(app.button(key="critic-try-notebook").click().run())
    assert "Cell 4" in html(app)
    well(app.button(key="critic-try-one").click().run())
    assert "Nothing to mend" in words(app)


_EVIL = "</code><img src=x onerror=alert(1)>`*![x](http://a.b)"


def test_names_and_code_of_others_work_no_marks(open_app: Open) -> None:
    code = f'{_FAULTY}# {_EVIL}\nsns.heatmap(r, cmap="{_EVIL}_r", vmin=0, vmax=1)\n'
    notebook = json.dumps({"cells": [{"cell_type": "code", "source": code}]})
    name = f"{_EVIL}.ipynb"
    app = upload(open_app("critic"), (name, notebook.encode()), ("b.py", b"\0"))
    assert "<img" not in html(app)
    assert "&lt;img src=x" in html(app)
    assert "](http" not in words(app)
    picked = app.selectbox(key="critic-shown")
    assert "\\<img src" in picked.options[0]
    assert picked.options[1] == "b.py: not read"
    assert "It is no text" in well(picked.select_index(1).run()).warning[0].value


def test_lines_of_which_nothing_is_said_are_folded(open_app: Open) -> None:
    app = paste(open_app("critic"), "x = 1\n" * 20 + _FAULTY)
    assert "<summary>Lines 1 to 21: nothing to say</summary>" in html(app)
    assert html(app).count("<li") == 1 + 24  # the list of what is said, then every line


def test_who_has_to_wait_too_long_is_told(open_app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = Lock()
    taken.acquire()
    monkeypatch.setattr(reading, "_one_at_a_time", taken)
    monkeypatch.setattr(reading, "_PATIENCE", 0.01)
    app = paste(open_app("critic"), _FAULTY)
    assert "again in a moment" in app.warning[0].value
    taken.release()
    assert "1 thing to mend" in words(paste(app, _FAULTY))


def packed(**files: str) -> bytes:
    archive = BytesIO()
    with ZipFile(archive, "w", ZIP_DEFLATED) as opened:
        for name, code in files.items():
            opened.writestr(f"class/{name}.py", code)
    return archive.getvalue()


def test_a_class_gets_a_table_and_a_page_each(open_app: Open) -> None:
    archive = packed(ada=_FAULTY, bo=_HONEST, cy=_ASKING, di=_FAULTY, ed="print 1")
    app = upload(open_app("critic"), ("class.zip", archive))
    assert "5 files" in words(app)
    assert "1 file could not be read." in words(app)
    assert "2 of 5: “The colours of a correlation may begin at zero.”" in words(app)
    table = app.dataframe[0].value
    assert list(zip(table["File"], table["Times"], table["Asked"], strict=True)) == [
        ("class/ada.py", 1, 0),
        ("class/bo.py", 0, 0),
        ("class/cy.py", 0, 1),
        ("class/di.py", 1, 0),
        ("class/ed.py", 0, 0),
    ]
    app = well(app.selectbox(key="critic-shown").select_index(3).run())
    assert 'id="critic-1"' in html(app)


def test_files_that_the_server_has_dropped_are_said(
    open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def get_files(*args: Any, **kwargs: Any) -> list[Any]:
        return every(*args, **kwargs)[1:]

    every = MemoryUploadedFileManager.get_files
    monkeypatch.setattr(MemoryUploadedFileManager, "get_files", get_files)
    app = upload(open_app("critic"), ("a.py", _FAULTY.encode()), ("b.py", _HONEST.encode()))
    assert "At most 3 files are taken at once" in app.warning[0].value
    assert "to mend" not in words(app)


def test_a_rule_that_fails_costs_one_file_and_logs_no_code(
    open_app: Open, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(content: bytes, name: str, most: int) -> Review:
        if name == "b.py":
            raise ValueError("secret_column")
        return review_bytes(content, name, most=most)

    monkeypatch.setattr(reading, "review_bytes", fail)
    monkeypatch.setattr(logging.getLogger("streamlit"), "propagate", True)
    app = upload(open_app("critic"), ("a.py", _FAULTY.encode()), ("b.py", b"secret_column"))
    picked = app.selectbox(key="critic-shown")
    assert picked.options == ["a.py: 1 thing to mend", "b.py: not read"]
    assert "the fault is the critic's" in well(picked.select_index(1).run()).warning[0].value
    assert "critic: RuntimeError('ValueError')" in caplog.text
    assert "secret_column" not in caplog.text.replace('ValueError("secret_column")', "")


def test_an_archive_that_cannot_be_read_is_said(open_app: Open) -> None:
    app = upload(open_app("critic"), ("class.zip", b"PK no archive"))
    assert "It is no zip file" in app.warning[0].value
