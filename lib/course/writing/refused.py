"""What may not be done, as a sentence for the learner."""


class Refused(Exception):  # noqa: N818 (it is said to people, who made no error)
    """Raised with the whole sentence; `line` is where, once it is known."""

    def __init__(self, sentence: str, line: int | None = None) -> None:
        super().__init__(sentence)
        self.line = line


def as_code(text: object) -> str:
    """A name as code in Markdown, whatever stands in it.

    >>> as_code("a`b")
    "`a'b`"
    """
    shown = " ".join(str(text).split()).replace("`", "'")
    return f"`{shown[:157]} …`" if len(shown) > 160 else f"`{shown}`"
