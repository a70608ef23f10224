"""What the screen has to be able to show."""

from collections.abc import Iterator

from lib.charts import Heatmap
from lib.course import Step


def features(step: Step) -> frozenset[str]:
    """Kinds of controls, answers and charts; what can be opened, followed and taken along."""
    return frozenset(_asked(step)) | frozenset(_shown(step))


def _asked(step: Step) -> Iterator[str]:
    for control in step.controls.values():
        yield f"control {type(control).__name__}"
    for answer in step.answers.values():
        yield f"answer {type(answer).__name__}"
    if len(step.inputs) > 4:
        yield "many controls"
    yield f"prediction {type(step.predict).__name__}"
    yield f"{min(len(step.tables), 2)} tables"


def _shown(step: Step) -> Iterator[str]:
    assert step.task is not None
    for exhibit in (step.exhibit(), step.exhibit(step.task.solution)):
        for chart in exhibit.figures:
            yield f"figure {type(chart).__name__}"
            if isinstance(chart, Heatmap):
                yield from (mark for mark in ("faded", "hatched", "text") if _has(chart, mark))
        yield f"{min(exhibit.across, 3)} across"
        yield from (
            part
            for part in ("stopped", "behind", "members", "links", "report")
            if getattr(exhibit, part)
        )


def _has(heatmap: Heatmap, mark: str) -> bool:
    return getattr(heatmap, mark) is not None
