"""What a model calls what it has never seen, divided by the true class: recall on the diagonal."""

import pandas as pd
import seaborn as sns
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import confusion_matrix
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

digits = pd.read_csv("digits.csv")
pixels, digit = digits.drop(columns="digit"), digits["digit"]
seen, unseen, named, truth = train_test_split(
    pixels, digit, test_size=0.3, random_state=42, stratify=digit
)
model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=2000)).fit(seen, named)

shares = confusion_matrix(truth, model.predict(unseen), normalize="true")
axes = sns.heatmap(shares, vmin=0, vmax=1, cmap="viridis", annot=True, fmt=".2f")
axes.set(xlabel="what the model said", ylabel="what it is", title="Divided by rows: recall")
