"""Five ways to read one file, and the heatmap that each of them leads to."""

import pandas as pd
import seaborn as sns

read = "read_csv(path)"

path = "highway.csv"
match read:
    case "read_csv(path)":
        highway = pd.read_csv(path)
    case "index_col=0":
        highway = pd.read_csv(path, index_col=0)
    case 'drop("Unnamed: 0")':
        highway = pd.read_csv(path).drop(columns="Unnamed: 0")
    case 'index_col="rate"':
        highway = pd.read_csv(path, index_col="rate")
    case "header=None":
        highway = pd.read_csv(path, header=None)

numeric = highway.select_dtypes("number")
sns.heatmap(numeric.corr(), vmin=-1, vmax=1, cmap="RdBu_r", annot=True, fmt=".2f")

# The numbers that the step names
reason = None
rows, columns = highway.shape
numeric_columns = numeric.shape[1]
lines = pd.read_csv(path)
sections, named = len(lines), lines.shape[1] - 1
row_number_inside = highway.columns[0] in ("Unnamed: 0", 0)
row_number_r = lines["Unnamed: 0"].corr(lines["adt"])
lane_r = lines["lane"].corr(lines["adt"])
lost = sum(name not in highway.columns for name in lines.columns[1:])
first_traffic, last_traffic = lines["adt"].head(10).mean(), lines["adt"].tail(10).mean()
