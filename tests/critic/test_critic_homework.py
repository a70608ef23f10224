"""The code of a class: archives from anywhere in, a table and a page each out."""

import csv
import struct
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from lib.critic import (
    ArchiveError,
    handout,
    homework,
    listing_of,
    review_text,
    table_csv,
    unpacked,
)
from lib.critic.__main__ import main
from lib.critic.homework import MOST_FILES
from lib.critic.reading import MOST_BYTES

_FAULTY = "r = df.corr()\nsns.heatmap(r, vmin=0, vmax=1)\npx.imshow(r)\n"


def zipped(files: dict[str, bytes]) -> bytes:
    archive = BytesIO()
    with ZipFile(archive, "w", ZIP_DEFLATED) as opened:
        for name, content in files.items():
            opened.writestr(name, content)
    return archive.getvalue()


def test_of_an_archive_the_code_is_read_and_nothing_else() -> None:
    files = {
        "b/two.ipynb": b"{}",
        "a/one.py": b"x = 1",
        "a/table.csv": b"1",
        "__MACOSX/a/one.py": b"0",
        "a/.ipynb_checkpoints/one.ipynb": b"0",
        "a/.hidden.py": b"0",
    }
    assert unpacked(zipped(files)) == [("a/one.py", b"x = 1"), ("b/two.ipynb", b"{}")]


def locked() -> bytes:
    """An archive whose table of contents says that its file is encrypted."""
    archive = bytearray(zipped({"a.py": b"x"}))
    archive[archive.index(b"PK\x01\x02") + 8] |= 1
    return bytes(archive)


@pytest.mark.parametrize(
    ("archive", "why"),
    [
        (b"no archive", "It is no zip file"),
        (zipped({"a.py": b"x" * 500})[:60], "It is no zip file"),
        (locked(), "locked by a password"),
        (zipped({"a.txt": b"x"}), "holds no .py and no .ipynb"),
        (zipped({f"{n}.py": b"" for n in range(MOST_FILES + 1)}), "It holds 201 files"),
        (b"PK\x01\x02" * 5001, "more than 5,000 entries"),
        (zipped({"bomb.py": b"0" * (MOST_BYTES + 1)}), "bomb.py has 8,000,001 bytes"),
    ],
    ids=["no zip", "cut", "locked", "nothing", "many", "entries", "bomb"],
)
def test_an_archive_that_asks_too_much_is_refused(archive: bytes, why: str) -> None:
    with pytest.raises(ArchiveError, match=why):
        unpacked(archive)


def test_an_archive_of_which_the_whole_is_too_large_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(homework, "MOST_UNPACKED", 9)
    assert len(unpacked(zipped({"a.py": b"0" * 5, "b.py": b"0" * 4}))) == 2
    with pytest.raises(ArchiveError, match="It unpacks to 10 bytes"):
        unpacked(zipped({"a.py": b"0" * 5, "b.py": b"0" * 5}))


def test_an_archive_that_lies_about_its_size_is_refused() -> None:
    archive = bytearray(zipped({"bomb.py": b"0" * 1_000_000}))
    place = archive.index(b"PK\x01\x02") + 24
    assert struct.unpack_from("<I", archive, place) == (1_000_000,)
    struct.pack_into("<I", archive, place, 10)
    with pytest.raises(ArchiveError, match="damaged"):
        unpacked(bytes(archive))


def test_the_table_counts_and_starts_no_formula() -> None:
    reviews = [
        review_text(_FAULTY, "=cmd.py"),
        review_text("x = 1", "bo.py"),
        review_text("x = (", "cy.py"),
    ]
    text = table_csv([listing_of(review) for review in reviews]).decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(text)))
    assert [(row["file"], row["belief"], row["times"], row["questions"]) for row in rows] == [
        ("'=cmd.py", "correlation_has_one_end", "1", "0"),
        ("'=cmd.py", "any_colours_will_do", "2", "0"),
        ("'=cmd.py", "pale_means_zero", "1", "0"),
        ("bo.py", "", "0", "0"),
        ("cy.py", "", "0", "0"),
    ]
    assert rows[1]["where"] == "line 2; line 3"
    assert rows[4]["what"].startswith("Not read. ")


def test_of_very_many_findings_the_worst_are_shown_and_all_are_counted() -> None:
    asks = "sns.heatmap(df.corr(), center=0, cmap='RdBu_r')\n" * 30
    listing = listing_of(review_text(asks + "sns.heatmap(df.corr(), vmin=0, vmax=1)\n" * 45))
    assert (listing.to_mend, listing.to_ask) == (90, 30)
    assert (len(listing.notes), listing.more) == (100, 20)
    assert len(listing.faults) == 90
    assert "20 more findings are not shown" in handout(listing)


def test_a_page_holds_every_line_once_and_works_no_marks() -> None:
    evil = "</code><script>alert(1)</script>"
    code = f"# {evil}\n{_FAULTY}"
    page = handout(listing_of(review_text(code, f"{evil}.py")))
    assert "<script" not in page
    assert page.count("<li") == len(code.splitlines())
    assert page.count("<article>") == 4
    assert "sns.heatmap(r, vmin=-1, vmax=1)" in page


def test_the_command_line_writes_the_table_and_a_page_each(tmp_path: Path) -> None:
    handed = tmp_path / "homework"
    handed.mkdir()
    (handed / "ada.py").write_text(_FAULTY, encoding="utf-8")
    (handed / "bo.py").write_text("x = 1", encoding="utf-8")
    told = tmp_path / "told"
    assert main([str(handed), "--class", str(told)]) == 1
    assert sorted(file.name for file in told.iterdir()) == [
        "001_ada.html",
        "002_bo.html",
        "class.csv",
    ]
    assert "correlation_has_one_end" in (told / "class.csv").read_text(encoding="utf-8-sig")
