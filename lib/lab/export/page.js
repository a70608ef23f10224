"use strict"

const data = JSON.parse(document.getElementById("data").textContent)
const detail = document.getElementById("detail")
const tip = document.getElementById("tip")
const MOST_LISTED = 300
const MOST_WRITTEN = 60
const SIDEWAYS = "There is more of it to the right: scroll sideways."

// Texts are only ever set as texts: a column may bear any name.
function element(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children)
}

const svgSpace = (() => {
  const holder = document.createElement("div")
  holder.innerHTML = "<svg></svg>"
  return holder.firstChild.namespaceURI
})()

function drawn(name, attributes = {}, ...children) {
  return filled(document.createElementNS(svgSpace, name), attributes, children)
}

function filled(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value)
  node.append(...children)
  return node
}

function short(text, longest = 40) {
  const letters = [...text]
  if (letters.length <= longest) return text
  const half = Math.floor((longest - 1) / 2)
  return letters.slice(0, half).join("") + "…" + letters.slice(-half).join("")
}

function written(value) {
  if (value === null) return ""
  const size = Math.abs(value)
  if (size > 0 && (size < 1e-4 || size >= 1e12)) {
    const [factor, power] = value.toExponential(2).split("e")
    const raised = [...power.replace("+", "")].map((sign) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(sign)])
    return `${factor}×10${raised.join("")}`.replace("-", "−")
  }
  return locally(value, { maximumSignificantDigits: size >= 1e4 ? 12 : 4 })
}

// What is almost one is not written as one.
function locally(value, digits) {
  const text = value.toLocaleString("en", digits)
  const isAlmostOne = Math.abs(value) < 1 && Math.abs(Number(text)) === 1
  return (isAlmostOne ? String(value) : text).replace("-", "−")
}

// Colours: a class each, so that the theme can change while the page is open.
function paint() {
  const inTheme = (ground, ink) =>
    data.palette.map((colour, number) => `.c${number}{background-color:${colour[ground]};color:${colour[ink]}}`)
  const groups = (theme) =>
    data.groups.map((colour, number) => `.g${number}{fill:${colour[theme]};stroke:${colour[theme]}}`)
  document.head.append(
    element(
      "style",
      {},
      [...inTheme(0, 1), ...groups(0)].join("\n"),
      `@media (prefers-color-scheme: dark) {${[...inTheme(2, 3), ...groups(1)].join("\n")}}`,
    ),
  )
}

// The words beside the pointer or the focused cell.
function showTip(text, x, y) {
  tip.textContent = text
  tip.style.display = "block"
  const { width, height } = tip.getBoundingClientRect()
  tip.style.left = `${Math.max(4, Math.min(x + 14, innerWidth - width - 4))}px`
  tip.style.top = `${y + 18 + height > innerHeight ? Math.max(4, y - height - 10) : y + 18}px`
}

function hideTip() {
  tip.style.display = "none"
}

function speaking(place, words) {
  place.addEventListener("pointermove", (event) => {
    const text = words(event.target)
    if (text) showTip(text, event.clientX, event.clientY)
    else hideTip()
  })
  place.addEventListener("pointerleave", hideTip)
  place.addEventListener("focusin", (event) => {
    const text = words(event.target)
    const box = event.target.getBoundingClientRect()
    if (text && event.target.matches(":focus-visible")) showTip(text, box.right, box.bottom - 14)
  })
  place.addEventListener("focusout", hideTip)
}

