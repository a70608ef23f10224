"""Misconceptions are read from their file, each under its name."""

import tomllib

import pytest

from lib.course import Misconception, read_misconceptions

GOOD = """
[pale_means_zero]
belief = "The pale middle means zero."
truth = "Left to the data – it means {neutral:+.2f}."
lesson = "five_steps"
step = "colour"

[true_shows]
belief = "In a mask, True means show."
truth = "True hides {hidden}."
lesson = "five_steps"
step = "mask"
at = { k = 1, side = "lower", trim = true }
"""


@pytest.fixture
def read(tmp_path):
    def read(text: str):
        file = tmp_path / "misconceptions.toml"
        file.write_text(text, encoding="utf-8")
        return read_misconceptions(file)

    return read


def test_each_misconception_is_read_under_its_name_in_order(read):
    misconceptions = read(GOOD)
    assert list(misconceptions) == ["pale_means_zero", "true_shows"]
    assert misconceptions["pale_means_zero"] == Misconception(
        slug="pale_means_zero",
        belief="The pale middle means zero.",
        truth="Left to the data – it means {neutral:+.2f}.",
        lesson="five_steps",
        step="colour",
        at={},
    )
    assert misconceptions["true_shows"].at == {"k": 1, "side": "lower", "trim": True}


def test_an_empty_file_has_none(read):
    assert read("") == {}


@pytest.mark.parametrize("missing", ["belief", "truth", "lesson", "step"])
def test_a_missing_key_is_named(read, missing):
    lines = GOOD.splitlines()
    lines.remove(next(line for line in lines if line.startswith(missing)))
    with pytest.raises(TypeError, match=missing):
        read("\n".join(lines))


@pytest.mark.parametrize(
    ("old", "new"), [("at =", "att ="), ("belief", "beleif"), ("step", "slug")]
)
def test_an_unknown_key_is_named(read, old, new):
    with pytest.raises(TypeError, match=new.removesuffix(" =")):
        read(GOOD.replace(f"\n{old}", f"\n{new}", 1))


@pytest.mark.parametrize("text", ["[pale_means_zero", GOOD + GOOD, "[a]\nbelief = 'x"])
def test_what_is_no_toml_or_says_a_name_twice_is_refused(read, text):
    with pytest.raises(tomllib.TOMLDecodeError):
        read(text)
