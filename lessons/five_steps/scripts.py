"""The scripts behind the steps: what a learner can run beside highway.csv to get the same facts.

Each is a function of its step's controls, so that the code on the screen always is the code of the
picture beside it. Every fact of the step is a variable in its script.
"""

from lessons.scripting import listed, script

READ = 'pd.read_csv("highway.csv", index_col=0)'

READINGS = {
    "read_csv(path)": 'pd.read_csv("highway.csv")',
    "index_col=0": READ,
    'drop("Unnamed: 0")': 'pd.read_csv("highway.csv").drop(columns="Unnamed: 0")',
    'index_col="rate"': 'pd.read_csv("highway.csv", index_col="rate")',
    "header=None": 'pd.read_csv("highway.csv", header=None)',
}


def reading(read: str) -> str:
    return script(
        """
        import pandas as pd
        import seaborn as sns

        highway = «reading»
        rows, columns = highway.shape
        numeric = highway.select_dtypes("number")
        numeric_columns = numeric.shape[1]

        lines = pd.read_csv("highway.csv")
        sections, named = len(lines), lines.shape[1] - 1
        row_number_inside = highway.columns[0] in ("Unnamed: 0", 0)
        row_number_r = lines["Unnamed: 0"].corr(lines["adt"])
        lane_r = lines["lane"].corr(lines["adt"])
        lost = sum(name not in highway.columns for name in lines.columns[1:])
        print(rows, columns, numeric_columns, row_number_inside, lost)

        if numeric_columns > 1:
            sns.heatmap(numeric.corr(), vmin=-1, vmax=1, cmap="RdBu_r", annot=True, fmt=".2f")
        """,
        reading=READINGS[read],
    )


def correlating(call: str, columns: tuple[str, ...]) -> str:
    return script(
        """
        import pandas as pd
        import seaborn as sns

        highway = «read»
        chosen = highway[«columns»]

        outcome, message, side = "matrix", "", 0
        try:
            r = chosen.corr(«arguments»)
            side = len(r)
        except ValueError as error:
            outcome, message = "error", str(error)

        cells = side * side
        ordered = side * (side - 1)
        pairs = ordered // 2
        with_diagonal = pairs + side
        print(outcome, message, cells, pairs)

        if outcome == "matrix":
            sns.heatmap(r, vmin=-1, vmax=1, cmap="RdBu_r", annot=True, fmt=".2f")
        """,
        read=READ,
        columns=listed([*columns, "htype"]),
        arguments="numeric_only=True" if "numeric_only" in call else "",
    )


_DUMMIES = {
    "nothing": "",
    "True / False": 'pd.get_dummies(highway["htype"])',
    "1 / 0": 'pd.get_dummies(highway["htype"], dtype=int)',
}


def dummifying(dummies: str, call: str) -> str:
    made = _DUMMIES[dummies]
    return script(
        """
        import numpy as np
        import pandas as pd
        import seaborn as sns

        highway = «read»
        table = «table»

        outcome, message, columns = "matrix", "", 0
        try:
            r = table.«call»
            columns = len(r)
        except ValueError as error:
            outcome, message = "error", str(error)

        rows = len(highway)
        numbers = highway.select_dtypes("number").shape[1]
        kinds = highway["htype"].nunique()
        together = numbers + kinds

        codes = pd.get_dummies(highway["htype"], dtype=float)
        pa, ma = int(codes["PA"].sum()), int(codes["MA"].sum())
        r_pa_ma = codes["PA"].corr(codes["MA"])
        r_by_counts = -np.sqrt(pa * ma / ((rows - pa) * (rows - ma)))
        rank = int(np.linalg.matrix_rank(codes.assign(constant=1.0)))
        print(outcome, message, columns, r_pa_ma, r_by_counts, rank)

        if outcome == "matrix":
            sns.heatmap(r, vmin=-1, vmax=1, cmap="RdBu_r", annot=True, fmt=".2f")
        """,
        read=READ,
        table=f"pd.concat([highway, {made}], axis=1)" if made else "highway",
        call=call,
    )


def masking(k: int, side: str, trim: bool) -> str:
    triangle = "triu" if side == "upper" else "tril"
    offset = k if side == "upper" else -k
    rows, columns = ("1:", ":-1") if side == "upper" else (":-1", "1:")
    return script(
        """
        import numpy as np
        import pandas as pd
        import seaborn as sns

        highway = «read»
        r = highway.corr(numeric_only=True)

        zeros = np.zeros_like(r)                # an array of zeros, shaped like r
        mask = np.zeros_like(r, dtype=bool)     # the same, of booleans: all False
        mask[np.«triangle»_indices_from(mask, k=«offset»)] = True  # True hides

        shown = r«trimmed»
        mask = mask«trimmed_mask»

        rows, columns = shown.shape
        cells = r.size
        pairs = len(r) * (len(r) - 1) // 2
        with_diagonal = pairs + len(r)
        hidden = int(mask.sum())
        visible = int((~mask).sum())
        pair_names = [
            frozenset((row, column))
            for row, hides in zip(shown.index, mask)
            for column, hide in zip(shown.columns, hides)
            if not hide
        ]
        ones = sum(len(names) == 1 for names in pair_names)
        once = sum(pair_names.count(names) == 1 for names in pair_names if len(names) == 2)
        empty_rows = int(mask.all(axis=1).sum())
        empty_columns = int(mask.all(axis=0).sum())
        print(rows, columns, visible, ones, once, empty_rows, empty_columns)

        sns.heatmap(shown, mask=mask, vmin=-1, vmax=1, cmap="RdBu_r", annot=True, fmt=".2f")
        """,
        read=READ,
        triangle=triangle,
        offset=str(offset),
        trimmed=f".iloc[{rows}, {columns}]" if trim else "",
        trimmed_mask=f"[{rows}, {columns}]" if trim else "",
    )


