"""docs/host.md names what can be set, as the app reads it, and the numbers of the code."""

import re
import tomllib
from pathlib import Path
from typing import get_args

import pytest
from streamlit import config

from lib.room import connection, database, throttle
from lib.ui import ahead, limits
from lib.ui.host import Setting

ROOT = Path(__file__).parents[2]
DOCS = (ROOT / "docs" / "host.md").read_text(encoding="utf-8")
DEPLOY = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "deploy").iterdir()}
SERVER = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["server"]
SETTINGS = set(get_args(Setting))
PREFIX = "HONEST_HEATMAPS_"


def test_every_setting_is_documented_and_no_other() -> None:
    rows = re.findall(r"^\| `(\w+)` \| `(\w+)` \|", DOCS, re.MULTILINE)
    assert {secret for secret, _ in rows} == SETTINGS
    assert all(variable == PREFIX + secret.upper() for secret, variable in rows)


def test_every_variable_that_the_app_reads_is_documented() -> None:
    documented = set(re.findall(r"^\| `([A-Z_]+)` \|", DOCS, re.MULTILINE))
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "lib").rglob("*.py")]
    read = {
        name
        for source in sources
        for name in re.findall(r'environ(?:\.\w+\(|\[)\s*"([A-Z_]+)"', source)
    }
    assert "OMP_NUM_THREADS" in read
    assert read | {ahead._SWITCH} <= documented


@pytest.mark.parametrize("name", DEPLOY)
def test_what_is_deployed_sets_what_there_is(name: str) -> None:
    assert {each.lower() for each in re.findall(PREFIX + r"(\w+)", DEPLOY[name])} <= SETTINGS


def test_its_links_lead_somewhere() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", DOCS)
    assert links
    assert all((ROOT / "docs" / link).exists() for link in links)


@pytest.mark.parametrize(
    "sentence",
    [
        f"at most {limits.A_SECOND} messages a second from a connection, after {limits.AT_ONCE} at",
        f"more than {limits.MOST_WIDGETS:,} widgets",
        f"last {limits.FILES} files of a session",
        f"more than {config.get_option('server.maxWidgetStateSize')} MB",
        f"files of {SERVER['maxUploadSize']} MB",
    ],
)
def test_its_numbers_are_those_of_the_code(sentence: str) -> None:
    assert sentence in " ".join(DOCS.split())


def test_two_minutes_are_those_of_the_configuration() -> None:
    assert SERVER["disconnectedSessionTTL"] == 120


def test_the_proxy_lets_the_largest_upload_through() -> None:
    """A form is a little larger than the file in it."""
    limit = re.search(r"client_max_body_size (\d+)m", DEPLOY["nginx.conf"])
    assert limit is not None
    assert int(limit[1]) > SERVER["maxUploadSize"]


def test_the_limits_of_a_class_are_those_of_the_code() -> None:
    words = " ".join(DOCS.split())
    assert f"an address has {throttle.WRONG_A_MINUTE} of them a minute" in words
    assert f"all together {throttle.WRONG_ON_SERVER:,};" in words
    assert (
        f"come {throttle.JOINS_AT_ONCE} at once and then {throttle.JOINS_A_MINUTE} a minute, "
        f"{database.DEVICES:,} in all" in words
    )
    assert f"A session opens {throttle.ROOMS_AT_ONCE} rooms at once" in words
    assert f"an address {throttle.ROOMS_OF_ADDRESS_AT_ONCE} and then one a minute" in words
    assert throttle.ROOMS_A_MINUTE == throttle.ROOMS_OF_ADDRESS_A_MINUTE == 1
    assert f"{database.OPEN_ROOMS} are open at a time" in words
    assert f"told after {connection._WAITS} seconds" in words