// A map: a grid of cells, one of which is in the order of tabs; arrows go to the others.
function heatmap(figure, isPlain = false) {
  const parts = []
  if (figure.title) parts.push(element("h2", { class: "name" }, figure.title))
  if (figure.key) parts.push(key(figure.key))
  const count = figure.columns.length
  const table = element("table", { class: "cells", role: "grid", "aria-label": figure.title || "Map" })
  const letters = Math.min(22, Math.max(...figure.rows.map((name) => [...name].length)))
  const groups = element("colgroup", {}, element("col"))
  for (let column = 0; column < count; column++) groups.append(element("col"))
  const body = element("tbody")
  const byRow = figure.rows.map(() => [])
  for (const cell of figure.cells) byRow[cell[0]].push(cell)
  const at = new Map()
  for (const [number, cells] of byRow.entries()) {
    const name = figure.rows[number]
    const row = element("tr", {}, element("th", { scope: "row", title: name }, name))
    let next = 0
    for (const cell of cells) {
      if (cell[1] > next) row.append(element("td", { colspan: cell[1] - next, "aria-hidden": "true" }))
      const place = box(figure, cell)
      at.set(`${cell[0]} ${cell[1]}`, place)
      row.append(place)
      next = cell[1] + 1
    }
    if (next < count) row.append(element("td", { colspan: count - next, "aria-hidden": "true" }))
    body.append(row)
  }
  const names = figure.columns.map((name) =>
    element("th", { scope: "col", title: name }, element("span", {}, name)),
  )
  table.append(groups, body, element("tfoot", {}, element("tr", {}, element("td"), ...names)))
  const scroll = element("div", { class: "scroll" }, table)
  const hint = element("p", { class: "hint" }, SIDEWAYS)
  parts.push(hint, scroll)
  const first = at.values().next().value
  if (first) first.tabIndex = 0
  speaking(table, (target) => target.closest("[data-at]")?.getAttribute("aria-label") ?? "")
  table.addEventListener("keydown", (event) => move(event, figure, at))
  if (!isPlain) table.addEventListener("click", (event) => open(event.target.closest("[data-at]")))
  const longest = figure.cells.reduce((most, cell) => Math.max(most, cell[3].length), 0)
  // Fitted before it is first laid out: laying out tens of thousands of cells takes a moment.
  let fitted = document.querySelector(isPlain ? "#detail" : ".figures").clientWidth
  // What is only read may be smaller than what a finger has to hit.
  const isTouched = !isPlain && figure.cells.some((cell) => cell[6] >= 0)
  const least = isTouched && matchMedia("(pointer: coarse)").matches ? 24 : 14
  hint.hidden = fit(table, groups, count, letters, longest, least, fitted)
  new ResizeObserver(([entry]) => {
    const width = entry.contentRect.width
    if (Math.abs(width - fitted) < 1) return
    fitted = width
    hint.hidden = fit(table, groups, count, letters, longest, least, width)
  }).observe(scroll)
  return parts
}

function box(figure, [row, column, colour, text, meaning, marks, detailNumber]) {
  const words = [`${figure.rows[row]} and ${figure.columns[column]}: ${meaning}`]
  if (marks & 1) words.push("pale")
  if (marks & 2) words.push("struck through")
  const classes = [colour < 0 ? "" : `c${colour}`, marks & 2 ? "struck" : "", detailNumber < 0 ? "" : "opens"]
  const cell = element(
    "td",
    {
      class: classes.filter(Boolean).join(" "),
      role: "gridcell",
      tabindex: -1,
      "aria-label": words.join(", "),
      "data-at": `${row} ${column}`,
      "data-detail": detailNumber,
    },
  )
  if (text && figure.columns.length <= MOST_WRITTEN) cell.append(element("span", {}, text))
  return cell
}

// Gives the cells their size; whether they all have room.
function fit(table, groups, count, letters, longest, least, width) {
  const label = Math.min(letters * 7 + 12, width * 0.34)
  const size = Math.max(least, Math.min(120, (width - label) / count))
  // Cells grow as high as lets all rows stay in sight.
  const room = (innerHeight * 0.65) / table.tBodies[0].rows.length
  const height = Math.min(size, Math.max(40, Math.min(size * 0.75, room)))
  groups.firstChild.style.width = `${label}px`
  for (const column of [...groups.children].slice(1)) column.style.width = `${size}px`
  table.style.width = `${label + size * count}px`
  table.style.setProperty("--size", `${height}px`)
  table.classList.toggle("written", longest * 7 + 4 <= size)
  table.classList.toggle("dense", size < 20)
  return label + size * count < width + 1
}

const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }

