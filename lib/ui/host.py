"""What the host of the app may set: by Streamlit's secrets, or by variables of the environment."""

import os
from typing import Literal
from urllib.parse import quote

import streamlit as st

Setting = Literal["certificate_secret", "database", "embedded_by", "hosts", "questions", "tables"]
_PREFIX = "HONEST_HEATMAPS_"


def setting(name: Setting) -> str:
    """What the host has set; "" for nothing."""
    try:
        found = st.secrets.get(name)
    except (OSError, ValueError):  # No secrets at all, as on most machines, or none to be read
        found = None
    return str(found or os.environ.get(_PREFIX + name.upper(), "")).strip()


def listed(name: Setting) -> tuple[str, ...]:
    """The same for a setting that names several, with spaces between them."""
    return tuple(setting(name).split())


def question_address(title: str, body: str) -> str:
    """Where a question about a page is asked, with its words filled in; "" where nobody answers.

    The host sets `questions` to an address with {title} and {body} in it, such as
    https://github.com/OWNER/NAME/issues/new?title={title}&body={body}.
    """
    template = setting("questions")
    if not template.startswith(("https://", "http://", "mailto:")):
        return ""
    return template.replace("{title}", quote(title, "")).replace("{body}", quote(body, ""))
