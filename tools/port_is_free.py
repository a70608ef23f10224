"""Exit with one clear sentence if a port is taken."""

import socket
import sys


def main(port: str) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(port)))
        except OSError:
            sys.exit(f"Port {port} is taken: try another one, as in PORT=8600 make run.")
        except (ValueError, OverflowError):
            sys.exit(f"{port!r} is no port: try a number, as in PORT=8600 make run.")


if __name__ == "__main__":
    main(sys.argv[1])