function move(event, figure, at) {
  const from = event.target.closest("[data-at]")
  if (!from) return
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault()
    open(from)
    return
  }
  let [row, column] = from.dataset.at.split(" ").map(Number)
  let to = null
  if (event.key in STEPS) {
    const [down, right] = STEPS[event.key]
    const inside = () => row >= 0 && column >= 0 && row < figure.rows.length && column < figure.columns.length
    for (row += down, column += right; inside() && !to; row += down, column += right) {
      to = at.get(`${row} ${column}`)
    }
  } else if (event.key === "Home" || event.key === "End") {
    const cells = from.parentElement.querySelectorAll("[data-at]")
    to = cells[event.key === "Home" ? 0 : cells.length - 1]
  } else return
  event.preventDefault()
  if (!to) return
  from.tabIndex = -1
  to.tabIndex = 0
  to.focus()
}

function key({ ends, words, stops }) {
  const bar = element("i")
  bar.style.setProperty("--light", `linear-gradient(90deg, ${stops[0].join(",")})`)
  bar.style.setProperty("--dark", `linear-gradient(90deg, ${stops[1].join(",")})`)
  const [low, high = ""] = ends
  return element("div", { class: "key" }, ...[low, bar, high, words].map((part) => element("span", {}, part)))
}

function open(cell) {
  if (!cell || Number(cell.dataset.detail) < 0) return
  for (const other of document.querySelectorAll("td.chosen")) other.classList.remove("chosen")
  cell.classList.add("chosen")
  show(Number(cell.dataset.detail))
  detail.scrollIntoView({ block: "nearest" })
}

function choose(number) {
  for (const other of document.querySelectorAll("td.chosen")) other.classList.remove("chosen")
  document.querySelector(`td[data-detail="${number}"]`)?.classList.add("chosen")
  show(number)
}

function show(number) {
  const { of, sentence, chart } = data.details[number]
  detail.replaceChildren(
    element("h2", { class: "name" }, `${of[0]} and ${of[1]}`),
    element("p", {}, sentence),
    ...(chart ? CHARTS[chart.kind](chart, true) : []),
  )
}

// Plots in a frame of 480 by 360; what stands left of it needs so much room.
const FRAME = { right: 466, top: 12, bottom: 306 }

function margin(marks) {
  return 34 + 9 * Math.max(...marks.map((mark) => written(mark).length))
}

function scale(low, high, from, to) {
  const margin = (high - low) * 0.04 || Math.abs(low) * 0.1 || 1
  const [first, last] = [low - margin, high + margin]
  const place = (value) => from + ((value - first) / (last - first)) * (to - from)
  const rough = (last - first) / 5
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].find((each) => each * power >= rough * 0.999) * power
  const marks = []
  for (let number = Math.ceil(first / step); number * step <= last; number++) {
    marks.push(Number((number * step).toPrecision(12)))
  }
  return { place, marks }
}

function axes(x, y, left, xName, yName) {
  const parts = []
  for (const mark of x.marks) {
    const at = x.place(mark)
    parts.push(drawn("line", { class: "axis", x1: at, x2: at, y1: FRAME.top, y2: FRAME.bottom }))
    parts.push(drawn("text", { class: "tick", x: at, y: FRAME.bottom + 18, "text-anchor": "middle" }, written(mark)))
  }
  for (const mark of y.marks) {
    const at = y.place(mark)
    parts.push(drawn("line", { class: "axis", x1: left, x2: FRAME.right, y1: at, y2: at }))
    parts.push(drawn("text", { class: "tick", x: left - 6, y: at + 4, "text-anchor": "end" }, written(mark)))
  }
  const middle = (left + FRAME.right) / 2
  parts.push(drawn("text", { x: middle, y: FRAME.bottom + 42, "text-anchor": "middle" }, short(xName, 50)))
  const height = (FRAME.top + FRAME.bottom) / 2
  const turned = { x: 14, y: height, "text-anchor": "middle", transform: `rotate(-90 14 ${height})` }
  parts.push(drawn("text", turned, short(yName, 36)))
  return parts
}

