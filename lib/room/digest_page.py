"""A digest as a page that needs nothing beside itself, and as a table for a spreadsheet."""

from __future__ import annotations

from html import escape

from ..course import fill
from ..course.spreadsheet import safe_csv
from .digest import Belief, Digest, RoundDigest, VoteDigest
from .results import VOTES, of_all

_STYLE = """
:root {
  color-scheme: light dark;
  --ground: #fcfaf6; --second: #f3efe7; --text: #22252b; --muted: #63666d;
  --border: #d8d1c2; --link: #2a5f8f;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #16181c; --second: #1f2227; --text: #e9e6df; --muted: #9fa2a8;
    --border: #41464e; --link: #8fb8de;
  }
}
@media print {
  :root {
    --ground: white; --second: #f3efe7; --text: #22252b; --muted: #63666d;
    --border: #d8d1c2; --link: #2a5f8f;
  }
}
@page { size: A4; margin: 16mm; }
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--ground); color: var(--text); overflow-wrap: anywhere;
  font: 16px/1.5 "Source Sans 3", "Source Sans Pro", system-ui, sans-serif;
}
main { max-width: 46rem; margin: 0 auto; padding: 1.5rem 1rem; }
h1, h2, h3 {
  font-family: "Source Serif 4", "Source Serif Pro", Georgia, serif; line-height: 1.2;
}
h1 { font-size: 1.7rem; margin: 0; }
h2 { font-size: 1.3rem; margin: 2rem 0 .5rem; }
h3 { font-size: 1.05rem; margin: 0 0 .25rem; }
p { margin: .25rem 0; }
.muted { color: var(--muted); }
article {
  padding: .75rem 0; border-top: 1px solid var(--border); break-inside: avoid;
}
.next { background: var(--second); padding: 1rem; margin-top: 1rem; border-radius: 6px; }
.next h2 { margin-top: 0; }
.vote { display: grid; grid-template-columns: 7rem 1fr 10rem; gap: .75rem; align-items: center; }
.bar { background: var(--second); border: 1px solid var(--border); height: .8rem; }
.bar i { display: block; background: var(--link); height: 100%; print-color-adjust: exact; }
@media (max-width: 560px) { .vote { grid-template-columns: 1fr; gap: 0; margin-bottom: .5rem; } }
@media print { body { font-size: 10.5pt; } main { padding: 0; max-width: none; } }
"""


