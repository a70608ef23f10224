"""The digest of a class, against counts by hand."""

import csv
import io
from html.parser import HTMLParser

import numpy as np
import pytest

from lessons import COURSE
from lib.course import Estimate
from lib.room.digest import digest
from lib.room.digest_page import digest_csv, digest_page
from lib.room.homework import Homework, read_homework
from lib.room.model import Answer, Phase, RoomError, Round
from lib.room.own import choice, number
from lib.room.questions import Questions

QUESTIONS = Questions(COURSE)
SAME = "same_r_same_picture"
PANELS = QUESTIONS.of_step("methods", "four_panels")[0].asked
WIDTH = QUESTIONS.of_step("significance", "width")[0].asked
MAP = QUESTIONS.of_step("methods", "your_map")[1]


def asked(number, question, *votes):
    """A round, and its answers of devices a, b, c ... vote by vote; "." for none."""
    round = Round(
        number=number, asked=question, vote=len(votes), phase=Phase.REVEALED, at=1_700_000_000.0
    )
    return round, [
        Answer(round=number, vote=vote, device=f"token-{device}", said=said, at=0.0)
        for vote, said_by_all in enumerate(votes, 1)
        for device, said in zip("abcdefghijklmnop", said_by_all, strict=False)
        if said != "."
    ]


def test_votes_and_moves_counted_by_hand():
    # 3 is right: a and c move to it, b away, d stays, e goes from 1 to 2; f answers once.
    made = digest(COURSE, QUESTIONS, [asked(1, PANELS, "030010", "30302.")])
    (round,) = made.rounds
    assert [(vote.answered, vote.right) for vote in round.votes] == [(6, 1), (5, 2)]
    moves = round.moves
    assert (moves.toward, moves.away, moves.other, moves.stayed) == (2, 1, 1, 1)
    assert (moves.still_right, moves.changed) == (0, 4)
    (belief,) = made.beliefs
    assert belief.slug == SAME
    # b, d and e in the second vote, and f who spoke last in the first one.
    assert belief.devices == 4
    assert [(held.round, held.devices, held.answered) for held in belief.held] == [(1, 4, 6)]
    assert made.for_next_time == [belief]


@pytest.mark.parametrize(
    ("said", "is_still_held"),
    [
        ("000" + "3" * 9, True),  # 3 of 12: a quarter
        ("000" + "3" * 10, False),  # 3 of 13
        ("00" + "3" * 2, False),  # a half, but only two
        ("0000", True),
        ("3333", False),
    ],
)
def test_what_is_for_the_next_lecture(said, is_still_held):
    made = digest(COURSE, QUESTIONS, [asked(1, PANELS, said)])
    assert [belief.slug for belief in made.for_next_time] == [SAME] * is_still_held


def test_the_rounds_that_count_for_the_next_lecture():
    # The only answer to the second question is all of its answers, and one.
    made = digest(
        COURSE,
        QUESTIONS,
        [asked(1, PANELS, "000333"), asked(2, PANELS, "0"), asked(3, PANELS, "00003")],
    )
    (belief,) = made.for_next_time
    assert [(held.round, held.devices) for held in belief.still_held] == [(1, 3), (3, 4)]


def test_beliefs_by_how_many_devices_held_them_at_last():
    # One device is one, in however many rounds it showed the belief.
    width = ["0.00", "0.00", "-0.20", "-0.20"]
    made = digest(
        COURSE, QUESTIONS, [asked(1, PANELS, "0333"), asked(2, PANELS, "0033"),
                            asked(3, WIDTH, width), asked(4, WIDTH, width, ["0.00"] * 4)],
    )  # fmt: skip
    assert [(each.slug, each.devices) for each in made.beliefs] == [
        ("cell_is_exact", 4),
        (SAME, 2),
    ]
    assert [(held.round, held.devices) for held in made.beliefs[1].held] == [(1, 1), (2, 2)]
    belief = COURSE.misconceptions["cell_is_exact"]
    assert made.beliefs[0].truth == COURSE.truth(belief.slug).replace("*", "").replace("`", "")
    assert made.beliefs[0].step == COURSE.lesson(belief.lesson).step(belief.step).title


def test_a_class_that_guesses_blindly_is_not_said_to_believe_something_everywhere():
    generator = np.random.default_rng(16)
    rounds = []
    for lesson in COURSE.lessons:
        for step in QUESTIONS.steps(lesson.slug):
            if not isinstance(step.predict, Estimate):
                continue
            question = QUESTIONS.of_step(lesson.slug, step.slug)[0]
            scale = np.arange(question.low, question.high + question.step / 2, question.step)
            said = map(question.said_of, generator.choice(scale, 16))
            rounds.append(asked(len(rounds) + 1, question.asked, list(said)))
    made = digest(COURSE, QUESTIONS, rounds)
    listed = {held.round for each in made.for_next_time for held in each.held if held.is_still_held}
    assert len(made.rounds) == len(rounds) > 15
    assert len(listed) < len(rounds) / 2


