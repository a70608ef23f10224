"""Slow imports, done in the background while the first page is being read."""

import gc
import importlib
from threading import Thread

import streamlit as st

SLOW = (
    "plotly.graph_objects",
    "scipy.stats",
    "matplotlib.figure",
    "seaborn",
    "sklearn.ensemble",
    "sklearn.linear_model",
    "sklearn.model_selection",
)


@st.cache_resource(show_spinner=False)
def warm_up() -> Thread:
    """Import what the figures will need; once in the life of the server."""
    thread = Thread(target=_import_all, name="warm-up", daemon=True)
    thread.start()
    return thread


def _import_all() -> None:
    for module in SLOW:
        importlib.import_module(module)
    # What was just imported stays for good: the collector need not walk it again.
    gc.freeze()
