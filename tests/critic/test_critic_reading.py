"""What people hand in is read, or refused in a sentence; nobody can make that take long."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from lib.critic import UnreadableError, files_in, read_file, read_text, review_file, review_text


def _notebook(*sources: str | list[str], **metadata: object) -> str:
    cells = [{"cell_type": "code", "source": source, "outputs": []} for source in sources]
    prose = {"cell_type": "markdown", "source": "sns.heatmap(df.corr())"}
    return json.dumps({"nbformat": 4, "metadata": metadata, "cells": [prose, *cells]})


def test_cells_are_counted_with_the_others_and_know_earlier_names() -> None:
    text = _notebook(
        "import seaborn as s",
        ["%matplotlib inline\n", "r = df.corr()\n", "!pip install x\n", "r.head?"],
        "\nif True:\n    %time s.heatmap(r, cmap='vlag')\n    s.heatmap(r, cmap='vlag')",
    )
    (finding,) = review_text(text, "a.ipynb").findings
    assert (finding.cell, finding.line, finding.column) == (4, 4, 5)
    assert finding.segment == "s.heatmap(r, cmap='vlag')"
    assert finding.place == "cell 4, line 4"


def test_a_cell_that_is_no_python_is_left_out_and_the_others_are_read() -> None:
    text = _notebook("print 'a'", "sns.heatmap(df.corr(), cmap='vlag')", "%%bash\nls |", "x = (")
    review = review_text(text)
    assert [finding.cell for finding in review.findings] == [3]
    assert review.left_out == (
        "Cell 2 is left out. Line 1 is Python 2, and only Python 3 is read.",
        "Cell 5 is left out. Line 1 is no Python: '(' was never closed.",
    )


def test_a_timed_cell_is_read_and_a_notebook_of_before_version_four() -> None:
    cell = {"cell_type": "code", "input": ["%%time\n", "sns.heatmap(df.corr(), cmap='vlag')"]}
    review = review_text(json.dumps({"worksheets": [{"cells": [cell]}]}))
    assert [(finding.cell, finding.line) for finding in review.findings] == [(1, 2)]


def test_a_remainder_at_the_start_of_a_line_is_no_magic() -> None:
    code = "n = (10\n% 3)\nsns.heatmap(df.corr(), cmap='vlag')"
    assert [finding.line for finding in review_text(code).findings] == [3]


def test_prompts_and_a_common_indent_are_taken_off() -> None:
    prompted = (
        "Some prose\n    >>> r = df.corr()\n    >>> sns.heatmap(r,\n    ...     cmap='vlag')\n    x"
    )
    (finding,) = review_text(prompted).findings
    assert (finding.line, finding.mended) == (
        3,
        "sns.heatmap(r,\n    cmap='vlag', vmin=-1, vmax=1)",
    )
    (finding,) = review_text("    r = df.corr()\n    sns.heatmap(r, cmap='vlag')").findings
    assert finding.mended == "sns.heatmap(r, cmap='vlag', vmin=-1, vmax=1)"


def test_docstrings_with_prompts_are_no_code() -> None:
    code = '"""\n>>> sns.heatmap(df.corr(), cmap="vlag")\n"""\nx = 1'
    assert review_text(code).findings == ()


def test_columns_are_counted_in_characters() -> None:
    code = "größe = '→'; sns.heatmap(df.corr(), cmap='vlag')"
    (finding,) = review_text(code).findings
    assert finding.column == code.index("sns") + 1
    assert finding.mended == "größe = '→'; sns.heatmap(df.corr(), cmap='vlag', vmin=-1, vmax=1)"


def test_odd_line_ends_half_characters_and_text_with_code_in_it_do_no_harm() -> None:
    drawn = "sns.heatmap(df.corr(), cmap='vlag')"
    half = _notebook(f"a = '\ud800'\r{drawn}")
    inside = f'x = f"""\n\n{{{drawn}}}\n"""'
    for text, line in ((half, 2), (f"x = 1\r{drawn}", 2), (inside, 3), (f"{drawn}\x0c\n", 1)):
        (finding,) = review_text(text).findings
        assert (finding.line, finding.segment) == (line, drawn)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("sns.heatmap(df.corr(", "Line 1 is no Python: '(' was never closed."),
        ("x = '\0'", "It is no text: it holds bytes that no text has."),
        ("x = 1\nprint x", "Line 2 is Python 2, and only Python 3 is read."),
        ("try:\n    f()\nexcept A, e:\n    pass", "Line 3 is Python 2, and only Python 3 is read."),
        (
            "df = pd.read_csv(“a.csv”)",
            "Line 1 has curly quotes, and Python wants straight ones.",
        ),
        ("(" * 1000 + ")" * 1000, "It is nested too deeply to be read."),
        ('{"cells": [', "It begins like a notebook, and is no complete JSON."),
        (
            json.dumps({"cells": [], "metadata": {"kernelspec": {"language": "R"}}}),
            "The notebook is written in r, and only Python is read.",
        ),
        (
            _notebook("x = ("),
            "None of its cells can be read. Cell 2 is left out. Line 1 is no "
            "Python: '(' was never closed.",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(text: str, sentence: str) -> None:
    assert review_text(text).refused == sentence


def test_files_that_are_no_text_and_files_that_are_not_there(tmp_path: Path) -> None:
    binary = tmp_path / "a.py"
    binary.write_bytes(b"\x89PNG\r\n\x00\x1a")
    assert review_file(binary).refused == "It is no text: it holds bytes that no text has."
    with pytest.raises(UnreadableError, match="cannot be opened: No such file"):
        read_file(tmp_path / "none.py")
    old = tmp_path / "old.py"
    old.write_bytes("# Größe\nx = 1".encode("cp1252"))
    assert read_file(old).cells[0].lines[0] == "# Größe"


def test_a_folder_is_gone_through_without_what_tools_keep(tmp_path: Path) -> None:
    for name in (
        "b.py",
        "a/c.ipynb",
        ".git/d.py",
        "env/e.py",
        "mine/pyvenv.cfg",
        "mine/f.py",
        "a/.ipynb_checkpoints/c.ipynb",
        "notes.txt",
    ):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    found = [file.relative_to(tmp_path).as_posix() for file in files_in(tmp_path)]
    assert found == ["b.py", "a/c.ipynb"]


_HOSTILE = {
    "5 MB of code": "x = 1\n" * 900_000,
    "much code": "sns.heatmap(df.corr(), cmap='vlag')\n" * 6_900,
    "a long sum": "x = " + " + ".join(["1"] * 60_000),
    "a long chain": "x = df" + ".round(2)" * 27_000,
    "many signs": "x = " + "-" * 100_000 + "1",
    "many nots": "x = " + "not " * 50_000 + "1",
    "many lambdas": "x = " + "lambda: " * 30_000 + "1",
    "deep subscripts": "x = " + "a[" * 150 + "0" + "]" * 150,
    "many elifs": "if a:\n    x = 1\n" + "elif b:\n    x = 2\n" * 13_000,
    "functions that call each other": "\n".join(
        f"def f{n}(x):\n    return f{n + 1}(x) + f{n + 1}(x) + f{n + 1}(x)" for n in range(3000)
    )
    + "\nf0(1)",
    "a name that doubles": "x = df.corr()\n" + "x = [x, x]\n" * 20_000,
    "large numbers": "x = 9\n" + "x = x * x\n" * 20_000 + "y = 9 ** 9 ** 9\nz = 'a' * 10 ** 9",
    "a notebook of 2,000 cells": _notebook(*["r = df.corr()\nsns.heatmap(r, cmap='vlag')"] * 2000),
    "many tables": "x = {" + ", ".join(f"{n}: df.corr()" for n in range(12_000)) + "}",
    "JSON nested deeply": '{"cells": ' + "[" * 100_000,
    "JSON of lists": '{"cells": [' + "[],[1],{}," * 700_000 + "1]}",
}


@pytest.mark.play
@pytest.mark.parametrize("name", _HOSTILE)
def test_hostile_input_costs_little_and_raises_nothing(name: str) -> None:
    """In a process of its own: its processor time, and its memory at most.

    The kernel hands what `getrusage` tells of memory on from whoever starts a process.
    """
    program = (
        "import re, sys, time\n"
        "from lib.critic import review_text\n"
        "text = sys.stdin.read()\n"
        "begin = time.process_time()\n"
        "review_text(text)\n"
        "seconds = time.process_time() - begin\n"
        "kilobytes = re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1]\n"
        "print(seconds, int(kilobytes) / 1024)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], input=_HOSTILE[name], capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr[-500:]
    seconds, megabytes = map(float, run.stdout.split())
    print(f"{name}: {seconds:.2f} s, {megabytes:.0f} MB")
    assert megabytes < 300


def test_deep_code_is_read_as_far_as_it_goes() -> None:
    for name in ("many nots", "a long chain", "many lambdas", "deep subscripts"):
        text = _HOSTILE[name][:3000] if name == "a long chain" else "x = " + "not " * 80 + "1"
        review = review_text(f"{text}\nsns.heatmap(df.corr(), cmap='vlag')")
        assert [finding.rule for finding in review.findings] == ["no-limits"]


def test_nothing_of_what_is_read_is_run(tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    review = review_text(f"open({str(mark)!r}, 'w')\n__import__('os').abort()\nprint(1 / 0)")
    assert not review.refused
    assert not mark.exists()
    assert read_text("raise SystemExit").cells
