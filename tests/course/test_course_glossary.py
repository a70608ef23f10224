"""Terms are found as readers find them, and a mark changes nothing but itself."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from lib.course import Glossary, Term, mark, read_glossary


def term(slug: str, *names: str, common: bool = False) -> Term:
    return Term(slug, names, f"What {slug} means.", "lesson", "step", common)


GLOSSARY = Glossary(
    (
        term("v", "V", "Cramér's V"),
        term("r", "r", common=True),
        term("absolute", "|r|"),
        term("eta", "eta", "η"),
        term("eta_squared", "eta squared", "η²"),
        term("adt", "`adt`"),
        term("walk", "random walk", "random walks"),
    )
)


def found(text: str) -> list[str]:
    return [text[use.start : use.end] for use in GLOSSARY.uses(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("V is large, and Cramér's V too.", ["V", "Cramér's V"]),
        ("Cramér's v, as nobody writes it", []),
        ("|r| and r, but not |rho|", ["|r|", "r"]),
        ("r² is no r", ["r"]),
        ("η and η²", ["η", "η²"]),
        ("Eta squared. ETA squared, theta", ["Eta squared"]),
        ("Random walks, and a random\nwalk over two lines", ["Random walks", "random\nwalk"]),
        ("R is a language", []),
        ("you're, V-shaped, non-V, Vs, V_1", []),
        ("*eta* and **V**, (r): r's.", ["eta", "V", "r", "r"]),
        ("`adt` and `V` and `adt` again", ["`adt`", "`adt`"]),
        ("``adt`` is other code, adt none", []),
        ("[V](https://example.org/r) and ![eta](r.png)", []),
        ("V = {v:.2f}, {eta:.2f}", ["V"]),
        (r"a tick \` V ` and a tick", ["V"]),
        ("one ` tick, V\n\nanother ` in the next paragraph", ["V"]),
        ("", []),
    ],
)
def test_a_term_is_found_as_a_whole_word_outside_of_code(text: str, names: list[str]) -> None:
    assert found(text) == names


def test_the_use_knows_its_term() -> None:
    assert [use.term.slug for use in GLOSSARY.uses("Eta squared of `adt`, Cramér's V")] == [
        "eta_squared",
        "adt",
        "v",
    ]


def test_an_empty_glossary_finds_nothing() -> None:
    assert Glossary().uses("r of `adt` and V") == ()


def test_two_terms_share_no_name() -> None:
    with pytest.raises(ValueError, match="'eta'"):
        Glossary((term("one", "eta"), term("two", "H", "eta")))


def test_what_is_common_is_marked_where_it_is_introduced() -> None:
    assert "r" in GLOSSARY.marked_on("lesson", "step")
    assert GLOSSARY.marked_on("lesson", "other") == {
        "v",
        "absolute",
        "eta",
        "eta_squared",
        "adt",
        "walk",
    }


def bold(words: str, term: Term) -> str:
    return f'<b title="{term.slug}">{words}</b>'


def test_a_mark_goes_around_the_words() -> None:
    text = "*Eta squared* of `adt`"
    marked = mark(text, GLOSSARY.uses(text), bold)
    assert marked == '*<b title="eta_squared">Eta squared</b>* of <b title="adt">`adt`</b>'


def test_only_the_uses_that_are_given_are_marked() -> None:
    text = "V and V"
    assert mark(text, GLOSSARY.uses(text)[:1], bold) == '<b title="v">V</b> and V'


def _rendered(markdown: str) -> str:
    return MarkdownIt("commonmark", {"html": True}).render(markdown)


@pytest.mark.parametrize(
    "text",
    [
        "P < S < PS, and V",
        "`a <i> b` is code, V",
        "<script>V</script>",
        r"\`<i>` V ` <u>",
        r"\\`x` <i> `y` V",
        "`a\n- <i>` V",
        "V <!-- r -->",
    ],
)
def test_a_tag_in_the_text_is_none(text: str) -> None:
    """What comes of it is what comes without HTML, and the marks."""
    marked = _rendered(mark(text, GLOSSARY.uses(text), bold))
    plain = MarkdownIt("commonmark", {"html": False}).render(text)
    assert re.sub(r'<b title="\w+">|</b>', "", marked) == plain


@given(st.text(alphabet="`\\<i>/!-[](){}*\n Vr", max_size=40))
def test_no_text_can_bring_a_tag(text: str) -> None:
    marked = _rendered(mark(text, GLOSSARY.uses(text), bold))
    tags = set(re.findall(r"</?(\w+)", marked))
    # What Markdown itself makes of such signs.
    assert tags <= {"b", "p", "em", "strong", "code", "pre", "ul", "li", "blockquote"} | set(
        re.findall(r"</?(\w+)", MarkdownIt("commonmark", {"html": False}).render(text))
    )
    assert "<!--" not in marked


def test_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "glossary.toml"
    path.write_text(
        '[eta]\nnames = ["eta", "η"]\nmeaning = "Far apart."\nlesson = "a"\nstep = "b"\n'
        '[r]\nnames = ["r"]\nmeaning = "A line."\nlesson = "a"\nstep = "b"\ncommon = true\n',
        encoding="utf-8",
    )
    eta, r = read_glossary(path).terms
    assert eta == Term("eta", ["eta", "η"], "Far apart.", "a", "b")
    assert (r.slug, r.common) == ("r", True)
