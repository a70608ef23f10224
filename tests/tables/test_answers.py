"""What was guessed can be overruled: an answer, another choice, another kind."""

import pandas as pd
import pytest

from lib.tables import Change, Limits, Reading, Refused, from_frame, paste, read, reading_code

DATES = b"visit,on\nv1,03/04/2024\nv2,05/02/2024\nv3,07/09/2024\n"


def question(sheet, column):
    return next(note for note in sheet.notes if note.question and note.column == column)


def test_an_answer_reads_the_file_again() -> None:
    sheet = read(DATES, "visits.csv")
    asked = question(sheet, "on")
    month_first = read(DATES, "visits.csv", reading=sheet.answered(asked, asked.choices[1]))
    assert sheet.frame["on"].dt.strftime("%Y-%m-%d").tolist()[0] == "2024-04-03"
    assert month_first.frame["on"].dt.strftime("%Y-%m-%d").tolist() == [
        "2024-03-04",
        "2024-05-02",
        "2024-07-09",
    ]
    assert not [note for note in month_first.notes if note.question]


@pytest.mark.parametrize(("choice", "first"), [("1,234 is 1234", 1234), ("1,234 is 1.234", 1.234)])
def test_a_mark_is_what_the_answer_says(choice: str, first: float) -> None:
    data = b'shop,sold\nA,"1,234"\nB,"2,500"\nC,"9,120"\n'
    sheet = read(data, "shops.csv")
    asked = question(sheet, "sold")
    answered = read(data, "shops.csv", reading=sheet.answered(asked, choice))
    assert answered.frame["sold"].iloc[0] == first
    assert not [note for note in answered.notes if note.question]


def test_a_word_for_no_value_is_a_level_where_the_answer_says_so() -> None:
    data = b"gene,dose\nwt,1\nNA,2\nko,NA\nwt,4\nko,5\n"
    sheet = read(data, "genes.csv")
    asked = question(sheet, "gene")
    answered = read(data, "genes.csv", reading=sheet.answered(asked, "a value"))
    assert answered.frame["gene"].tolist() == ["wt", "NA", "ko", "wt", "ko"]
    assert answered.column("dose").missing == 1


def test_eight_digits_under_the_name_of_a_date_are_no_question() -> None:
    sheet = paste("date,lot\n20240103,20230103\n20240215,20230215\n20240331,20230331\n")
    assert [note.column for note in sheet.notes if note.question] == ["lot"]


@pytest.mark.parametrize(("choice", "kind"), [("dates", "date"), ("numbers", "number")])
def test_eight_digits_are_what_the_answer_says(choice: str, kind: str) -> None:
    data = b"n,lot\n1,20230103\n2,20230215\n3,20230331\n"
    sheet = read(data, "lots.csv")
    answered = read(data, "lots.csv", reading=sheet.answered(question(sheet, "lot"), choice))
    assert answered.column("lot").kind == kind
    assert not [note for note in answered.notes if note.question]


def test_far_numbers_stay_numbers_where_the_answer_says_so() -> None:
    data = b"day,rain\na,3.5\nb,-999\nc,0\nd,12.5\n"
    sheet = read(data, "rain.csv")
    answered = sheet.answered(question(sheet, "rain"), "it is a number")
    assert read(data, "rain.csv", reading=answered).frame["rain"].tolist() == [3.5, -999, 0, 12.5]


@pytest.mark.parametrize(
    ("reading", "columns"),
    [
        (Reading(delimiter=";"), ["a,b", "c"]),
        (Reading(delimiter=","), ["a", "b;c"]),
        (Reading(header=()), ["column 1", "column 2"]),
    ],
)
def test_each_choice_can_be_made_differently(reading: Reading, columns: list[str]) -> None:
    data = b"a,b;c\n1,2;3\n4,5;6\n7,8;9\n"
    assert list(read(data, "abc.csv", reading=reading).frame) == columns


def test_an_encoding_can_be_chosen() -> None:
    data = "name,n\nŁódź,1\nŁęk,2\n".encode("cp1250")
    chosen = read(data, "towns.csv", reading=Reading(encoding="cp1250"))
    assert chosen.frame["name"].tolist() == ["Łódź", "Łęk"]


def test_the_way_out_of_a_refusal_reads_the_file() -> None:
    data = b'pond,note,newts\nA,clear,4\nB,weeds,7\nC,"drained,0\nD,clear,5\n'
    with pytest.raises(Refused) as refusal:
        read(data, "ponds.csv")
    sheet = read(data, "ponds.csv", reading=refusal.value.way_out)
    assert sheet.frame["newts"].tolist() == [4, 7, 0, 5]
    assert sheet.frame["note"].tolist()[2] == '"drained'


