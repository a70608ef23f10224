"""Run a script and print its scalar variables as JSON, on the last line."""

import json
import runpy
import sys

import numpy as np


def main(path: str) -> None:
    names = runpy.run_path(path)
    scalars = {
        name: value.item() if isinstance(value, np.generic) else value
        for name, value in names.items()
        if isinstance(value, bool | int | float | str | np.generic) and not name.startswith("__")
    }
    print("\n" + json.dumps(scalars))


if __name__ == "__main__":
    main(sys.argv[1])
