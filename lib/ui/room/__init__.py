"""A class: opening a room, joining it, asking, answering, and what the projector shows."""
