"""An address as a QR code: dark on light in both themes, for cameras read nothing else surely."""

from functools import lru_cache

import segno
import streamlit as st


@lru_cache(maxsize=64)
def qr_svg(address: str) -> str:
    """The code as SVG, with the quiet zone of four modules that the standard asks for."""
    code = segno.make(address, error="m", micro=False)
    return code.svg_inline(scale=8, border=4, dark="#000", light="#fff", omitsize=True)


def show_qr(address: str, alt: str, width: int | str = "stretch") -> None:
    st.image(qr_svg(address), alt=alt, width=width)  # type: ignore[arg-type]
