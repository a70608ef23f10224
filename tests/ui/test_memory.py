"""Memory that was freed goes back to the system."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

_HOLES = """
from pathlib import Path
from lib.ui.memory import give_memory_back

def resident():
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6

blocks = [bytearray(60_000) for _ in range(4000)]
del blocks[:-1]
before = resident()
give_memory_back()
print(before - resident())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc holds what is freed")
def test_what_lies_free_below_something_kept_is_given_back():
    script = [sys.executable, "-c", _HOLES]
    said = subprocess.run(script, capture_output=True, text=True, check=True, cwd=ROOT)
    assert float(said.stdout) > 150  # of 240 MB


_WORK = """
import gc
from lib.ui.memory import collect_seldom, keep_for_good

def full_collections():
    return gc.get_stats()[2]["collections"]

def work():
    before = full_collections()
    kept = [[number] for number in range(200_000)]
    return full_collections() - before

usual = work()
kept = [[number] for number in range(1000)]
collect_seldom()
keep_for_good()
print(usual, work(), gc.get_freeze_count() > 1000)
"""


def test_what_is_there_for_good_is_left_alone_and_the_rest_walked_through_seldom():
    said = subprocess.run(
        [sys.executable, "-c", _WORK], capture_output=True, text=True, check=True, cwd=ROOT
    )
    usual, seldom, is_frozen = said.stdout.split()
    assert int(seldom) < int(usual)
    assert is_frozen == "True"


def test_a_system_without_such_calls_is_left_alone(monkeypatch):
    from lib.ui import memory

    monkeypatch.setattr(memory.ctypes, "CDLL", lambda _name: object())
    memory.keep_memory_together()
    memory.give_memory_back()


_CIRCLES = """
import weakref
from time import sleep
from lib.ui import memory

class Table:
    pass

memory._OFTEN = 0.05
for _ in range(2):
    table = Table()
    table.itself = table
    gone = weakref.ref(table)
    memory.give_back_after(table)
    sleep(0.2)
    assert gone() is table
    del table
    for _ in range(200):
        if gone() is None and not memory._is_clearing:
            break
        sleep(0.1)
    assert gone() is None
    assert not memory._is_clearing
"""


def test_what_only_holds_itself_is_freed_once_nobody_else_does():
    subprocess.run([sys.executable, "-c", _CIRCLES], check=True, cwd=ROOT)


_ARRAYS = """
import sys
from pathlib import Path
from lib.ui.memory import keep_memory_together

def resident():
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6

if sys.argv[1] == "together":
    keep_memory_together()
# Glibc takes the largest array that was freed for the measure of what is large.
large = bytearray(30_000_000)
del large
arrays, small = [], []
for _ in range(100):
    arrays.append(bytearray(1_000_000))
    small.append(bytearray(2_000))
before = resident()
del arrays
print(before - resident())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc holds what is freed")
@pytest.mark.parametrize(("how", "least", "most"), [("together", 90, 110), ("as usual", -1, 80)])
def test_the_room_of_arrays_is_given_back_at_once(how: str, least: float, most: float):
    said = subprocess.run(
        [sys.executable, "-c", _ARRAYS, how], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert least < float(said.stdout) < most