const SHAPES = [
  (r) => `M${-r},0a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0`,
  (r) => `M0,${-1.3 * r}L${1.3 * r},0L0,${1.3 * r}L${-1.3 * r},0Z`,
  (r) => `M${-r},${-r}H${r}V${r}H${-r}Z`,
  (r) => `M0,${-1.2 * r}L${1.2 * r},${r}H${-1.2 * r}Z`,
  (r) => `M${-r},-1H-1V${-r}H1V-1H${r}V1H1V${r}H-1V1H${-r}Z`,
  (r) => `M${-r},${-r}L${r},${r}M${r},${-r}L${-r},${r}`,
]

function scatter(chart) {
  const [xs, ys] = [data.series[chart.x], data.series[chart.y]]
  const groups = "groups" in chart ? data.series[chart.groups] : null
  const points = []
  for (let number = 0; number < xs.length; number++) {
    const group = groups ? groups[number] : 0
    if (xs[number] === null || ys[number] === null || group < 0) continue
    points.push({ x: xs[number], y: ys[number], group, number })
  }
  if (!points.length) return [element("p", {}, "No row has both.")]
  const ends = (name, from, to) => {
    const values = points.map((point) => point[name])
    return scale(values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b)), from, to)
  }
  const y = ends("y", FRAME.bottom, FRAME.top)
  const left = margin(y.marks)
  const x = ends("x", left, FRAME.right)
  const opacity = Math.min(0.75, Math.max(0.15, 8 / Math.sqrt(points.length)))
  const rows = "rows" in chart ? data.series[chart.rows] : null
  const plot = drawn("svg", {
    class: "plot",
    viewBox: "0 0 480 360",
    role: "img",
    "aria-label": `${points.length.toLocaleString("en")} points: ${chart.yName} against ${chart.xName}`,
  })
  plot.append(...axes(x, y, left, chart.xName, chart.yName))
  for (const point of points) {
    const where = rows ? `row ${rows[point.number].toLocaleString("en")}: ` : ""
    plot.append(
      drawn("path", {
        class: groups ? `g${point.group}` : "point",
        d: SHAPES[point.group](3.5),
        transform: `translate(${x.place(point.x).toFixed(1)},${y.place(point.y).toFixed(1)})`,
        opacity,
        "data-words": `${where}${written(point.x)}, ${written(point.y)}`,
      }),
    )
  }
  if (chart.line) plot.append(...lines(points, x, y, groups))
  speaking(plot, (target) => target.dataset?.words ?? "")
  return [plot, ...(groups ? [legend(chart.groupNames)] : [])]
}

// The least-squares line of each group.
function lines(points, x, y, groups) {
  const found = []
  for (const group of new Set(points.map((point) => point.group))) {
    const own = points.filter((point) => point.group === group)
    const mean = (name) => own.reduce((sum, point) => sum + point[name], 0) / own.length
    const [middleX, middleY] = [mean("x"), mean("y")]
    const across = own.reduce((sum, point) => sum + (point.x - middleX) ** 2, 0)
    if (!(across > 0)) continue
    const slope = own.reduce((sum, point) => sum + (point.x - middleX) * (point.y - middleY), 0) / across
    const [low, high] = [Math.min, Math.max].map((end) => own.map((point) => point.x).reduce((a, b) => end(a, b)))
    const height = (at) => y.place(middleY + slope * (at - middleX))
    found.push(
      drawn("line", {
        class: groups ? `g${group}` : "line",
        "stroke-width": 2,
        "stroke-dasharray": ["none", "8 4", "2 3", "8 3 2 3", "14 4", "14 3 2 3"][group],
        x1: x.place(low), x2: x.place(high), y1: height(low), y2: height(high),
      }),
    )
  }
  return found
}

function legend(names) {
  return element(
    "div",
    { class: "legend" },
    ...names.map((name, number) => {
      const sign = drawn("svg", { width: 14, height: 14, viewBox: "-7 -7 14 14", "aria-hidden": "true" })
      sign.append(drawn("path", { class: `g${number}`, d: SHAPES[number](4) }))
      return element("span", {}, sign, ` ${name}`)
    }),
  )
}

