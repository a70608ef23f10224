import socket
import subprocess
import sys
from pathlib import Path

TOOL = Path(__file__).parents[2] / "tools" / "port_is_free.py"


def run(port: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, TOOL, port], capture_output=True, text=True, check=False, timeout=30
    )


def test_a_taken_port_is_one_clear_sentence() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        result = run(port)
    assert result.returncode == 1
    sentence = f"Port {port} is taken: try another one, as in PORT=8600 make run."
    assert result.stderr.strip() == sentence


def test_a_free_port_says_nothing() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    result = run(port)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_what_is_no_port_is_refused() -> None:
    for port in ("eighty", "99999"):
        result = run(port)
        assert result.returncode == 1
        assert "is no port" in result.stderr
