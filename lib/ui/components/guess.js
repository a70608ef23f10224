const maps = new WeakMap()

export default function ({ data, parentElement, setTriggerValue }) {
  if (!maps.has(parentElement)) maps.set(parentElement, new GuessMap(parentElement))
  const map = maps.get(parentElement)
  map.send = (fills) => setTriggerValue("fill", fills)
  map.show(data)
}

class GuessMap {
  constructor(root) {
    this.root = root
    this.grid = root.querySelector(".map")
    this.grid.setAttribute("aria-label", "Your map")
    this.palette = root.querySelector(".levels")
    this.palette.setAttribute("aria-label", "What the chosen cell shows")
    this.status = root.querySelector("[role=status]")
    this.grid.onkeydown = (event) => this.press(event)
    this.waiting = new Map()
  }

  show(data) {
    const before = this.data
    this.data = data
    if (String(before?.columns) !== String(data.columns)) this.build()
    // A cell that was filled a moment ago keeps its colour until the server has heard of it.
    data.values.forEach((value, cell) => {
      const isNews = before && value !== before.values[cell]
      if (isNews || value === this.waiting.get(cell)) this.waiting.delete(cell)
    })
    this.values = data.values.map((value, cell) =>
      this.waiting.has(cell) ? this.waiting.get(cell) : value,
    )
    this.paint()
  }

  build() {
    const { columns } = this.data
    this.pairs = []
    const parts = []
    for (let row = 1; row < columns.length; row++) {
      parts.push(named("row", columns[row], row, 1))
      for (let column = 0; column < row; column++) {
        const cell = this.pairs.length
        this.pairs.push([row, column])
        const button = document.createElement("button")
        button.type = "button"
        button.className = "cell"
        button.style.gridArea = `${row} / ${column + 2}`
        button.onclick = () => this.choose(cell)
        parts.push(button)
      }
    }
    for (let column = 0; column < columns.length - 1; column++) {
      parts.push(named("column", columns[column], columns.length, column + 2))
    }
    this.grid.style.gridTemplateColumns = `auto repeat(${columns.length - 1}, minmax(0, 1fr))`
    this.grid.replaceChildren(...parts)
    this.cells = [...this.grid.querySelectorAll(".cell")]
    this.chosen = Math.max(0, this.data.values.indexOf(null))
    this.palette.replaceChildren(...this.data.levels.map((level, number) => this.level(number)))
  }

  level(number) {
    const button = document.createElement("button")
    button.type = "button"
    button.className = "level"
    button.textContent = this.data.levels[number].word
    button.setAttribute("aria-keyshortcuts", number + 1)
    button.onclick = () => this.fill(this.data.levels[number].value)
    return button
  }

  paint() {
    const { columns, levels } = this.data
    this.cells.forEach((button, cell) => {
      const level = levels.find(({ value }) => value === this.values[cell])
      const [row, column] = this.pairs[cell]
      button.textContent = level ? written(level.value) : "?"
      button.classList.toggle("empty", !level)
      button.style.background = level ? level.colour : ""
      button.style.color = level ? level.ink : ""
      const said = level ? level.word : "not yet guessed"
      button.setAttribute("aria-label", `${columns[row]} with ${columns[column]}: ${said}`)
      button.setAttribute("aria-pressed", cell === this.chosen)
    })
    ;[...this.palette.children].forEach((button, number) => {
      button.style.background = levels[number].colour
      button.style.color = levels[number].ink
    })
  }

  choose(cell) {
    this.chosen = cell
    this.paint()
  }

  fill(value) {
    const cell = this.chosen
    this.values[cell] = value
    this.waiting.set(cell, value)
    if (value !== null) this.chosen = this.nextEmpty(cell)
    this.paint()
    this.status.textContent = this.cells[cell].getAttribute("aria-label")
    // All that is unanswered: of two messages on their way, the server reads the later one only.
    this.send([...this.waiting].map(([cell, level]) => ({ cell, level })))
  }

  /** The empty cell that follows, past the end from the beginning; the same cell if none is. */
  nextEmpty(cell) {
    const after = this.values.indexOf(null, cell)
    const next = after < 0 ? this.values.indexOf(null) : after
    return next < 0 ? cell : next
  }

  press(event) {
    const from = this.cells.indexOf(event.target)
    if (from < 0 || event.ctrlKey || event.metaKey || event.altKey) return
    const [row, column] = this.pairs[from]
    const arrows = {
      ArrowLeft: [row, column - 1],
      ArrowRight: [row, column + 1],
      ArrowUp: [row - 1, column],
      ArrowDown: [row + 1, column],
    }
    const level = this.data.levels[Number(event.key) - 1]
    if (event.key in arrows) {
      const place = String(arrows[event.key])
      const to = this.pairs.findIndex((pair) => String(pair) === place)
      if (to >= 0) this.go(to)
    } else if (level && /^\d$/.test(event.key)) {
      this.chosen = from
      this.fill(level.value)
      this.go(this.chosen)
    } else if (event.key === "Delete" || event.key === "Backspace") {
      this.chosen = from
      this.fill(null)
    } else return
    event.preventDefault()
  }

  go(cell) {
    this.choose(cell)
    this.cells[cell].focus()
  }
}

function named(kind, name, row, column) {
  const made = document.createElement("div")
  made.className = `name ${kind}`
  made.textContent = name
  made.style.gridArea = `${row} / ${column}`
  return made
}

function written(value) {
  return String(value).replace("-", "\u2212")
}
