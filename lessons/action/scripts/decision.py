"""The script of the step in which a learner decides."""

from lessons.action.scripts import HIGHWAY
from lessons.action.scripts.selecting import CROSS_VALIDATION, IMPORTS, MODELS
from lessons.scripting import listed, script


def deciding(purpose: str | None, columns: tuple[str, ...], method: str, reason_fits: bool) -> str:
    return script(
        """
        import seaborn as sns
        «imports»

        highway = «highway»
        rate = highway["rate"].to_numpy()
        table = highway.drop(columns=["rate", "htype"]).astype(float)
        predictors = list(table)
        chosen = «columns»
        group = [chosen.index(name) for name in ("adt", "lane", "itg") if name in chosen]
        «cross_validation»

        plain = LinearRegression()
        model = «model»
        combines = «combines» and len(group) > 1

        design = StandardScaler().fit_transform(table[chosen])
        if combines:
            inside = np.isin(np.arange(len(chosen)), group)
            component = PCA(n_components=1).fit_transform(design[:, inside])
            design = np.column_stack([component, design[:, ~inside]])
        max_vif = max(np.diag(np.linalg.inv(np.atleast_2d(np.corrcoef(design, rowvar=False)))))

        offered, kept, goal, limit = len(predictors), len(chosen), 1.35, 5
        rmse = cv_rmse(model, chosen)
        rmse_plain = cv_rmse(plain, predictors)
        rmse_ridge = cv_rmse(
            make_pipeline(StandardScaler(), RidgeCV(alphas=np.logspace(-2, 3, 30))), predictors
        )
        rmse_without_adt = cv_rmse(plain, [name for name in predictors if name != "adt"])
        rmse_mean = cv_rmse(DummyRegressor(), predictors)
        everything = np.corrcoef(table, rowvar=False)
        adt_vif = np.linalg.inv(everything)[predictors.index("adt"), predictors.index("adt")]
        lost = rmse - rmse_ridge
        best = min(
            [(rmse_ridge, "ridge"), (rmse_without_adt, "without adt"), (rmse_plain, "plain")]
        )[1]

        wants = "«wants»"
        is_readable = «is_readable»
        reason_fits = «reason_fits»
        if wants == "predict":
            serves = bool(rmse < goal)
        elif wants == "explain":
            serves = bool(is_readable and max_vif < limit and rmse <= rmse_plain)
        else:
            serves = False
        print(max_vif, rmse, rmse_plain, rmse_ridge, serves)

        sns.heatmap(table[chosen].corr(), vmin=-1, vmax=1, cmap="RdBu_r", annot=True, fmt=".2f")
        """,
        imports=IMPORTS.strip(),
        highway=HIGHWAY,
        columns=listed(columns),
        cross_validation=CROSS_VALIDATION.strip(),
        model=MODELS[method],
        combines=method.startswith("combine"),
        is_readable=method in ("least squares", "combine adt, lane, itg"),
        wants=purpose or "",
        reason_fits=reason_fits,
    )