def test_a_map_has_no_right_but_how_far_off_it_is():
    near = MAP.said_of(
        [min(MAP.guess.levels, key=lambda level: abs(level - r)) for r in MAP.measured]
    )
    zeros = MAP.said_of([0.0] * 10)
    made = digest(COURSE, QUESTIONS, [asked(1, MAP.asked, [zeros, zeros], [near, zeros])])
    (round,) = made.rounds
    off = sum(map(abs, MAP.measured)) / 10
    assert round.votes[0].off == pytest.approx(off)
    assert round.votes[1].off < off
    assert [vote.right for vote in round.votes] == [None, None]
    assert (round.moves.toward, round.moves.stayed) == (1, 1)
    (row,) = csv.DictReader(io.StringIO(digest_csv(made).decode("utf-8-sig")))
    assert float(row["one map off on average first"]) == pytest.approx(off, abs=5e-4)
    pairs = row["right answer"].split("; ")
    assert [pair.rpartition(" ")[2].replace("−", "-") for pair in pairs] == [
        f"{r:.2f}" for r in MAP.measured
    ]
    assert f"2 answers, one map is off by {off:.2f} on average" in digest_page(made)


def test_a_question_that_is_gone_is_left_out_and_counted():
    made = digest(COURSE, QUESTIONS, [asked(1, PANELS, "3"), asked(2, '{"ask":"gone"}', "0")])
    assert len(made.rounds) == 1
    assert made.left_out == 1
    assert "1 question is not in the course any more and left out." in digest_page(made)


def test_a_class_that_was_asked_nothing():
    made = digest(COURSE, QUESTIONS, [])
    page = digest_page(made)
    assert "Nothing was asked." in page
    assert "There is none." in page
    assert len(list(csv.reader(io.StringIO(digest_csv(made).decode("utf-8-sig"))))) == 1


