"""Codes that people type, and secrets that only machines know."""

import base64
import hashlib
import hmac
import re
import secrets

SIGNS = "23456789BCDFGHJKMNPQRSTVWXYZ"
"""No sign that is taken for another (0 O 1 I L), and no vowels, so that no words come up."""

_CODE = 6
_TICKET = 6
_SECRET_BYTES = 24
_BETWEEN = re.compile(r"[\s\-‐‑–—_.]+")
_SECRET = re.compile(r"[A-Za-z0-9_-]{32}")


def new_code() -> str:
    """A code of a room: six signs, one of 481,890,304."""
    return "".join(secrets.choice(SIGNS) for _ in range(_CODE))


def read_code(typed: str) -> str:
    """The code that was typed, in any case, with spaces or hyphens; "" where it is none.

    >>> read_code(" k7m-3xq ")
    'K7M3XQ'
    >>> read_code("hello")
    ''
    """
    return read_signs(typed, _CODE)


def ticket_of(kept: str) -> str:
    """The ticket of a room, from what is kept of its key: six signs that say nothing of either."""
    number = int(digest(f"ticket {kept}"), 16)
    return "".join(SIGNS[number // len(SIGNS) ** place % len(SIGNS)] for place in range(_TICKET))


def read_signs(typed: str, count: int) -> str:
    """So many of SIGNS as were typed, in capitals; "" where it is not exactly that."""
    signs = _BETWEEN.sub("", typed[:100]).upper()
    return signs if len(signs) == count and set(signs) <= set(SIGNS) else ""


def new_secret() -> str:
    """192 bits at random, in letters that an address or a header may bear."""
    return secrets.token_urlsafe(_SECRET_BYTES)


def is_secret(text: str) -> bool:
    """Whether a text has the form of a secret: nothing else is looked up."""
    return _SECRET.fullmatch(text) is not None


def device_of(browser: str, code: str) -> str:
    """The device that a browser is in a room: it says nothing of the browser, nor of other rooms.

    >>> device_of("b" * 32, "K7M4QX") == device_of("b" * 32, "K7M4QX")
    True
    >>> is_secret(device_of("b" * 32, "K7M4QX"))
    True
    """
    told = hmac.digest(browser.encode(), code.encode(), "sha256")
    return base64.urlsafe_b64encode(told[:_SECRET_BYTES]).decode()


def digest(secret: str) -> str:
    """What is kept of a secret. It is random and long, so that no slow hash is needed."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


def is_same(secret: str, kept: str) -> bool:
    """Whether this secret was kept so, in a time that says nothing of how near it is."""
    return hmac.compare_digest(digest(secret), kept)
