"""The library's reference and its gallery, in build/docs: `make docs`.

Everything is made of the library as it installs: its docstrings by pdoc, the figures by the scripts
in docs/gallery.
"""

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from html import escape
from importlib import import_module
from importlib.util import resolve_name
from pathlib import Path
from string import Template

ROOT = Path(__file__).parents[1]
GALLERY = ROOT / "docs" / "gallery"
LIBRARY = ROOT / "build" / "library"
DOCS = ROOT / "build" / "docs"

MODULES = ("", ".notebook", ".stats", ".charts", ".datasets")
_RELATIVE = re.compile(r"(>>> from )(\.+[\w.]*)( import )")
_OF_THE_REPOSITORY = re.compile(r"\blib\.(?=(?:stats|charts|notebook)\b)")


def main() -> None:
    """Install the library beside the docs, run the gallery, write the pages."""
    shutil.rmtree(DOCS, ignore_errors=True)
    install()
    write_gallery()
    write_landing()
    write_reference()
    print(DOCS / "index.html")


def install() -> None:
    """The library as it installs, its examples with the imports that a reader has to write."""
    for old in (LIBRARY, ROOT / "build" / "lib"):
        shutil.rmtree(old, ignore_errors=True)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--no-deps", "--target", LIBRARY, ROOT], check=True)
    for file in LIBRARY.rglob("*.py"):
        package = ".".join(file.relative_to(LIBRARY).parts[:-1])
        text = file.read_text(encoding="utf-8")
        file.write_text(absolute(text, package), encoding="utf-8")


def absolute(text: str, package: str) -> str:
    """A module's text with the names that the library has where it is installed.

    >>> absolute(">>> from ..stats import cluster", "honest_heatmaps.charts")
    '>>> from honest_heatmaps.stats import cluster'
    >>> absolute("As `lib.stats` has it.", "honest_heatmaps.charts")
    'As `honest_heatmaps.stats` has it.'
    """
    text = _OF_THE_REPOSITORY.sub("honest_heatmaps.", text)
    return _RELATIVE.sub(
        lambda found: f"{found[1]}{resolve_name(found[2], package)}{found[3]}", text
    )


def scripts() -> Iterator[tuple[Path, str, str, str]]:
    """Each script of the gallery: its file, its title, what it says, its code."""
    for file in sorted(GALLERY.glob("*.py")):
        text = file.read_text(encoding="utf-8")
        said = ast.get_docstring(ast.parse(text)) or ""
        title, _, about = said.partition("\n")
        yield file, title, about.strip(), text.split('"""\n', 2)[-1].strip()


def write_gallery() -> None:
    """Run every script where its figure belongs, and put figure and code below each other."""
    place = DOCS / "gallery"
    place.mkdir(parents=True)
    body = ["<h1>Gallery</h1>"]
    for file, title, about, code in scripts():
        subprocess.run(
            [sys.executable, file],
            cwd=place,
            env=os.environ | {"PYTHONPATH": str(LIBRARY)},
            check=True,
        )
        body += [
            f'<h2 id="{file.stem}">{escape(title)}</h2>',
            f"<p>{escape(about)}</p>",
            f'<img src="{file.stem}.png" width="{_width(place / f"{file.stem}.png")}" '
            f'alt="{escape(title)}: {escape(about)}">',
            f'<pre tabindex="0">{escape(code)}</pre>',
        ]
    write_page(place / "index.html", "Gallery", "\n".join(body), up="../")


def _width(png: Path) -> int:
    """The pixels that a picture of 200 dots an inch takes on a page of 100."""
    return int.from_bytes(png.read_bytes()[16:20], "big") // 2


def write_landing() -> None:
    """docs/library.md, which the package's own page has as well."""
    from pdoc.render_helpers import to_html

    text = (ROOT / "docs" / "library.md").read_text(encoding="utf-8")
    write_page(DOCS / "index.html", "honest_heatmaps", str(to_html(text)), up="")


def write_page(path: Path, title: str, body: str, *, up: str) -> None:
    links = {"honest_heatmaps": "index.html", "Gallery": "gallery/index.html"}
    links |= {
        name: f"reference/{name.replace('.', '/')}.html"
        for name in (f"honest_heatmaps{module}" for module in MODULES[1:])
    }
    links = {name.removeprefix("honest_heatmaps."): target for name, target in links.items()}
    shown = "".join(f'<a href="{up}{target}">{name}</a>' for name, target in links.items())
    page = Template((ROOT / "docs" / "page.html").read_text(encoding="utf-8"))
    path.write_text(page.substitute(title=title, links=shown, body=body), encoding="utf-8")


def write_reference() -> None:
    """A page a package, of what its `__all__` names."""
    import pdoc

    sys.path.insert(0, str(LIBRARY))
    library = import_module("honest_heatmaps")
    for name in library.__all__:  # which come when they are asked for, and pdoc does not ask
        setattr(library, name, getattr(library, name))
    pdoc.render.configure(
        docformat="numpy", template_directory=ROOT / "docs" / "pdoc", show_source=False
    )
    names = [f"honest_heatmaps{module}" for module in MODULES]
    pdoc.pdoc(*names, output_directory=DOCS / "reference")


if __name__ == "__main__":
    main()
