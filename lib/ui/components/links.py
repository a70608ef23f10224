"""What components that draw links have in common."""

from pathlib import Path

LINKS = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
"""JavaScript to stand before that of a component."""
