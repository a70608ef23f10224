"""Runs lesson scripts, each in a process of its own that has the slow imports behind it.

Reads one folder a line; runs its script.py there in a fork, with what it prints in output.txt,
and answers with the exit code. The script's scalar variables end up in scalars.json.
"""

import json
import os
import runpy
import sys
import traceback
from importlib import import_module
from pathlib import Path

import numpy as np

SLOW = (
    "matplotlib.pyplot",
    "pandas",
    "scipy.stats",
    "seaborn",
    "sklearn.compose",
    "sklearn.decomposition",
    "sklearn.ensemble",
    "sklearn.feature_selection",
    "sklearn.inspection",
    "sklearn.linear_model",
    "sklearn.model_selection",
    "sklearn.pipeline",
    "sklearn.preprocessing",
    "statsmodels.api",
    "statsmodels.stats.multitest",
    "statsmodels.tsa.ar_model",
)


def main() -> None:
    for name in SLOW:  # the script still has to import what it uses: only the loading is done
        import_module(name)
    for line in sys.stdin:
        child = os.fork()
        if not child:
            os._exit(_run(Path(line.rstrip("\n"))))
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _run(folder: Path) -> int:
    os.chdir(folder)
    os.environ["HOME"] = str(folder)
    output = os.open("output.txt", os.O_WRONLY | os.O_CREAT)
    os.dup2(output, sys.stdout.fileno())
    os.dup2(output, sys.stderr.fileno())
    try:
        names = runpy.run_path("script.py")
        Path("scalars.json").write_text(json.dumps(_scalars(names)), encoding="utf-8")
    except BaseException:
        traceback.print_exc()
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return 0


def _scalars(names: dict[str, object]) -> dict[str, object]:
    return {
        name: value.item() if isinstance(value, np.generic) else value
        for name, value in names.items()
        if isinstance(value, bool | int | float | str | np.generic) and not name.startswith("__")
    }


if __name__ == "__main__":
    main()
