"""A phone held upright."""

from browser_screen import Screen

PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 1,
    "is_mobile": True,
    "has_touch": True,
}


def sideways(screen: Screen, where: str) -> list[str]:
    """What is wider than the screen: the page, or Streamlit's own scrolling area."""
    wide: list[str] = screen.page.evaluate(
        """() => [document.scrollingElement, document.querySelector("[data-testid=stMain]")]
            .filter(area => area.scrollWidth > area.clientWidth)
            .map(area => `${area.scrollWidth} in ${area.clientWidth}`)"""
    )
    return [f"{where} scrolls sideways: {width}" for width in wide]
