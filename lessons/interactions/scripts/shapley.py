"""The script of the step on Shapley interaction values."""

from lessons.interactions.scripts import SPLIT, joined
from lessons.scripting import script


def shapley(depth: int, pair: str, patient: int) -> str:
    first, second = pair.split(" × ")
    return joined(
        """
        from importlib.util import find_spec
        from itertools import combinations
        from math import factorial

        import matplotlib.pyplot as plt
        """,
        SPLIT,
        script(
            """
            from sklearn.ensemble import GradientBoostingClassifier

            names = ["mean radius", "mean texture", "worst area", "worst concave points"]
            table = X_train[names].to_numpy()
            model = GradientBoostingClassifier(n_estimators=50, max_depth=«depth», random_state=42)
            model.fit(table, y_train)
            rows, features = table[:100], len(names)


            def sets(members):
                for size in range(len(members) + 1):
                    yield from (frozenset(chosen) for chosen in combinations(members, size))


            # Mean log-odds when the features of a set are each patient's own, the others anybody's
            v = {}
            for known in sets(range(features)):
                asked = np.repeat(rows[None], len(rows), axis=0)
                asked[:, :, list(known)] = rows[:, None, list(known)]
                scores = model.decision_function(asked.reshape(-1, features))
                v[known] = scores.reshape(len(rows), -1).mean(axis=1)


            def shapley(i):
                value = 0
                for known in sets([k for k in range(features) if k != i]):
                    weight = factorial(len(known)) * factorial(features - len(known) - 1)
                    value = value + weight / factorial(features) * (v[known | {i}] - v[known])
                return value


            def shapley_interaction(i, j):
                value = 0
                for known in sets([k for k in range(features) if k not in (i, j)]):
                    weight = factorial(len(known)) * factorial(features - len(known) - 2)
                    beyond = v[known | {i, j}] - v[known | {i}] - v[known | {j}] + v[known]
                    value = value + weight / (2 * factorial(features - 1)) * beyond
                return value


            values = np.zeros((features, features, len(rows)))
            for i, j in combinations(range(features), 2):
                values[i, j] = values[j, i] = shapley_interaction(i, j)
            for i in range(features):
                values[i, i] = shapley(i) - values[i].sum(axis=0)
            predicted = model.decision_function(rows)
            adds_up = np.allclose(values.sum(axis=(0, 1)), predicted - predicted.mean())

            # The same pair by Friedman: the departure of partial dependence from a sum
            pair, patient = "«pair»", «patient»
            a, b = names.index("«first»"), names.index("«second»")
            departure = v[frozenset({a, b})] - v[frozenset({a})] - v[frozenset({b})]
            departure = departure - departure.mean()
            together = 2 * values[a, b]
            sizes = {
                f"{names[i]} × {names[j]}": np.abs(2 * values[i, j]).mean()
                for i, j in combinations(range(features), 2)
            }
            strongest = max(sizes, key=sizes.get)
            size, strongest_size = sizes[pair], sizes[strongest]
            own_first, own_second = values[a, a, patient], values[b, b, patient]
            more = (np.abs(together) > np.maximum(np.abs(values[a, a]), np.abs(values[b, b]))).sum()
            r = rms = value = 0.0
            if size > 1e-9:
                r, value = np.corrcoef(together, departure)[0, 1], together[patient]
                rms = np.sqrt((departure**2).mean())
            else:
                size = 0.0
            sets, patients = 2**features, len(rows)
            print(strongest, sizes, r)

            # With more features: the library shap, which weights by the trees' own counts
            shap_here = "installed here" if find_spec("shap") else "not installed here"
            if find_spec("shap"):
                import shap

                by_shap = shap.TreeExplainer(model).shap_interaction_values(rows)
                print(2 * by_shap[patient, a, b], together[patient])

            plt.scatter(departure, together)
            plt.xlabel("departure, as in H")
            plt.ylabel("SHAP interaction value")
            """,
            depth=depth,
            pair=pair,
            patient=patient,
            first=first,
            second=second,
        ),
    )
