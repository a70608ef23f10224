"""A class: rooms, rounds, answers, and what keeps them."""

from .model import Answer, Keys, Phase, Remark, Room, RoomError, Round, Standing
from .store import Store

__all__ = ["Answer", "Keys", "Phase", "Remark", "Room", "RoomError", "Round", "Standing", "Store"]
