"""Numbers so large or so small that floating point has no variance for them."""

import numpy as np
import pandas as pd


def without_variance(values: pd.DataFrame) -> list[str]:
    """The columns that vary, and whose variance is nevertheless 0 or infinite.

    >>> without_variance(pd.DataFrame({"a": [1e300, -1e300], "b": [0.0, 1e-200], "c": [1.0, 2.0]}))
    ['a', 'b']
    """
    with np.errstate(all="ignore"):
        variance = values.var()
    is_none = ~np.isfinite(variance) | (variance == 0)
    varies = values.max() > values.min()
    return [str(name) for name in values.columns[(is_none & varies).to_numpy()]]
