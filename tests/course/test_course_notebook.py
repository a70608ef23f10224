import json

import pytest

from lessons import COURSE
from lib.course.notebook import notebook

SCRIPTS = [step.script(step.task.solution).recipe for step in COURSE.lessons[0].steps]


@pytest.mark.parametrize("code", SCRIPTS)
def test_every_cell_is_python_and_nothing_is_lost(code: str) -> None:
    document = json.loads(notebook(code))
    sources = ["".join(cell["source"]) for cell in document["cells"]]
    for source in sources:
        compile(source, "<cell>", "exec")
    assert "\n\n".join(sources) == code.strip()
    assert len({cell["id"] for cell in document["cells"]}) == len(sources)
