"""Whether a server shows its pages, for whoever watches it: `python -m tools.probe ADDRESS`.

Says nothing and returns 0 where a step with a figure is shown; else says why not and returns 1.
/_stcore/health says only that the server listens: it does so while every page fails.
"""

import asyncio
import sys

from benchmarks.visitor import Visitor

PAGE, QUERY = "five_steps", "step=colour&said=skip"
PATIENCE = 20.0
"""Seconds."""


async def _look(address: str) -> None:
    async with asyncio.timeout(PATIENCE), Visitor(address) as visitor:
        await visitor.open(PAGE, QUERY)


def main(address: str) -> int:
    try:
        asyncio.run(_look(address))
    except TimeoutError:
        print(f"{address} shows no page within {PATIENCE:.0f} seconds.")
    except Exception as error:  # Whatever keeps a page from being shown
        print(f"{address} shows no page: {error}")
    else:
        return 0
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
