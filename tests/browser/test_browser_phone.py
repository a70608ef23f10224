"""Outside the lessons. In them, test_browser_playing has a phone in hand."""

import pytest
from browser_phone import PHONE, sideways
from browser_screen import NewScreen
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_home_and_progress_fit_a_phone(new_screen: NewScreen) -> None:
    phone = new_screen(**PHONE)
    phone.open("/")
    expect(phone.part("course-links")).not_to_be_in_viewport()
    expect(phone.part("course-map").get_by_role("link").first).to_be_visible()
    assert not sideways(phone, "home")
    phone.open("/progress")
    assert not sideways(phone, "the progress page")
