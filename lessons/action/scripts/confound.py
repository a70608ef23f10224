"""A pair overall and within its kinds."""

import pandas as pd
import seaborn as sns

pair = "rate – adt"
grouped = False

highway = pd.read_csv("highway.csv", index_col=0)
iris = pd.read_csv("iris.csv")
pairs = {
    "rate – adt": (highway, "adt", "rate", "htype"),
    "rate – acpt": (highway, "acpt", "rate", "htype"),
    "rate – slim": (highway, "slim", "rate", "htype"),
    "rate – lane": (highway, "lane", "rate", "htype"),
    "iris sepal": (iris, "sepal length (cm)", "sepal width (cm)", "species"),
    "iris petal": (iris, "petal length (cm)", "petal width (cm)", "species"),
    "iris sepal – petal": (iris, "petal length (cm)", "sepal width (cm)", "species"),
}


def within(table, x, y, kind):  # the kinds' means taken out of both
    means = table.groupby(kind)[[x, y]].transform("mean")
    return (table[x] - means[x]).corr(table[y] - means[y])


table, x, y, kind = pairs[pair]
overall_r = table[x].corr(table[y])
within_r = within(table, x, y, kind)
print(overall_r, within_r)
sns.scatterplot(table, x=x, y=y, hue=kind if grouped else None)

# The numbers that the step names
least = 0.1
change = within_r - overall_r
roads, flowers = pairs["rate – adt"], pairs["iris sepal"]
adt_r = highway["adt"].corr(highway["rate"])
adt_within = within(*roads)
sepal_r = iris["sepal length (cm)"].corr(iris["sepal width (cm)"])
sepal_within = within(*flowers)
fai_r, ma_r, pa_r = (
    section["adt"].corr(section["rate"])
    for section in (highway[highway["htype"] == name] for name in ("FAI", "MA", "PA"))
)
setosa_r, versicolor_r, virginica_r = (
    flower["sepal length (cm)"].corr(flower["sepal width (cm)"])
    for _, flower in iris.groupby("species")
)
