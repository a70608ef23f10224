const STEPS = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }
const MANY = 6

const maps = new WeakMap()

export default function ({ data, parentElement, setTriggerValue }) {
  if (!maps.has(parentElement)) maps.set(parentElement, new CellMap(parentElement))
  const map = maps.get(parentElement)
  map.send = (row, column) => setTriggerValue("choose", { row, column })
  map.show(data)
}

class CellMap {
  constructor(root) {
    this.grid = root.querySelector(".map")
    this.key = root.querySelector(".key")
    this.called = [".rows", ".columns"].map((axis) => root.querySelector(axis))
    this.status = root.querySelector("[role=status]")
    this.hint = root.querySelector(".hint")
    new ResizeObserver(() => this.tellWidth()).observe(this.grid)
    this.grid.onkeydown = (event) => this.press(event)
    new ResizeObserver(() => this.turnNames()).observe(this.grid)
  }

  show(data) {
    const what = JSON.stringify({ ...data, chosen: null })
    if (what !== this.what) {
      this.what = what
      this.data = data
      this.build()
      this.drawKey()
    }
    this.chosen = data.chosen
    this.at ??= this.chosen ?? this.all[0]
    this.mark()
  }

  build() {
    const { rows, columns, called, title } = this.data
    this.grid.setAttribute("aria-label", `${title || "Map"}: arrow keys go from cell to cell`)
    this.called.forEach((name, axis) => {
      name.textContent = called[axis]
    })
    this.grid.classList.toggle("many", columns.length > MANY)
    this.grid.style.gridTemplateColumns =
      `fit-content(9rem) repeat(${columns.length}, minmax(var(--cell), 1fr))`
    this.cells = rows.map(() => [])
    this.all = []
    const lines = rows.map((row, down) => {
      const line = element("div", "line")
      line.setAttribute("role", "row")
      const name = element("div", "name row", row)
      name.setAttribute("role", "rowheader")
      line.append(name, ...columns.map((_, right) => this.cell(down, right)))
      return line
    })
    const foot = element("div", "line")
    foot.setAttribute("role", "row")
    const corner = element("div", "corner")
    corner.setAttribute("role", "gridcell")
    foot.append(corner, ...columns.map((column) => {
      const name = element("div", "name column")
      name.append(element("span", "", column))
      name.setAttribute("role", "columnheader")
      return name
    }))
    this.grid.replaceChildren(...lines, foot)
    this.tellWidth()
    this.at = undefined
    this.turnNames()
  }

  /** Columns' names stand upright where a word is wider than its column. */
  turnNames() {
    this.grid.classList.remove("upright")
    const names = [...this.grid.querySelectorAll(".column")]
    const isTight = names.some((name) => name.scrollWidth > name.clientWidth)
    this.grid.classList.toggle("upright", isTight)
  }

  tellWidth() {
    this.hint.hidden = this.grid.scrollWidth <= this.grid.clientWidth
  }

  cell(down, right) {
    const { colours, inks, texts, spoken, offered } = this.data
    const cell = element("div", "cell", texts[down][right])
    cell.setAttribute("role", "gridcell")
    if (!spoken[down][right]) {
      cell.className = "nothing"
      return cell
    }
    cell.setAttribute("aria-label", spoken[down][right])
    cell.tabIndex = -1
    cell.style.background = colours[down][right] ?? ""
    cell.style.color = inks[down][right]
    if (offered.some((place) => isSame(place, [down, right]))) {
      cell.onclick = () => this.choose(down, right)
    } else cell.setAttribute("aria-disabled", "true")
    this.cells[down][right] = cell
    this.all.push([down, right])
    return cell
  }

  drawKey() {
    const { key } = this.data
    this.key.hidden = !key
    if (!key) return
    const bar = element("span", "bar")
    bar.style.background = `linear-gradient(90deg, ${key.stops.join(", ")})`
    const [low, high = ""] = key.ends
    this.key.replaceChildren(
      element("span", "", low), bar, element("span", "", high), element("span", "", key.words),
    )
  }

  mark() {
    for (const [down, right] of this.all) {
      const cell = this.cells[down][right]
      cell.tabIndex = isSame([down, right], this.at) ? 0 : -1
      cell.setAttribute("aria-selected", isSame([down, right], this.chosen))
    }
  }

  choose(down, right) {
    this.at = this.chosen = [down, right]
    this.mark()
    this.status.textContent = `Chosen: ${this.data.spoken[down][right]}`
    this.send(down, right)
  }

  press(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return
    const line = this.all.filter(([down]) => down === this.at[0])
    if (event.key in STEPS) this.at = this.next(STEPS[event.key])
    else if (event.key === "Home") this.at = line[0]
    else if (event.key === "End") this.at = line.at(-1)
    else if (event.key === "Enter" || event.key === " ") this.cells[this.at[0]][this.at[1]].click()
    else return
    event.preventDefault()
    event.stopPropagation()
    this.mark()
    this.cells[this.at[0]][this.at[1]].focus()
  }

  /** The next cell that way; the same one where there is none. */
  next([down, right]) {
    let [row, column] = this.at
    do {
      row += down
      column += right
    } while (this.cells[row] && column >= 0 && column < this.data.columns.length
      && !this.cells[row][column])
    return this.cells[row]?.[column] ? [row, column] : this.at
  }
}

function isSame(place, other) {
  return String(place) === String(other ?? "")
}

function element(tag, kind, text = "") {
  const made = document.createElement(tag)
  made.className = kind
  made.textContent = text
  return made
}
