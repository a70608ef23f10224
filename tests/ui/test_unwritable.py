"""A server that may write nowhere: what needs no paper is shown."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.play
def test_what_is_not_printed_needs_no_folder() -> None:
    """The export step prints, and says that it cannot; the warm-up goes on without matplotlib."""
    run = subprocess.run(
        [sys.executable, Path(__file__).with_name("nowhere_to_write.py")],
        cwd=ROOT,
        env={
            **os.environ,
            "PYTHONPATH": f"{ROOT}:{Path(__file__).parent}",
            "PYTHONDONTWRITEBYTECODE": "1",
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert run.stdout.splitlines() == ["[] [] []", "1", "True"], run.stderr[-3000:]
    assert "set the MPLCONFIGDIR environment variable to a writable directory" in run.stderr
