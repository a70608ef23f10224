"""What keeps rooms: one protocol for whatever database stands behind it."""

from collections.abc import Sequence
from typing import Protocol

from .model import Answer, Keys, Phase, Remark, Room, Round, Standing


class Store(Protocol):
    """Rooms, kept so that whatever was recorded survives the server.

    Times are seconds since 1970 (UTC) and are passed in. Whoever may not do something, or does it
    in the wrong moment, gets a RoomError with one sentence.
    """

    def open_room(self, *, now: float, hours: float = ...) -> Keys:
        """Open a room with a fresh code and key; clears away what ended long ago."""
        ...

    def room(self, code: str, *, now: float) -> Room | None:
        """The room of this code; None where there is none."""
        ...

    def is_instructor(self, code: str, key: str) -> bool: ...

    def join(self, code: str, nickname: str, *, browser: str = "", now: float) -> str:
        """Let a device in; returns the token by which it is known from now on.

        The same secret of a `browser` is the same device, however often it joins; without one it is
        another each time.
        """
        ...

    def nickname(self, code: str, device: str) -> str | None:
        """How a device that has joined is called ("" for no name); None for a stranger."""
        ...

    def answer(
        self, code: str, device: str, *, round: int, vote: int, said: str, now: float
    ) -> None:
        """Record an answer; a second one in the same vote takes the place of the first.

        Only while exactly that vote is open. `lib.room.answering` checks `said` before.
        """
        ...

    def said(self, code: str, device: str, *, round: int) -> dict[int, str]:
        """What a device has said in a round, by vote."""
        ...

    def answers(self, code: str, *, round: int) -> Sequence[Answer]:
        """All answers of a round."""
        ...

    def rounds(self, code: str) -> Sequence[Round]:
        """All that was asked, in order, the present round last."""
        ...

    def ask(self, code: str, key: str, asked: str, *, seen: Round | None, now: float) -> None:
        """Begin a round; one that was under way is over.

        Whoever moves a room says what round was `seen` when that was decided, None for none. Where
        another question or another vote is under way by now, nothing is done: a room may have two
        desks, and neither undoes what it has not seen.
        """
        ...

    def turn(self, code: str, key: str, phase: Phase, *, seen: Round | None, now: float) -> None:
        """Move the round that was seen on; from the first vote back to OPEN is `vote_again`."""
        ...

    def vote_again(self, code: str, key: str, *, seen: Round | None, now: float) -> None:
        """Open the second vote of the round that was seen."""
        ...

    def lock(self, code: str, key: str, *, locked: bool, now: float) -> None: ...

    def take_out(self, code: str, key: str, *, now: float) -> int:
        """Take out the devices that have neither answered nor asked anything; how many they were.

        They may join again, where the door is not locked.
        """
        ...

    def end(self, code: str, key: str, *, now: float) -> None: ...

    def remark(self, code: str, device: str, text: str, *, now: float) -> None:
        """Put a free question to the instructor."""
        ...

    def remarks(self, code: str) -> Sequence[Remark]: ...

    def settle(
        self,
        code: str,
        key: str,
        number: int,
        standing: Standing,
        *,
        seen: Standing,
        now: float,
    ) -> None:
        """Let a free question through, or dismiss it; `seen` is how it stood when that was decided.

        Where it stands otherwise by now, nothing is done.
        """
        ...

    def dismiss_all(self, code: str, key: str, first: int, *, now: float) -> None:
        """Dismiss all that wait of the device whose first free question has this number."""
        ...

    def shorten(self, address: str, *, now: float) -> str:
        """A short name for an address of the app (path and query), the same for the same one."""
        ...

    def address(self, short: str) -> str | None:
        """What was shortened; None where nothing is kept under this name."""
        ...
