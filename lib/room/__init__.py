"""A class: rooms, rounds, answers, and what keeps them."""

from lib.room.model import Answer, Keys, Phase, Remark, Room, RoomError, Round, Standing
from lib.room.store import Store

__all__ = ["Answer", "Keys", "Phase", "Remark", "Room", "RoomError", "Round", "Standing", "Store"]
