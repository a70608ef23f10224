"""What a caller chooses: refused, with the way out, where it is no choice."""

from collections.abc import Sequence


def check_choice(name: str, value: object, choices: Sequence[object]) -> None:
    """Raise ValueError, with the choices, for a value that is not among them."""
    if value not in choices:
        raise ValueError(f"Unknown {name} {value!r}: choose from {', '.join(map(str, choices))}.")


def check_confidence(confidence: float) -> None:
    """Raise ValueError for a coverage that is not between 0 and 1."""
    if not 0 < confidence < 1:
        raise ValueError(f"confidence is {confidence}: choose a share between 0 and 1, say 0.95.")
