"""What the tests of instruments share."""

from unittest.mock import Mock

import pytest
import seaborn as sns


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leaves out what seaborn draws in a script: it computes no fact, and takes half a second."""
    monkeypatch.setattr(sns, "heatmap", Mock())
    monkeypatch.setattr(sns, "clustermap", Mock())