// Estimates with their intervals, a row each.
function intervals(chart) {
  const ROW = 24
  const bottom = 20 + ROW * chart.rows.length
  const known = [...chart.low, ...chart.value, ...chart.high, chart.mark].filter((value) => value !== null)
  const parts = chart.title ? [element("h2", { class: "name" }, chart.title)] : []
  if (!known.length) return [...parts, element("p", {}, "None of them has a value.")]
  const letters = Math.min(26, Math.max(...chart.rows.map((name) => [...name].length)))
  const left = 16 + letters * 7
  const x = scale(known.reduce((a, b) => Math.min(a, b)), known.reduce((a, b) => Math.max(a, b)), left, 470)
  const spoken = chart.rows.map((name, row) => {
    const numbers = [chart.value[row], chart.low[row], chart.high[row]].map((value) => written(value) || "not defined")
    return `${name}: ${numbers[0]}, from ${numbers[1]} to ${numbers[2]}`
  })
  const plot = drawn("svg", {
    class: "plot", viewBox: `0 0 480 ${bottom + 50}`, role: "img", "aria-label": spoken.slice(0, 50).join("; "),
  })
  for (const mark of x.marks) {
    const at = x.place(mark)
    plot.append(drawn("line", { class: "axis", x1: at, x2: at, y1: 10, y2: bottom }))
    plot.append(drawn("text", { class: "tick", x: at, y: bottom + 18, "text-anchor": "middle" }, written(mark)))
  }
  if (chart.mark !== null) {
    const at = x.place(chart.mark)
    plot.append(drawn("line", { stroke: "currentColor", "stroke-dasharray": "2 3", x1: at, x2: at, y1: 10, y2: bottom }))
  }
  for (const [row, name] of chart.rows.entries()) {
    const y = 20 + ROW * row + ROW / 2 - 6
    const [low, value, high] = [chart.low[row], chart.value[row], chart.high[row]]
    plot.append(drawn("text", { x: left - 8, y: y + 4, "text-anchor": "end" }, short(name, 26)))
    const words = { "data-words": spoken[row] }
    if (low !== null && high !== null) {
      plot.append(drawn("line", { class: "line", x1: x.place(low), x2: x.place(high), y1: y, y2: y, ...words }))
    }
    if (value !== null) plot.append(drawn("circle", { class: "point", cx: x.place(value), cy: y, r: 5, ...words }))
  }
  plot.append(drawn("text", { x: (left + 470) / 2, y: bottom + 42, "text-anchor": "middle" }, short(chart.x, 50)))
  speaking(plot, (target) => target.dataset?.words ?? "")
  return [...parts, plot]
}

const CHARTS = { heatmap, scatter, intervals }