_LIMITS = {"from the data": "", "center=0": ", center=0", "-1 to 1": ", vmin=-1, vmax=1"}


def colouring(limits: str, colours: str, triangle: bool) -> str:
    return script(
        """
        import matplotlib
        import numpy as np
        import pandas as pd
        import seaborn as sns

        highway = «read»
        r = highway.corr(numeric_only=True)
        mask = «mask»
        axes = sns.heatmap(r, mask=mask, cmap="«colours»"«limits»)

        low, high = axes.collections[0].get_clim()
        neutral = «neutral»  # the value painted with the middle of the colours

        # The two ends of the colours as a deuteranope sees them (Machado, Oliveira, Fernandes 2009)
        ends = matplotlib.colormaps["«colours»"]([0.0, 1.0])[:, :3]
        linear = np.where(ends <= 0.04045, ends / 12.92, ((ends + 0.055) / 1.055) ** 2.4)
        deuteranopia = np.array([
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ])
        linear = np.clip(linear @ deuteranopia.T, 0, 1)
        seen = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
        ends_apart = float(np.linalg.norm(seen[0] - seen[1]))
        ends_apart_usually = float(np.linalg.norm(ends[0] - ends[1]))

        # A middle to diverge from: pale, lighter than both ends, with halves that mirror each other
        every = matplotlib.colormaps["«colours»"](np.arange(256))[:, :3]
        linear = np.where(every <= 0.04045, every / 12.92, ((every + 0.055) / 1.055) ** 2.4)
        luminance = linear @ [0.2126, 0.7152, 0.0722]
        light = np.where(luminance > 0.008856, 116 * np.cbrt(luminance) - 16, 903.3 * luminance)
        left, right = light[:128], light[:127:-1]
        diverging = bool(
            max(-np.diff(half).clip(max=0).sum() for half in (left, right)) <= 1
            and light[127:129].mean() - max(left[0], right[0]) >= 20
            and np.abs(left - right).max() <= 25
            and np.ptp(every[128]) <= 0.35
        )
        print(low, high, neutral, ends_apart, ends_apart_usually, diverging)
        """,
        read=READ,
        mask="np.triu(np.ones_like(r, dtype=bool))" if triangle else "None",
        limits=_LIMITS[limits],
        colours=colours,
        neutral="0.0" if limits == "center=0" else "(low + high) / 2",
    )


def ranking(decimals: int) -> str:
    return script(
        """
        import numpy as np
        import pandas as pd
        import seaborn as sns

        highway = «read»
        r = highway.corr(numeric_only=True)
        mask = np.triu(np.ones_like(r, dtype=bool))
        ranked = r.mask(mask).stack().dropna().sort_values()

        names = [f"{column}–{row}" for row, column in ranked.index]
        lowest, second_lowest, *_, second_highest, highest = names
        lowest_r, second_lowest_r, *_, second_highest_r, highest_r = ranked
        trucks_r = r.loc["rate", "trks"]
        print(lowest, lowest_r, second_lowest, second_lowest_r, highest, highest_r)

        sns.heatmap(
            r.iloc[1:, :-1], mask=mask[1:, :-1],
            vmin=-1, vmax=1, cmap="RdBu_r", annot=True, fmt=".«decimals»f",
        )
        """,
        read=READ,
        decimals=str(decimals),
    )


def exporting(data: str, width: int, font: int, colours: str, numbers: bool, tight: bool) -> str:
    source = READ if data == "highway" else 'pd.read_csv("breast_cancer.csv")'
    return script(
        """
        import io

        import numpy as np
        import pandas as pd
        import seaborn as sns
        from matplotlib.figure import Figure
        from matplotlib.image import imread

        r = «source».corr(numeric_only=True)
        mask = np.triu(np.ones_like(r, dtype=bool))
        shown, mask = r.iloc[1:, :-1], mask[1:, :-1]

        figure = Figure(figsize=(«width», «height»), dpi=100)
        axes = figure.subplots()
        sns.heatmap(
            shown, mask=mask, vmin=-1, vmax=1, cmap="«colours»", ax=axes,
            annot=«numbers», fmt=".2f", annot_kws={"fontsize": «font»},
            xticklabels=True, yticklabels=True,
        )
        axes.tick_params(axis="y", rotation=0)
        for text in axes.texts:  # a minus sign, not a hyphen
            text.set_text(text.get_text().replace("-", "−"))

        columns = len(r)
        cell = axes.get_window_extent().width / shown.shape[1]
        number = max((text.get_window_extent().width for text in axes.texts), default=0.0)
        fits = number <= cell

        inside = figure.get_tightbbox()
        tight = «tight»
        width, height = figure.get_size_inches()
        sticks_out = inside.x0 < 0 or inside.y0 < 0 or inside.x1 > width or inside.y1 > height
        cut = bool(sticks_out and not tight)

        figure.savefig("heatmap.png", bbox_inches="tight" if tight else None)
        page_height, page_width = imread("heatmap.png").shape[:2]
        print(columns, cell, number, fits, cut, page_width, page_height)
        """,
        source=source,
        width=str(width),
        height=f"{0.8 * width:g}",
        font=str(font),
        colours=colours,
        numbers=str(numbers),
        tight=str(tight),
    )