class Tags(HTMLParser):
    """The tags and the text of a page; every tag that has to be closed is."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.text, self._open = set(), "", []
        self.feed(page)
        assert not self._open

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        assert not any(name.startswith("on") or name in ("src", "href") for name, _ in attrs)
        if tag != "meta":
            self._open.append(tag)

    def handle_endtag(self, tag):
        assert self._open.pop() == tag

    def handle_data(self, data):
        self.text += data


HOSTILE = '=1+1</p><script>alert("x")</script><img src=x onerror=y>'


def hostile():
    question = choice(HOSTILE, ["@SUM(1)", "<b>", "+2"], right=0)
    return digest(
        COURSE, QUESTIONS, [asked(1, question.asked, "012", "000"), asked(2, PANELS, "000")]
    )


def test_the_page_is_escaped_and_needs_nothing():
    page = digest_page(hostile())
    seen = Tags(page)
    assert {"script", "img", "b", "link"}.isdisjoint(seen.tags)
    assert HOSTILE in seen.text
    assert "Right: A. @SUM(1)" in seen.text
    assert "3 of 3 (100 %) right" in seen.text
    assert (
        "Of 3 who answered twice, 2 moved to the right answer, 0 away from it and 1 stayed."
        in seen.text
    )
    assert "http" not in page
    assert "2023-11-14 (UTC), 2 questions." in seen.text


def test_nobody_is_named():
    for text in (digest_page(hostile()), digest_csv(hostile()).decode()):
        assert "token-" not in text


def test_the_table_runs_nothing_in_a_spreadsheet():
    rows = list(csv.DictReader(io.StringIO(digest_csv(hostile()).decode("utf-8-sig"))))
    assert rows[0]["question"] == f"'{HOSTILE}"
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())
    names = """number,answered first,right first,answered second,right second,answered twice,
        stayed,changed,moved to it,moved away,between wrong ones,between right ones"""
    names = names.replace("\n        ", "").split(",")
    assert [rows[0][name] for name in names] == [*"131333", *"122000"]
    assert [rows[1][name] for name in names] == ["2", "3", "0", *[""] * 9]
    belief = COURSE.misconceptions[SAME].belief
    assert rows[1]["beliefs shown at last"] == f"{belief} (3 of 3 (100 %))"


def test_a_move_between_right_answers_has_its_own_column():
    # 38 to 47 are right of 42.5: a goes from right to right, b from wrong to wrong, c to it.
    made = digest(
        COURSE,
        QUESTIONS,
        [
            asked(1, number("How many?", 0, 100, truth=42.5).asked, ["40", "1", "1"],
                  ["45", "2", "42"]),
            asked(2, choice("Tea or coffee?", ["tea", "coffee"]).asked, "01", "11"),
        ],
    )  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(digest_csv(made).decode("utf-8-sig"))))
    names = ("stayed", "changed", "moved to it", "moved away", "between wrong ones",
             "between right ones")  # fmt: skip
    assert [rows[0][name] for name in names] == ["0", "3", "1", "0", "1", "1"]
    assert [rows[1][name] for name in names] == ["1", "1", "", "", "", ""]


def test_what_was_answered_is_told_for_each_choice():
    own = choice("Which map is printed?", ["the *first*", "the second"]).asked
    made = digest(COURSE, QUESTIONS, [asked(1, own, "0110", "111."), asked(2, PANELS, "030")])
    first, second = made.rounds
    assert first.tallied == "B. the second: 2, then 3; A. the *first*: 2, then 0"
    assert [sorted(counts) for _, counts in second.tally] == [[2], [1]]
    rows = list(csv.DictReader(io.StringIO(digest_csv(made).decode("utf-8-sig"))))
    assert [row["answers"] for row in rows] == [first.tallied, second.tallied]
    assert rows[0]["question"] == "Which map is printed?"
    page = digest_page(made)
    assert first.tallied in page
    assert "The vote" in page


def test_of_many_answers_the_most_frequent_are_told():
    said = [str(place) for place in range(10)] + ["7"]
    own = number("How many?", 0, 100).asked
    round_, _ = asked(1, own, "")
    answers = [
        Answer(round=1, vote=1, device=str(n), said=each, at=0.0) for n, each in enumerate(said)
    ]
    (made,) = digest(COURSE, QUESTIONS, [(round_, answers)]).rounds
    assert made.tallied.startswith("7: 2; 0: 1;")
    assert made.tallied.endswith("; 2 others")


def test_a_map_s_distance_has_three_decimals():
    drawn = MAP.said_of([0.5] * len(MAP.guess.pairs))
    round_, _ = asked(1, MAP.asked, "")
    answers = [Answer(round=1, vote=1, device="a", said=drawn, at=0.0)]
    made = digest(COURSE, QUESTIONS, [(round_, answers)])
    (row,) = csv.DictReader(io.StringIO(digest_csv(made).decode("utf-8-sig")))
    off = np.abs(0.5 - np.array(MAP.measured)).mean()
    assert row["one map off on average first"] == f"{off:.3f}".rstrip("0")


def test_homework_stands_beside_the_votes_and_counts_by_itself():
    table = (
        "file,belief,times,questions\r\n"
        + "".join(f"{name}.py,defaults_fit,{1 + (name == 'a')},0\r\n" for name in "abc")
        + f"a.py,{SAME},1,0\r\nd.py,defaults_fit,0,1\r\n"
        + "".join(f"{name}.py,,0,0\r\n" for name in "efghijkl")
        + "e.py,no_belief_of_the_course,4,0\r\n"
    ).encode("utf-8-sig")
    homework = read_homework(table, COURSE.misconceptions)
    assert homework == Homework(12, {"defaults_fit": 3, SAME: 1})
    made = digest(COURSE, QUESTIONS, [asked(1, PANELS, "00" + "3" * 9)], homework)
    votes, alone = made.beliefs
    assert (votes.slug, votes.devices, votes.homework) == (SAME, 2, 1)
    assert (alone.slug, alone.devices, alone.homework, alone.held) == ("defaults_fit", 0, 3, [])
    assert made.for_next_time == [alone]  # 3 of 12 files are a quarter
    assert "In homework: 3 of 12 (25 %)." in digest_page(made)
    voted, handed_in = csv.DictReader(io.StringIO(digest_csv(made).decode("utf-8-sig")))
    assert (voted["number"], handed_in["number"]) == ("1", "")
    assert (handed_in["title"], handed_in["answered first"]) == ("Homework", "12")
    first, second = handed_in["beliefs shown at last"].split("; ")
    assert first.endswith("(1 of 12 (8 %))")
    assert second.startswith(alone.belief)
    assert second.endswith("(3 of 12 (25 %))")
    more = digest(COURSE, QUESTIONS, [], Homework(13, homework.shown))
    assert more.for_next_time == []


@pytest.mark.parametrize("table", [b"", b"a,b\n1,2\n", b"\xff\xfe\x00", b'file,belief,times\n"x'])
def test_what_is_no_table_of_the_critic_is_refused(table):
    with pytest.raises(RoomError, match="no table of the critic"):
        read_homework(table, COURSE.misconceptions)
