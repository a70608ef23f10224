"""Codes of words by an outcome, against scikit-learn's encoder and what is known of noise."""

import numpy as np
import pytest
from sklearn.model_selection import KFold
from sklearn.preprocessing import TargetEncoder

from lessons.cross_fitting import cross_fitted, explained_by_tree


def _drawn(levels: int) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(levels)
    return random.integers(levels, size=300), random.standard_normal(300)


@pytest.mark.parametrize("levels", [2, 20, 150])
def test_each_row_has_the_mean_of_its_word_in_the_other_folds(levels: int) -> None:
    words, outcome = _drawn(levels)
    encoder = TargetEncoder(
        cv=KFold(5, shuffle=True, random_state=0), smooth=0.0, target_type="continuous"
    )
    expected = encoder.fit_transform(words[:, np.newaxis], outcome)[:, 0]
    assert cross_fitted(words, outcome) == pytest.approx(expected, abs=1e-12)


def test_a_tree_reads_the_outcome_out_of_a_code_that_holds_it() -> None:
    words, outcome = _drawn(3)
    assert explained_by_tree(words, outcome, words, outcome) > 0.9


def test_a_tree_finds_nothing_in_noise_that_is_encoded_by_other_folds() -> None:
    words, outcome = _drawn(3)
    assert explained_by_tree(words, outcome, words, None) < 0.1


def test_a_tree_finds_what_a_word_tells() -> None:
    words, noise = _drawn(3)
    explained = explained_by_tree(words, words + 0.1 * noise, np.zeros(300), None)
    assert explained == pytest.approx(1, abs=0.05)
