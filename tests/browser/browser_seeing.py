"""Nothing is cut and nothing lies on anything: what a page shows, measured in the browser."""

from browser_screen import Screen

# A letter may lean out of its box by so many pixels, and boxes of text are taller than letters.
_MEASURE = """
() => {
  const SLACK = 2
  const faults = []
  const main = document.querySelector("[data-testid=stMain]")
  const short = text => text.trim().replace(/\\s+/g, " ").slice(0, 30)
  const isSeen = element => element.checkVisibility({ opacityProperty: true,
    visibilityProperty: true }) && element.getBoundingClientRect().width > 0

  for (const area of [document.scrollingElement, main]) {
    if (area.scrollWidth > area.clientWidth) {
      faults.push(`the page is ${area.scrollWidth} wide in ${area.clientWidth}`)
    }
  }

  // Texts of figures, by what they are: none sticks out, none lies on another of its kind.
  const KINDS = {
    "tick": ".xtick text, .ytick text, .x2tick text, .y2tick text, .xaxislayer-above text",
    "number of a cell": ".heatmap-label text",
    "title of an axis": "[class*=title] text, text[class*=title]",
    "label of the colour bar": ".cbaxis text",
    "note": ".annotation-text",
    "mark": ".textpoint text, .bartext",
    "entry of the key": ".legendtext",
  }
  const kindOf = text =>
    Object.keys(KINDS).find(kind => text.matches(KINDS[kind])) ?? "text"
  // A box around slanted text is larger than the text.
  const isSlanted = text => {
    const { a, b } = text.getScreenCTM()
    return Math.abs(a) > 0.02 && Math.abs(b) > 0.02
  }
  const boxOf = text => {
    const { left, right, top, bottom, height } = text.getBoundingClientRect()
    const slack = Math.abs(text.getScreenCTM().b) > 0.5 ? 0 : 0.15 * height
    return { left, right, top: top + slack, bottom: bottom - slack }
  }
  const meet = (one, other) =>
    Math.min(one.right, other.right) - Math.max(one.left, other.left) > SLACK &&
    Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > SLACK
  // An axis's title is Plotly's own, or a note that is placed from the ends of the axis.
  const titlesOf = plot => {
    const { annotations = [], ...layout } = plot._fullLayout
    const axes = Object.keys(layout)
      .filter(key => /^[xy]axis\\d*$/.test(key))
      .map(key => key.replace("axis", ""))
    const own = axes.map(axis => ({ axis, text: plot.querySelector(`text.${axis}title`) }))
    const notes = annotations.map(({ xref, yref, textangle }, index) => ({
      axis: (textangle ? yref : xref).replace(" domain", ""),
      isTitle: yref.endsWith(" domain"),
      text: plot.querySelector(`.annotation[data-index="${index}"] .annotation-text`),
    }))
    const titles = [...own, ...notes.filter(note => note.isTitle)]
    return titles.filter(({ text }) => text && isSeen(text))
  }
  document.querySelectorAll(".js-plotly-plot").forEach((plot, number) => {
    if (plot.closest(".st-key-preload") || !isSeen(plot)) return
    const panel = plot.getBoundingClientRect()
    const texts = [...plot.querySelectorAll("svg text")]
      .filter(text => text.textContent.trim() && isSeen(text))
      .map(text => ({ box: boxOf(text), kind: kindOf(text), said: short(text.textContent),
                      slanted: isSlanted(text) }))
    const where = `figure ${number + 1}`
    for (const { box, kind, said } of texts) {
      if (box.left < panel.left - SLACK || box.right > panel.right + SLACK ||
          box.top < panel.top - SLACK || box.bottom > panel.bottom + SLACK) {
        faults.push(`${where}: ${kind} "${said}" sticks out`)
      }
    }
    texts.forEach((one, index) => {
      const other = texts.slice(index + 1).find(each =>
        each.kind === one.kind && !each.slanted && !one.slanted && meet(one.box, each.box))
      if (other) faults.push(`${where}: ${one.kind} "${one.said}" lies on "${other.said}"`)
    })
    const bars = [...plot.querySelectorAll(".cbfills")].map(bar => bar.getBoundingClientRect())
    for (const { box, said } of texts) {
      if (bars.some(bar => meet(bar, box))) faults.push(`${where}: "${said}" lies on the colours`)
    }
    for (const { text, axis } of titlesOf(plot)) {
      const title = boxOf(text)
      // Beside its names an axis's title reads like one of them.
      const [from, to] = axis[0] === "x" ? ["top", "bottom"] : ["left", "right"]
      const name = [...plot.querySelectorAll(`.${axis}tick text`)].filter(isSeen).find(each => {
        const box = boxOf(each)
        return Math.min(title[to], box[to]) - Math.max(title[from], box[from]) > SLACK
      })
      const said = `"${short(text.textContent)}" of ${axis}`
      if (name) faults.push(`${where}: ${said} stands beside "${short(name.textContent)}"`)
    }
    if (panel.left < -SLACK || panel.right > innerWidth + SLACK) {
      faults.push(`${where} leaves the window`)
    }
  })

  // What can be set and read around them: nothing is cut, nothing leaves the window.
  const around = ":is(button, label, input[type=text], textarea, [role=radio], h2, h3, dl," +
    " .figure-title, [data-testid=stPageLink] span, [data-testid=stMarkdownContainer], img," +
    " [data-testid=stGraphVizChart] svg)"
  // What components draw lies in trees of their own.
  const drawn = [...main.querySelectorAll(".stBidiComponent *")]
    .filter(each => each.shadowRoot)
    .flatMap(each => [...each.shadowRoot.querySelectorAll(
      `${around}, p, svg, [role=gridcell], [role=rowheader], [role=columnheader]`)])
  for (const element of [...main.querySelectorAll(around), ...drawn]) {
    // What is chosen in a list scrolls within its box.
    if (!isSeen(element) || element.closest(".js-plotly-plot, [data-tag]")) continue
    const box = element.getBoundingClientRect()
    if (box.width < 3) continue
    const said = short(element.value || element.textContent)
    const isCut = element.scrollWidth > element.clientWidth + 1 &&
      (element.tagName === "INPUT" || getComputedStyle(element).overflowX !== "visible")
    if (isCut) faults.push(`"${said}" is cut: ${element.scrollWidth} in ${element.clientWidth}`)
    if (box.left < -SLACK || box.right > innerWidth + SLACK) {
      faults.push(`"${said}" leaves the window`)
    }
  }
  return [...new Set(faults)]
}
"""