// The list: sorted by a click on a column's name, and those rows that a word occurs in.
function list() {
  const { columns, opens, rows } = data.list
  if (!columns.length) return
  const count = columns[0].cells.length
  const state = { column: -1, down: false, word: "" }
  const search = element("input", { type: "search", id: "word" })
  const said = element("p", { role: "status" })
  const head = element("tr")
  const body = element("tbody")
  for (const [number, column] of columns.entries()) {
    const button = element("button", { type: "button" }, short(column.name, 30))
    button.addEventListener("click", () => {
      state.down = state.column === number ? !state.down : column.numeric
      state.column = number
      draw()
    })
    head.append(element("th", { scope: "col", class: column.numeric ? "" : "word" }, button))
  }
  if (opens.length) head.prepend(element("th", { scope: "col", class: "way" }, "Plot"))
  search.addEventListener("input", () => {
    state.word = search.value.toLowerCase()
    draw()
  })

  function compare(one, other) {
    const { cells, numeric } = columns[state.column]
    const [a, b] = [cells[one], cells[other]]
    // What has no number comes last, whichever way the list runs.
    if (a === null || b === null) return (a === null) - (b === null)
    const order = numeric ? a - b : a.localeCompare(b)
    return (state.down ? -order : order) || one - other
  }

  function draw() {
    const words = columns.filter((column) => !column.numeric)
    let found = [...Array(count).keys()]
    if (state.word) {
      found = found.filter((row) => words.some((column) => column.cells[row].toLowerCase().includes(state.word)))
    }
    if (state.column >= 0) found.sort(compare)
    const shown = found.slice(0, MOST_LISTED)
    const of = rows > count ? `${count.toLocaleString("en")} first of ${rows.toLocaleString("en")}` : rows.toLocaleString("en")
    said.textContent = `${shown.length.toLocaleString("en")} of ${found.length.toLocaleString("en")} rows that fit are shown (${of} in the file).`
    body.replaceChildren(...shown.map(line))
    for (const [number, cell] of [...head.querySelectorAll("th:not(.way)")].entries()) {
      const arrow = number === state.column ? (state.down ? " ↓" : " ↑") : ""
      cell.setAttribute("aria-sort", arrow ? (state.down ? "descending" : "ascending") : "none")
      cell.firstChild.textContent = short(columns[number].name, 30) + arrow
    }
  }

  // Decimals below each other, where three of them say something.
  const haveDecimals = columns.map(({ cells, numeric }) => numeric && cells.some((value) => value % 1))
  function inColumn(value, place) {
    const isAligned = haveDecimals[place] && value !== null && (value === 0 || Math.abs(value) >= 1e-3) && Math.abs(value) < 1e4
    return isAligned ? locally(value, { minimumFractionDigits: 3, maximumFractionDigits: 3 }) : written(value)
  }

  // "row 3" needs no "row" before it.
  function label(place, word) {
    return word.startsWith(columns[place].name) ? "" : columns[place].name
  }

  function line(row) {
    const cells = columns.map(({ cells, numeric }, place) =>
      numeric
        ? element("td", { "data-of": columns[place].name }, inColumn(cells[row], place))
        : element("td", { class: "word", "data-of": label(place, cells[row]), title: cells[row] }, cells[row]),
    )
    if (opens.length) {
      const place = element("td", { class: "way" })
      if (opens[row] >= 0) {
        const button = element("button", { type: "button" }, "open")
        const names = columns.filter((column) => !column.numeric).slice(0, 2)
        button.setAttribute("aria-label", `open ${names.map((column) => column.cells[row]).join(" and ")}`)
        button.addEventListener("click", () => {
          choose(opens[row])
          detail.scrollIntoView({ block: "nearest" })
        })
        place.append(button)
      }
      cells.unshift(place)
    }
    return element("tr", {}, ...cells)
  }

  const table = element("table", { class: "pairs" }, element("thead", {}, head), body)
  document.getElementById("list").append(
    element("h2", {}, "The numbers"),
    element("div", { class: "filter" }, element("label", { for: "word" }, "Rows with the word"), search),
    said,
    element("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "List of numbers" }, table),
  )
  draw()
}

paint()
for (const picture of document.querySelectorAll(".figure > svg")) {
  picture.before(element("p", { class: "hint narrow" }, SIDEWAYS))
  picture.parentElement.tabIndex = 0
}
const columns = data.figures.map((figure) => (figure?.kind === "heatmap" ? figure.columns.length : 0))
document.querySelector(".map").classList.toggle("many", Math.max(...columns) > 24)
document.querySelector(".map").classList.toggle("closed", !data.details.length)
const areSmall = data.figures.every((figure) => figure?.kind === "heatmap" && figure.columns.length <= 12)
document.querySelector(".figures").classList.toggle("beside", data.figures.length > 1 && areSmall)
for (const [place, figure] of data.figures.entries()) {
  if (figure) document.getElementById(`figure-${place}`).append(...CHARTS[figure.kind](figure))
}
list()
const opening = data.figures
  .map((figure) => (figure?.kind === "heatmap" ? figure.cells.map((cell) => cell[6]) : []))
  .map((numbers) => numbers.filter((number) => number >= 0))
  .find((numbers) => numbers.length)
// The strongest cell of the first map shows what a cell opens.
if (opening) choose(opening.reduce((one, other) => Math.min(one, other)))
