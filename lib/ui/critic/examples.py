"""Code to try the critic with."""

from types import MappingProxyType
from typing import Final

_DISHONEST = """import pandas as pd
import seaborn as sns
import matplotlib.pyplot as plt

houses = pd.read_csv("houses.csv")
r = houses.corr(numeric_only=True)

plt.figure(figsize=(8, 6))
sns.heatmap(r, vmin=0, vmax=1, cmap="RdYlGn", annot=True, fmt=".4f")
plt.title("What goes with the price")
plt.show()
"""

_HONEST = """import pandas as pd
import seaborn as sns
import matplotlib.pyplot as plt

houses = pd.read_csv("houses.csv")
r = houses.corr(numeric_only=True)

sns.heatmap(r, vmin=-1, vmax=1, cmap="RdBu_r", annot=True, fmt=".2f", square=True)
plt.title("What goes with the price")
plt.show()
"""

_NOTEBOOK = """{
 "cells": [
  {"cell_type": "markdown", "source": ["# Which columns go together?"]},
  {"cell_type": "code", "source": [
   "%matplotlib inline\\n",
   "import numpy as np\\n",
   "import pandas as pd\\n",
   "import seaborn as sns\\n",
   "import plotly.express as px\\n",
   "cars = pd.read_csv('cars.csv')"]},
  {"cell_type": "code", "source": [
   "r = cars.corr(method='spearman', numeric_only=True)\\n",
   "mask = np.triu(np.ones_like(r, dtype=bool))\\n",
   "sns.heatmap(r, mask=mask, cmap='coolwarm', center=0)"]},
  {"cell_type": "code", "source": [
   "px.imshow(r, color_continuous_scale='Viridis')"]}
 ],
 "metadata": {"language_info": {"name": "python"}},
 "nbformat": 4, "nbformat_minor": 5
}
"""

EXAMPLES: Final = MappingProxyType(
    {"A dishonest map": _DISHONEST, "An honest one": _HONEST, "A notebook": _NOTEBOOK}
)
