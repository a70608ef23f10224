"""The scripts of the confusion matrices."""

from lessons.scripting import script

MODELS = {
    "naive Bayes": "GaussianNB()",
    "logistic": "make_pipeline(StandardScaler(), LogisticRegression(max_iter=2000))",
}

_DIVIDED = {
    "nothing": "counts",
    "true class": "counts / counts.sum(axis=1, keepdims=True)",
    "predicted class": "counts / counts.sum(axis=0)",
}


def confusing(model: str, divided: str, hide: bool, found: int | None, trusted: int | None) -> str:
    return script(
        """
        import numpy as np
        import pandas as pd
        import seaborn as sns
        from sklearn.linear_model import LogisticRegression
        from sklearn.metrics import confusion_matrix
        from sklearn.model_selection import train_test_split
        from sklearn.naive_bayes import GaussianNB
        from sklearn.pipeline import make_pipeline
        from sklearn.preprocessing import StandardScaler

        digits = pd.read_csv("digits.csv")
        pixels, digit = digits.drop(columns="digit"), digits["digit"]
        seen, unseen, named, truth = train_test_split(
            pixels, digit, test_size=0.3, random_state=42, stratify=digit
        )


        def confusion(model):
            return confusion_matrix(truth, model.fit(seen, named).predict(unseen))


        bayes = GaussianNB()
        logistic = make_pipeline(StandardScaler(), LogisticRegression(max_iter=2000))
        of_bayes, of_logistic = confusion(bayes), confusion(logistic)
        bayes_accuracy = np.trace(of_bayes) / of_bayes.sum()
        logistic_accuracy = np.trace(of_logistic) / of_logistic.sum()

        counts = «counts»  # rows: the true digit; columns: what the model said
        images = int(counts.sum())
        right = np.diag(counts)
        accuracy = right.sum() / images
        recall = right / counts.sum(axis=1)
        precision = right / counts.sum(axis=0)
        least_found, lowest_recall = int(recall.argmin()), recall.min()
        least_trusted, lowest_precision = int(precision.argmin()), precision.min()
        said_least_trusted = int(counts.sum(axis=0)[least_trusted])
        twos_read_as_eight, threes_read_as_eight = int(counts[2, 8]), int(counts[3, 8])
        eights_read_as_one = int(counts[8, 1])

        errors = counts - np.diag(right)
        largest_error, largest_right = int(errors.max()), int(right.max())
        largest_errors = int((errors == errors.max()).sum())
        contrast = largest_error / largest_right

        model_name = "«model»"
        asks_recall = «asks_recall»
        recall_named, precision_named = «found», «trusted»
        print(f"accuracy {accuracy:.3f}; {least_found} is found least, {lowest_recall:.3f}")

        shown = «divided»
        mask = np.eye(10, dtype=bool) if «hide» else None
        sns.heatmap(shown, mask=mask, vmin=0, cmap="viridis", annot=True, fmt="«format»")
        """,
        counts="of_bayes" if model == "naive Bayes" else "of_logistic",
        model=model,
        asks_recall=divided == "true class",
        divided=_DIVIDED[divided],
        hide=hide,
        format="d" if divided == "nothing" else ".2f",
        found=found is not None,
        trusted=trusted is not None,
    )


def screening(weights: str, threshold: int, shares: bool) -> str:
    return script(
        """
        import numpy as np
        import pandas as pd
        import seaborn as sns
        from sklearn.linear_model import LogisticRegression
        from sklearn.metrics import confusion_matrix
        from sklearn.model_selection import StratifiedKFold, cross_val_predict
        from sklearn.pipeline import make_pipeline
        from sklearn.preprocessing import StandardScaler

        tumours = pd.read_csv("breast_cancer.csv")
        is_malignant = (tumours["diagnosis"] == "malignant").to_numpy()
        # A screening: all benign tumours, and nineteen malignant ones at random.
        few = np.random.default_rng(0).choice(np.flatnonzero(is_malignant), 19, replace=False)
        rows = np.r_[np.flatnonzero(~is_malignant), few]
        X = tumours.drop(columns="diagnosis").to_numpy()[rows]
        y = is_malignant[rows]
        folds = StratifiedKFold(5, shuffle=True, random_state=0)


        def chances(class_weight):
            model = make_pipeline(
                StandardScaler(),
                LogisticRegression(C=0.01, max_iter=2000, class_weight=class_weight),
            )
            return cross_val_predict(model, X, y, cv=folds, method="predict_proba")[:, 1]


        equal, balanced = chances(None), chances("balanced")
        women, malignant = len(y), int(y.sum())
        benign = women - malignant
        always_benign = benign / women
        goal = 0.9

        usual_found = int((equal[y] > 0.5).sum())
        usual_accuracy = ((equal > 0.5) == y).mean()
        usual_recall = usual_found / malignant

        threshold = «threshold» / 100
        counts = confusion_matrix(y, «weights» > threshold)
        found, missed, alarms = int(counts[1, 1]), int(counts[1, 0]), int(counts[0, 1])
        accuracy = np.trace(counts) / women
        recall = found / malignant
        print(f"accuracy {accuracy:.3f}, recall {recall:.3f}, {alarms} false alarms")

        shown = «shown»
        names = ["benign", "malignant"]
        sns.heatmap(
            pd.DataFrame(shown, index=names, columns=names),
            vmin=0, cmap="viridis", annot=True, fmt="«format»",
        )
        """,
        weights=weights,
        threshold=threshold,
        shown="counts / counts.sum(axis=1, keepdims=True)" if shares else "counts",
        format=".3f" if shares else "d",
    )