_FOLD = """
keys => keys
  .map(key => [key, document.querySelector(`.st-key-${key}`)?.getBoundingClientRect()])
  .filter(([, box]) => box && (box.bottom > innerHeight + 1 || box.top < 0))
  .map(([key, box]) => `${key} ends at ${Math.round(box.bottom)} of ${innerHeight}`)
"""


# What is set stands at the foot of a presentation, over all that is scrolled.
_UNDER_THE_FOOT = """
what => {
  const controls = document.querySelector(".st-key-controls")
  const isDocked = controls && getComputedStyle(controls).position === "fixed"
  const foot = isDocked ? controls.getBoundingClientRect().top : innerHeight
  return [...document.querySelectorAll(what)]
    .map(part => part.getBoundingClientRect())
    .filter(box => box.width > 50 && box.bottom > foot + 1)
    .map(box => `${what.slice(0, 20)} ends at ${Math.round(box.bottom)}, seen above ` +
      Math.round(foot))
}
"""


def faults(screen: Screen, where: str) -> list[str]:
    """What sticks out, is cut, or lies on another text of its kind."""
    found: list[str] = screen.page.evaluate(_MEASURE)
    return [f"{where}: {fault}" for fault in found]


def under_the_fold(screen: Screen, where: str, *keys: str) -> list[str]:
    """Which of these parts are not on the screen as a whole."""
    found: list[str] = screen.page.evaluate(_FOLD, list(keys))
    return [f"{where}: {fault}" for fault in found]


FIGURES = (
    ".st-key-exhibit :is(.js-plotly-plot, [data-testid=stImage] img, "
    "[data-testid^=stBidiComponent] svg)"
)


def under_the_foot(screen: Screen, where: str, what: str = FIGURES) -> list[str]:
    """Which figures, or what else, are not seen as a whole where the controls are docked.

    A figure makes room a moment after what is docked has grown.
    """
    found: list[str] = screen.page.evaluate(_UNDER_THE_FOOT, what)
    if found:
        screen.page.wait_for_timeout(1000)
        screen.settle()
        found = screen.page.evaluate(_UNDER_THE_FOOT, what)
    return [f"{where}: {fault}" for fault in found]


def rows_of_header(screen: Screen) -> int:
    """How many rows the header takes."""
    rows: int = screen.page.evaluate(
        """() => {
          const middles = [...document.querySelector(".st-key-lesson-bar").children]
            .map(child => child.getBoundingClientRect())
            .filter(box => box.width > 0)
            .map(box => (box.top + box.bottom) / 2)
            .sort((one, other) => one - other)
          return middles.filter((y, index) => index === 0 || y - middles[index - 1] > 12).length
        }"""
    )
    return rows


def resize(screen: Screen, width: int, height: int = 900) -> None:
    """Make the window so wide; the figures are drawn for it once the page has said so."""
    before = screen.page.viewport_size
    if before is not None and before["width"] == width:
        screen.page.set_viewport_size({"width": width, "height": height})
        return
    with screen.rerunning():
        screen.page.set_viewport_size({"width": width, "height": height})
