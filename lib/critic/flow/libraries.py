"""How libraries are called: the names that they go by, and the one path that each thing has."""

import builtins

CONVENTIONS = {
    "pd": "pandas",
    "np": "numpy",
    "sns": "seaborn",
    "plt": "matplotlib.pyplot",
    "mpl": "matplotlib",
    "px": "plotly.express",
    "go": "plotly.graph_objects",
    "ff": "plotly.figure_factory",
    "sm": "statsmodels.api",
}
"""What a name means in a fragment that does not import it."""

_SAME = {
    "matplotlib.pylab": "matplotlib.pyplot",
    "pylab": "matplotlib.pyplot",
    "plotly.graph_objs": "plotly.graph_objects",
    "vizro.plotly.express": "plotly.express",
    "seaborn.matrix": "seaborn",
    "seaborn.apionly": "seaborn",
    "pandas.core.frame": "pandas",
    "statsmodels.tools.tools": "statsmodels.tools",
    "scipy.stats.stats": "scipy.stats",
    "scipy.stats.mstats": "scipy.stats",
    "sklearn.metrics.cluster": "sklearn.metrics",
}


def canonical(path: str) -> str:
    """The one path of something that has several.

    >>> canonical("matplotlib.pylab.imshow")
    'matplotlib.pyplot.imshow'
    """
    head, _, tail = path.rpartition(".")
    if path in _SAME:
        return _SAME[path]
    return f"{_SAME[head]}.{tail}" if head in _SAME else path


def is_builtin(name: str) -> bool:
    return hasattr(builtins, name)