def digest_page(digest: Digest) -> str:
    """The digest as HTML, without a script: to be kept, printed or sent."""
    left_out = fill(
        "{n} {n:question is|questions are} not in the course any more and left out.",
        {"n": digest.left_out},
    )
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Digest of a class · {escape(digest.course)}</title>
<style>{_STYLE}</style>
</head>
<body>
<main>
<p class="muted">{escape(digest.course)}</p>
<h1>Digest of a class</h1>
<p class="muted">{_when(digest)}</p>
{f'<p class="muted">{left_out}</p>' if digest.left_out else ""}
<section class="next">
<h2>For the next lecture</h2>
<p class="muted">Beliefs that at least a quarter of those who answered a question, and at least
three of them, still showed in their last vote{_or_homework(digest)}.</p>
{_articles([_belief(each) for each in digest.for_next_time], "There is none.")}
</section>
<section>
<h2>What was asked</h2>
{_articles([_round(each) for each in digest.rounds], "Nothing was asked.")}
</section>
<section>
<h2>Beliefs that {"answers and homework" if digest.handed_in else "answers"} showed</h2>
<p class="muted">Those that most devices showed in their last vote come first.</p>
{_articles([_belief(each) for each in digest.beliefs], "There is none.")}
</section>
</main>
</body>
</html>
"""


def digest_csv(digest: Digest) -> bytes:
    """The digest as CSV: a row for each question, one for homework; spreadsheets may open it."""
    import pandas as pd

    rows = [_row(digest, each) for each in digest.rounds]
    if digest.handed_in:
        rows.append(_homework_row(digest))
    # Counts stay whole beside those that are missing.
    return safe_csv(pd.DataFrame(rows, columns=list(_COLUMNS)).convert_dtypes())


_COLUMNS = (
    "number",
    "title",
    "question",
    "right answer",
    "answers",
    "answered first",
    "right first",
    "one map off on average first",
    "answered second",
    "right second",
    "one map off on average second",
    "answered twice",
    "stayed",
    "changed",
    "moved to it",
    "moved away",
    "between wrong ones",
    "between right ones",
    "beliefs shown at last",
)


def _row(digest: Digest, round: RoundDigest) -> dict[str, object]:
    nothing = VoteDigest(0, None, None)
    first, second = (*round.votes, nothing)[:2]
    is_twice = len(round.votes) > 1
    moves = round.moves
    is_right_or_wrong = first.right is not None
    shown = [
        f"{belief.belief} ({of_all(held.devices, held.answered)})"
        for belief in digest.beliefs
        for held in belief.held
        if held.round == round.number
    ]
    return {
        "number": round.number,
        "title": round.title,
        "question": round.question,
        "right answer": round.truth,
        "answers": round.tallied,
        "answered first": first.answered,
        "right first": first.right,
        "one map off on average first": _rounded(first.off),
        "answered second": second.answered if is_twice else None,
        "right second": second.right,
        "one map off on average second": _rounded(second.off),
        "answered twice": moves and moves.twice,
        "stayed": moves and moves.stayed,
        "changed": moves and moves.changed,
        "moved to it": moves.toward if moves and round.has_truth else None,
        "moved away": moves.away if moves and round.has_truth else None,
        "between wrong ones": moves.other if moves and is_right_or_wrong else None,
        "between right ones": moves.still_right if moves and is_right_or_wrong else None,
        "beliefs shown at last": "; ".join(shown),
    }


def _homework_row(digest: Digest) -> dict[str, object]:
    shown = [
        f"{belief.belief} ({of_all(belief.homework, belief.handed_in)})"
        for belief in digest.beliefs
        if belief.homework
    ]
    return {
        "title": "Homework",
        "question": "What the critic found in the code of how many",
        "answered first": digest.handed_in,
        "beliefs shown at last": "; ".join(shown),
    }


def _rounded(off: float | None) -> float | None:
    return None if off is None else round(off, 3)


def _when(digest: Digest) -> str:
    if not digest.day:
        return "Nothing was asked."
    return fill(
        "{day} (UTC), {n} {n:question|questions}. No names and no devices are in it.",
        {"day": digest.day, "n": len(digest.rounds)},
    )


def _articles(articles: list[str], nothing: str) -> str:
    return "\n".join(articles) if articles else f"<p>{nothing}</p>"


def _or_homework(digest: Digest) -> str:
    if not digest.handed_in:
        return ""
    files = fill("{n} {n:file|files}", {"n": digest.handed_in})
    return f", or that the critic found in as large a share of {files} of homework"


def _belief(belief: Belief) -> str:
    homework = f" In homework: {of_all(belief.homework, belief.handed_in)}."
    where = " ".join(
        f"Question {held.round}: {of_all(held.devices, held.answered)}." for held in belief.held
    )
    return f"""<article>
<h3>“{escape(belief.belief)}”</h3>
<p>Shown at last by {fill("{n} {n:device|devices}", {"n": belief.devices})}. {where}{
        homework if belief.handed_in else ""
    }</p>
<p class="muted">To go back to: {escape(belief.lesson)}, {escape(belief.step)}. There you see:</p>
<p>{escape(belief.truth)}</p>
</article>"""


def _round(round: RoundDigest) -> str:
    names = VOTES if len(round.votes) > 1 else ("The vote",)
    votes = "\n".join(_vote(name, vote) for name, vote in zip(names, round.votes, strict=False))
    truth = f"<p>Right: {escape(round.truth)}</p>" if round.truth else ""
    return f"""<article>
<h3>{round.number}. {escape(round.title)}</h3>
<p>{escape(round.question)}</p>
{truth}
{votes}
{f'<p class="muted">{escape(round.tallied)}</p>' if round.tally else ""}
<p>{escape(round.moved)}</p>
</article>"""


def _vote(name: str, vote: VoteDigest) -> str:
    answered = fill("{n} {n:answer|answers}", {"n": vote.answered})
    if vote.right is None or vote.answered == 0:
        return f"<p>{name}: {answered if vote.answered else 'nobody answered'}{_off(vote)}</p>"
    share = 100 * vote.right / vote.answered
    return (
        f'<p class="vote"><span>{name}</span>'
        f'<span class="bar" aria-hidden="true"><i style="width:{share:.1f}%"></i></span>'
        f"<span>{vote.words}</span></p>"
    )


def _off(vote: VoteDigest) -> str:
    return "" if vote.off is None else f", {vote.words}"
