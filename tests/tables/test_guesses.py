"""A guess that is not plain is said: about marks, and about codes for no value."""

import numpy as np
import pytest

from lib.tables import Sheet, paste, read

DRAW = np.random.default_rng(7)


def asked(sheet: Sheet) -> set[str | None]:
    return {note.column for note in sheet.notes if note.question}


def test_no_number_is_a_thousand_times_too_large_in_silence() -> None:
    """Three decimals with a point beside a decimal comma: small, around 1, and above."""
    values = {
        f"{low} to {high} ({draw})": DRAW.uniform(low, high, 6).round(3)
        for low, high in ((0, 0.9), (0, 3), (1, 9), (50, 900))
        for draw in range(8)
    }
    rows = [[f"{column[row]:.3f}" for column in values.values()] for row in range(6)]
    lines = [";".join(["temp", *values]), *(";".join(["2,5", *cells]) for cells in rows)]
    data = "\n".join(lines).encode()
    sheet = read(data, "lab.csv")
    questions = {note.column: note for note in sheet.notes if note.question}
    for name, column in values.items():
        without_doubt = (column < 1).any()
        assert (name in questions) != without_doubt
        if without_doubt:
            assert sheet.frame[name].to_numpy() == pytest.approx(column)
    name, note = next(iter(questions.items()))
    point = next(choice for choice in note.choices if "." in choice.split(" is ")[1])
    answered = read(data, "lab.csv", reading=sheet.answered(note, point))
    assert answered.frame[name].to_numpy() == pytest.approx(values[name])
    assert name not in asked(answered)


def test_a_mark_that_stands_late_in_the_column_is_asked_about() -> None:
    whole = "".join(f"{row % 900};2,5\n" for row in range(3000))
    assert asked(read(f"n;temp\n{whole}1.234;2,5\n{whole}".encode(), "late.csv")) == {"n"}


def with_codes(values: np.ndarray, *codes: float) -> np.ndarray:
    """The values with each code in three places."""
    places = np.random.default_rng(3).permutation(len(values))[: 3 * len(codes)]
    values = values.astype(float)
    values[places] = np.repeat(codes, 3)
    return values


INCOME = DRAW.integers(1200, 3400, 100)
SKEWED = np.exp(DRAW.normal(8, 2, 100)).round()
AGE = DRAW.integers(18, 81, 100)
LIKERT = DRAW.integers(1, 6, 100)
DAYS = DRAW.integers(0, 400, 100)
DEGREES = DRAW.normal(5, 10, 100).round(1)


@pytest.mark.parametrize(
    ("values", "codes"),
    [
        *((INCOME, [code]) for code in (-1, -9, -99, -999, -9999, 9999, 99999)),
        (INCOME, [-99, -98]),
        (SKEWED, [-99]),
        (SKEWED, [-9]),
        (AGE, [-9]),
        (AGE, [999]),
        (AGE, [99]),
        (AGE, [97, 98, 99]),
        (LIKERT, [-1, -8, -9]),
        (LIKERT, [99]),
        (DAYS, [999]),
        (DEGREES, [-99]),
        (DEGREES, [999.9]),
    ],
)
def test_codes_for_no_value_are_asked_about(values: np.ndarray, codes: list[float]) -> None:
    sheet = paste("x,y\n" + "".join(f"{each:g},k\n" for each in with_codes(values, *codes)))
    question = next(note for note in sheet.notes if note.column == "x" and note.question)
    assert all(f"{code:g}" in question.words for code in codes)
    assert sheet.column("x").missing == 3 * len(codes)


@pytest.mark.parametrize(
    "values",
    [
        DRAW.choice([-1, 1], 100),
        DRAW.choice([-1, 0, 1], 100),
        DRAW.integers(-1, 5, 100),
        DRAW.integers(-12, 12, 100),
        with_codes(DEGREES, -9),
        np.append(DRAW.normal(60, 12, 300).round().clip(18, 92), [97, 97]),
        DRAW.poisson(4, 100),
        DRAW.integers(0, 100, 100),
        DRAW.integers(0, 1000, 100).clip(0, 999),
        SKEWED,
        INCOME - 2300,
    ],
)
def test_numbers_that_happen_to_be_codes_are_numbers(values: np.ndarray) -> None:
    sheet = paste("x,y\n" + "".join(f"{each:g},k\n" for each in values))
    assert sheet.column("x").missing == 0
    assert not asked(sheet)
