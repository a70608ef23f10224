"""How every test runs: one thread for products of matrices, and the same examples every time.

`--hypothesis-profile=search` tries new examples.
"""

import gc
import os
import tempfile

from hypothesis import settings

# Tests run beside each other: a second thread for small matrices would only wait for a core. It
# is read when numpy is imported, which nothing has done yet.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# Servers that live for a minute have no use for what their learners would ask for later.
os.environ.setdefault("COMPUTE_AHEAD", "0")

# Rooms of classes are kept where nothing of them is left behind, and servers of one worker share.
os.environ["XDG_STATE_HOME"] = tempfile.mkdtemp(prefix="honest-heatmaps-tests-")

settings.register_profile("gate", derandomize=True)
settings.register_profile("search", derandomize=False)
settings.load_profile("gate")


def pytest_collection_finish() -> None:
    """What was imported stays, and is no garbage.

    statsmodels collects garbage at every correction of p, and would look through it each time.
    """
    gc.collect()
    gc.freeze()
