"""How long a short address works, as it is said beside it."""

from lib.room.addresses import KEPT
from lib.room.database import Database


def test_what_is_kept_on_a_disk_works_until_that_is_emptied(store: Database) -> None:
    assert store.lasting == (
        "The short address works until the database of this host is emptied, or until "
        f"{KEPT:,} others have been used since."
    )


def test_what_is_kept_on_a_disk_is_there_for_the_next_server(address: str) -> None:
    first = Database(address)
    short = first.shorten("/methods?step=one_row", now=1.0)
    first.close()
    second = Database(address)
    assert second.address(short) == "/methods?step=one_row"
    second.close()


def test_what_is_kept_in_memory_works_until_the_app_starts_again() -> None:
    first, second = Database("sqlite://"), Database("sqlite://")
    short = first.shorten("/methods?step=one_row", now=1.0)
    assert "until the app starts again" in first.lasting
    assert first.address(short) is not None
    assert second.address(short) is None
    first.close()
    second.close()
