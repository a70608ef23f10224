"""The stage: a lesson in front of a room, and the window of whoever speaks."""
