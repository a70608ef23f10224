// One cell of a heatmap alone: all else lies under a veil, with holes for the cell and its names.

const SVG = "http://www.w3.org/2000/svg"
const TURNS = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }

/** The heatmaps on the screen, as Plotly has drawn them. */
function mapsOnScreen() {
  const plots = [...document.querySelectorAll(".st-key-exhibit .js-plotly-plot")]
  return plots.filter(plot => plot._fullData && plot.checkVisibility()).flatMap(mapsIn)
}

function mapsIn(plot) {
  const first = new Map()
  for (const trace of plot._fullData) {
    const place = `${trace.xaxis} ${trace.yaxis}`
    // A second one on the same axes is the ground that fades cells.
    if (trace.type === "heatmap" && !first.has(place)) first.set(place, trace)
  }
  return [...first.values()].map(trace => {
    const axis = name => plot._fullLayout[`${name[0]}axis${name.slice(1)}`]
    return { plot, trace, across: axis(trace.xaxis), down: axis(trace.yaxis) }
  })
}

const isPainted = ({ trace }, row, column) => Number.isFinite(trace.z[row]?.[column])

/** The painted cells of a map, row by row from the top. */
function cellsOf(map) {
  const cells = []
  for (let row = 0; row < map.trace.y.length; row += 1) {
    for (let column = 0; column < map.trace.x.length; column += 1) {
      if (isPainted(map, row, column)) cells.push([row, column])
    }
  }
  return cells
}

/** A cell's box in the window. */
function boxOf({ plot, trace, across, down }, row, column) {
  const { left, top } = plot.getBoundingClientRect()
  const width = Math.abs(across.l2p(1) - across.l2p(0))
  const height = Math.abs(down.l2p(1) - down.l2p(0))
  const x = left + across._offset + across.d2p(trace.x[column])
  const y = top + down._offset + down.d2p(trace.y[row])
  return { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 }
}

const cornersOf = ({ left, right, top, bottom }) =>
  [[left, top], [right, top], [right, bottom], [left, bottom]]

/** The corners of a name beside the map, slanted or not; none where Plotly has left it out. */
function nameCorners(plot, axis, name) {
  const at = axis._categories.indexOf(name)
  const isIts = text => text.__data__?.x === at && text.checkVisibility()
  const text = [...plot.querySelectorAll(`.${axis._id}tick text`)].find(isIts)
  if (!text) return []
  const { x, y, width, height } = text.getBBox()
  const matrix = text.getScreenCTM()
  const box = { left: x - 3, right: x + width + 3, top: y - 2, bottom: y + height + 2 }
  return cornersOf(box).map(([across, down]) => {
    const point = new DOMPoint(across, down).matrixTransform(matrix)
    return [point.x, point.y]
  })
}

/** A name as the axis writes it. */
const writtenOn = (axis, name) => (axis.labelalias || {})[name] ?? name

/** Shows one cell at a time; `say` hears its names, null once all is shown again. */
class Focus {
  constructor(veil, say) {
    this.veil = veil
    this.say = say
    this.map = null
    veil.onclick = event => this.choose(event.clientX, event.clientY)
    this.follow = () => this.map && this.draw()
  }

  get isOn() {
    return this.map !== null
  }

  /** What the cell's row and column are called. */
  get names() {
    if (!this.map) return null
    const { trace, across, down } = this.map
    const [row, column] = this.at
    return { row: writtenOn(down, trace.y[row]), column: writtenOn(across, trace.x[column]) }
  }

  /** Begin with the first cell; false where there is none. */
  begin() {
    const map = mapsOnScreen().find(each => cellsOf(each).length)
    if (!map) return false
    this.veil.showPopover()
    for (const change of ["resize", "scroll"]) addEventListener(change, this.follow, true)
    this.turnTo(map, cellsOf(map)[0])
    return true
  }

  end() {
    if (!this.map) return
    this.map = null
    this.veil.hidePopover()
    for (const change of ["resize", "scroll"]) removeEventListener(change, this.follow, true)
    this.say(null)
  }

  turnTo(map, at) {
    this.map = map
    this.at = at
    this.draw()
    this.say(this.names)
  }

  /** The next painted cell that way. */
  move(key) {
    const [down, right] = TURNS[key]
    let [row, column] = this.at
    do {
      row += down
      column += right
      if (!this.map.trace.y[row] || !this.map.trace.x[column]) return
    } while (!isPainted(this.map, row, column))
    this.turnTo(this.map, [row, column])
  }

  /** The cell at this place of the window; beside all cells, the end. */
  choose(x, y) {
    for (const map of mapsOnScreen()) {
      const at = cellsOf(map).find(([row, column]) => {
        const { left, right, top, bottom } = boxOf(map, row, column)
        return left <= x && x < right && top <= y && y < bottom
      })
      if (at) return this.turnTo(map, at)
    }
    this.end()
  }

  /** Drawn anew by the page, a figure may have other cells, or be gone. */
  refresh() {
    if (!this.map) return
    const { plot, trace } = this.map
    const map = mapsOnScreen().find(each => each.plot === plot && each.trace.xaxis === trace.xaxis)
    if (!map || !isPainted(map, ...this.at)) return this.end()
    this.map = map
    this.draw()
  }

  draw() {
    const { plot, trace, across, down } = this.map
    const [row, column] = this.at
    const cell = boxOf(this.map, row, column)
    const holes = [
      cornersOf(cell),
      nameCorners(plot, across, trace.x[column]),
      nameCorners(plot, down, trace.y[row]),
    ]
    const around = { left: 0, right: innerWidth, top: 0, bottom: innerHeight }
    const outline = corners => `M${corners.map(corner => corner.join(" ")).join("L")}Z`
    const path = [cornersOf(around), ...holes.filter(hole => hole.length)].map(outline).join("")
    const veil = element("path", { d: path, class: "ground", "fill-rule": "evenodd" })
    const { left, right, top, bottom } = cell
    const inside = { left: left + 2, right: right - 2, top: top + 2, bottom: bottom - 2 }
    const ring = element("path", { d: outline(cornersOf(inside)), class: "ring" })
    const drawing = element("svg", { width: innerWidth, height: innerHeight })
    drawing.append(veil, ring)
    const names = document.createElement("p")
    names.textContent = `${this.names.column} \u00d7 ${this.names.row}`
    this.veil.replaceChildren(drawing, names)
  }
}

function element(name, attributes) {
  const made = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  return made
}
