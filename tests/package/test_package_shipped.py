"""What installs as honest_heatmaps: whole, and without what is not shipped."""

import ast
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path

import pytest

import lib
from datasets import catalogue

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
MODULES = {"scikit-learn": "sklearn"}


EXTRAS = {
    name.partition("[")[0] for group in PROJECT["optional-dependencies"].values() for name in group
}


def shipped_packages() -> tuple[str, ...]:
    tree = ast.parse((ROOT / "setup.py").read_text(encoding="utf-8"))
    (names,) = (
        ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "SHIPPED"
    )
    return tuple(names)


SHIPPED = shipped_packages()
SOURCES = {
    f"honest_heatmaps/{file.relative_to(folder).as_posix()}": file
    for folder, inside in [(ROOT / "lib", SHIPPED), (ROOT, ("datasets",))]
    for name in inside
    for file in sorted((folder / name).rglob("*.py"))
} | {"honest_heatmaps/__init__.py": ROOT / "lib" / "__init__.py"}


def imported(target: str, file: Path) -> Iterator[str]:
    """The modules that a file imports, by their names in the library."""
    package = target.removesuffix(".py").split("/")[:-1]
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*above, *filter(None, [node.module])])
            yield module
            if node.level and node.module is None:
                yield from (f"{module}.{alias.name}" for alias in node.names)


def test_what_is_shipped_imports_only_what_is_shipped_or_declared() -> None:
    declared = {name.partition(">=")[0] for name in PROJECT["dependencies"]} | EXTRAS
    others = {MODULES.get(name, name) for name in declared} | set(sys.stdlib_module_names)
    inside = {f"honest_heatmaps.{name}" for name in (*SHIPPED, "datasets")}
    wrong = [
        f"{target} imports {module}"
        for target, file in SOURCES.items()
        for module in imported(target, file)
        if module.partition(".")[0] not in others
        and module != "honest_heatmaps"
        and ".".join(module.split(".")[:2]) not in inside
    ]
    assert len(SOURCES) > 100
    assert wrong == []


def test_extras_are_imported_where_they_are_used_alone() -> None:
    """Whoever has none of them imports every module."""
    bodies = (ast.parse(file.read_text(encoding="utf-8")).body for file in SOURCES.values())
    first = [
        node for body in bodies for node in body if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    named = {
        name.partition(".")[0]
        for node in first
        for name in (
            [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else [a.name for a in node.names]
        )
    }
    assert "numpy" in named
    assert not named & EXTRAS


def test_the_requirements_are_those_of_the_app_without_streamlit() -> None:
    pinned = dict(
        line.split(";")[0].strip().split("==")
        for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    )
    for requirement in PROJECT["dependencies"]:
        name, least = requirement.split(">=")
        assert pinned[name].startswith(least), f"{name} is tested at {pinned[name]}"
    assert "streamlit" not in str(PROJECT).lower()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    pytest.importorskip("setuptools", "77", reason="the licence is declared as PEP 639 says")
    place = tmp_path_factory.mktemp("wheel")
    for name in ("pyproject.toml", "setup.py", "MANIFEST.in", "LICENSE", "docs/library.md"):
        (place / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, place / name)
    for name in ("lib", "datasets"):
        shutil.copytree(ROOT / name, place / name, ignore=shutil.ignore_patterns("__pycache__"))
    build = "from setuptools.build_meta import build_wheel; build_wheel('.')"
    subprocess.run([sys.executable, "-c", build], cwd=place, capture_output=True, check=True)
    (file,) = place.glob("*.whl")
    return zipfile.ZipFile(file)


def test_the_wheel_has_every_module_and_table_and_nothing_else(wheel: zipfile.ZipFile) -> None:
    tables = {f"honest_heatmaps/datasets/{each.file.name}" for each in catalogue().values()}
    terms = {"honest_heatmaps/datasets/catalogue.toml", "honest_heatmaps/py.typed"}
    found = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert found == {*SOURCES, *tables, *terms}


def test_the_wheel_says_its_version_its_licence_and_its_extras(wheel: zipfile.ZipFile) -> None:
    about = {name.partition(".dist-info/")[2]: name for name in wheel.namelist()}
    metadata = message_from_bytes(wheel.read(about["METADATA"]))
    assert metadata["Name"] == "honest-heatmaps"
    assert metadata["Version"] == lib.__version__
    assert metadata["License-Expression"] == "MIT"
    assert set(metadata.get_all("Provides-Extra", [])) == {"engines", "spark"}
    assert wheel.read(about["licenses/LICENSE"]) == (ROOT / "LICENSE").read_bytes()


def test_the_critic_of_the_wheel_needs_python_alone(wheel: zipfile.ZipFile, tmp_path: Path) -> None:
    code = tmp_path / "map.py"
    code.write_text("sns.heatmap(df.corr(), vmin=0, vmax=1, cmap='vlag')")
    run = subprocess.run(
        [sys.executable, "-S", "-m", "honest_heatmaps.critic", str(code)],
        env={"PYTHONPATH": str(wheel.filename)},
        capture_output=True,
        text=True,
    )
    assert (run.returncode, run.stderr) == (1, "")
    assert "sns.heatmap(df.corr(), vmin=-1, vmax=1, cmap='vlag')" in run.stdout