def test_too_many_rows_are_refused_and_a_sample_of_them_is_read() -> None:
    data = b"n,m\n" + b"".join(b"%d,%d\n" % (n, n * n) for n in range(1000))
    limits = Limits(rows=50)
    with pytest.raises(Refused, match="1,000 rows") as refusal:
        read(data, "many.csv", limits=limits)
    way_out = refusal.value.way_out
    sheet, again = (read(data, "many.csv", reading=way_out, limits=limits) for _ in range(2))
    assert len(sheet.frame) == 50
    assert (sheet.frame["m"] == sheet.frame["n"] ** 2).all()
    assert sheet.frame["n"].is_monotonic_increasing
    pd.testing.assert_frame_equal(sheet.frame, again.frame)
    assert any("seed 1" in note.words for note in sheet.notes)


@pytest.mark.parametrize(
    ("limits", "words"),
    [(Limits(bytes=100), "MB"), (Limits(columns=2), "3 columns"), (Limits(rows=5), "rows")],
)
def test_what_is_too_large_is_refused(limits: Limits, words: str) -> None:
    with pytest.raises(Refused, match=words):
        read(b"a,b,c\n" + b"1,2,3\n" * 40, "large.csv", limits=limits)


def test_another_kind_says_what_is_lost() -> None:
    sheet = paste("code,n\n007,1\n12a,2\n009,3\n007,4\n")
    assert sheet.column("code").kind == "category"
    numbers = sheet.with_kind("code", "number")
    assert numbers.frame["code"].tolist()[::2] == [7, 9]
    assert numbers.column("code").missing == 1
    assert "1 value" in numbers.notes[-1].words
    assert numbers.reading.changes == (Change("code", "number"),)
    assert sheet.column("code").missing == 0


def test_numbers_among_words_become_numbers_as_people_write_them() -> None:
    data = b"g;n\n3,45;1\nlow;2\n12,5;3\nhigh;4\n0,75;5\nlow;6\n"
    sheet = read(data, "mixed.csv")
    assert sheet.column("g").kind in ("category", "identifier")
    numbers = sheet.with_kind("g", "number")
    assert numbers.frame["g"].dropna().tolist() == [3.45, 12.5, 0.75]
    assert "3 values" in numbers.notes[-1].words


def test_infinities_among_words_are_missing_numbers(tmp_path, monkeypatch) -> None:
    data = b"g,n\n3,1\nlow,2\ninf,3\nhigh,4\n-1e999,5\nmid,6\n7,4\n"
    sheet = read(data, "infinite.csv")
    assert sheet.column("g").kind == "identifier"
    numbers = sheet.with_kind("g", "number")
    assert numbers.frame["g"].dropna().tolist() == [3, 7]
    monkeypatch.chdir(tmp_path)
    (tmp_path / "infinite.csv").write_bytes(data)
    names: dict[str, pd.DataFrame] = {}
    exec(compile(reading_code(numbers), "reading.py", "exec"), names)
    pd.testing.assert_frame_equal(names["table"], numbers.frame)


def test_an_order_is_given_or_found() -> None:
    sheet = from_frame(pd.DataFrame({"size": ["b", "c", "a"], "n": [10, 9, 2]}), "sizes")
    ordered = sheet.with_kind("size", "ordered", ("c", "a", "b"))
    assert ordered.column("size").levels == ("c", "a", "b")
    assert ordered.frame["size"].max() == "b"
    assert sheet.with_kind("n", "ordered").column("n").levels == ("2", "9", "10")
    with pytest.raises(ValueError, match="lacks a"):
        sheet.with_kind("size", "ordered", ("b", "c"))
    with pytest.raises(ValueError, match="no column"):
        sheet.with_kind("weight", "number")


def test_the_code_sets_the_kinds_as_well(tmp_path, monkeypatch) -> None:
    data = b"g,d,n,u\n1,2024-01-02,1.5,5 kg\n2,2024-01-03,,7\n1,2024-01-04,2.5,y\n"
    sheet = read(data, "kinds.csv").with_kind("g", "category").with_kind("n", "ordered")
    sheet = sheet.with_kind("d", "identifier").with_kind("u", "number")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kinds.csv").write_bytes(data)
    names: dict[str, object] = {}
    exec(compile(reading_code(sheet), "reading.py", "exec"), names)
    pd.testing.assert_frame_equal(names["table"], sheet.frame)
    again = read(data, "kinds.csv", reading=sheet.reading)
    pd.testing.assert_frame_equal(again.frame, sheet.frame)
