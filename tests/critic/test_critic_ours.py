"""What the course itself shows and offers to copy is clean, but for what it shows as a fault."""

from pathlib import Path

import pytest

from lib.critic import review_file

_ROOT = Path(__file__).parents[2]

_ON_PURPOSE = {
    # The step lets learners try the limits that seaborn takes from the data.
    "lessons/five_steps/scripts/colour.py": {"no-limits", "center-without-limits"},
    # One map beside another, of the same nations.
    "lessons/applications/scripts/choose_correlation.py": {"complete-rows"},
    # Six departments, each with its own p, stand against one p of all together.
    "lessons/categorical/scripts/berkeley.py": {"many-tests"},
    # The step asks learners to find the difference that it makes.
    "lessons/methods/scripts/write_the_ranks.py": {"ranked-first"},
    # The step shows what choosing before the folds does, beside choosing inside them.
    "lessons/action/scripts/peek.py": {"before-split"},
    # The step compares changes over a year, which overlap, with those over a quarter.
    "lessons/time_series/scripts/overlap.py": {"overlapping-changes"},
    # The Lab shows what the popular recipe leaves unsaid.
    "lib/lab/scripts/as_the_tutorial_draws_it.py": {"no-limits", "sequential-colours"},
}

_SCRIPTS = sorted([*_ROOT.glob("lessons/*/scripts/*.py"), *_ROOT.glob("lib/lab/scripts/*.py")])
_DOCUMENTS = [_ROOT / "README.md", _ROOT / "lib/stats/README.md"]


def test_there_are_scripts() -> None:
    assert len(_SCRIPTS) > 100
    names = {path.relative_to(_ROOT).as_posix() for path in _SCRIPTS}
    assert set(_ON_PURPOSE) <= names


@pytest.mark.parametrize("path", [*_SCRIPTS, *_DOCUMENTS], ids=lambda path: path.stem)
def test_our_own_recipes_are_clean(path: Path) -> None:
    review = review_file(path)
    assert not review.refused
    assert not review.left_out
    expected = _ON_PURPOSE.get(path.relative_to(_ROOT).as_posix(), set())
    assert {finding.rule for finding in review.findings} == expected


def test_the_recipe_on_a_lesson_s_sheet_is_praised() -> None:
    praise = review_file(_ROOT / "lessons/five_steps/scripts/sheet.py").praise
    assert praise.startswith("This map runs from −1 to 1 about a neutral zero")
