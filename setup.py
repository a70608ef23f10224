"""What of this repository installs as a library, and under which names: see pyproject.toml."""

from setuptools import find_packages, setup

SHIPPED = ("stats", "charts", "notebook")
"""The packages of lib that honest_heatmaps has; with them comes all that is in them."""

inside = find_packages("lib", include=[each for name in SHIPPED for each in (name, f"{name}.*")])

setup(
    packages=[
        "honest_heatmaps",
        "honest_heatmaps.datasets",
        *(f"honest_heatmaps.{name}" for name in inside),
    ],
    package_dir={"honest_heatmaps": "lib", "honest_heatmaps.datasets": "datasets"},
    package_data={
        "honest_heatmaps": ["py.typed"],
        "honest_heatmaps.datasets": ["*.csv", "catalogue.toml"],
    },
    include_package_data=False,
)
