"""Review scripts, notebooks and folders from the command line.

    python -m lib.critic notebook.ipynb homework/
    python -m lib.critic - < script.py
    python -m lib.critic homework/ --class told/

The exit status is 0 if there is nothing to mend, 1 if there are findings, 2 if a file could not be
read. Questions alone leave it at 0.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from .handout import handouts
from .listing import listing_of
from .reading import MOST_BYTES, files_in
from .reports import as_json, as_sarif, as_text
from .review import Review, review_file, review_text
from .rules import RULES


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the reviews of what the arguments name; the exit status."""
    given = _parser().parse_args(arguments)
    rules = [rule for rule in RULES if rule.id not in given.ignore]
    reviews = [
        review
        for path in given.paths
        for review in (
            [review_text(_from_stdin(), "stdin", rules)]
            if path == "-"
            else [review_file(file, rules) for file in files_in(Path(path))]
        )
    ]
    if given.into is not None:
        try:
            _write(given.into, reviews)
        except OSError as error:
            print(f"Nothing can be written to {given.into}: {error.strerror}.", file=sys.stderr)
            return 2
    elif given.json:
        _say(as_json(reviews))
    elif given.sarif:
        _say(as_sarif(reviews, rules))
    else:
        _say(as_text(reviews) or _nothing(len(reviews)))
    return _status(reviews)


def _say(text: str) -> None:
    """Print it, to whoever still listens: after `| head` that may be nobody."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        # What is left is flushed when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=f"python -m {__package__}",
        description="Say what the heatmaps of scripts and notebooks would hide. Runs none of them.",
    )
    parser.add_argument("paths", nargs="+", metavar="PATH", help="a file, a folder, or - for stdin")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print JSON")
    form.add_argument("--sarif", action="store_true", help="print SARIF 2.1.0")
    form.add_argument(
        "--class",
        dest="into",
        type=Path,
        metavar="FOLDER",
        help="write there who shows which belief how often, class.csv, and a page for each file",
    )
    parser.add_argument(
        "--ignore",
        action="append",
        default=[],
        metavar="RULE",
        choices=[rule.id for rule in RULES],
        help="say nothing of this rule; may be given more than once",
    )
    return parser


def _write(folder: Path, reviews: Sequence[Review]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in handouts([listing_of(review) for review in reviews]).items():
        (folder / name).write_bytes(content)


def _from_stdin() -> str:
    return sys.stdin.read(MOST_BYTES + 1)


def _nothing(files: int) -> str:
    return f"Nothing to mend in {files} {'file' if files == 1 else 'files'}."


def _status(reviews: Sequence[Review]) -> int:
    if any(review.refused for review in reviews):
        return 2
    return int(any(not each.is_question for review in reviews for each in review.findings))


if __name__ == "__main__":
    sys.exit(main())
