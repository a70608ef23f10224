const HEIGHT = 420
const MARGIN = { left: 48, right: 14, top: 12, bottom: 44 }
const PAUSE = 180 // milliseconds between two messages while the point is dragged
const plots = new WeakMap()

export default function ({ data, parentElement, setTriggerValue }) {
  if (!plots.has(parentElement)) plots.set(parentElement, new Plot(parentElement))
  const plot = plots.get(parentElement)
  plot.send = (x, y) => setTriggerValue("move", { x, y })
  plot.show(data)
  return () => {
    plot.stop()
    plots.delete(parentElement)
  }
}

class Plot {
  constructor(root) {
    this.svg = root.querySelector("svg")
    this.status = root.querySelector("[role=status]")
    this.ground = element("g", {})
    this.handle = element("g", { class: "handle", role: "slider", tabindex: 0 })
    // Fingers are wider than the dot.
    const target = element("circle", { r: 22, fill: "transparent" })
    const ring = element("circle", { class: "ring", r: 14, fill: "none", "stroke-width": 2.5 })
    this.dot = element("circle", { r: 9 })
    this.place = element("text", { class: "place" })
    this.handle.append(target, ring, this.dot, this.place)
    this.live = element("text", { class: "live", x: MARGIN.left + 8, y: MARGIN.top + 18 })
    this.svg.replaceChildren(this.ground, this.live, this.handle)
    this.handle.onpointerdown = (event) => this.grasp(event)
    this.handle.onpointermove = (event) => this.drag(event)
    this.handle.onpointerup = this.handle.onpointercancel = () => this.letGo()
    // A finger on the point drags it; anywhere else it scrolls the page. touch-action cannot say so
    // for a part of an SVG.
    this.handle.addEventListener("touchstart", (event) => event.preventDefault(), { passive: false })
    this.handle.onkeydown = (event) => this.press(event)
    this.svg.onclick = (event) => this.jump(event)
    this.observer = new ResizeObserver(() => this.data && this.draw())
    this.observer.observe(this.svg)
    this.sent = []
  }

  stop() {
    clearTimeout(this.timer)
    this.observer.disconnect()
  }

  show(data) {
    const place = String(data.at)
    const answered = this.sent.lastIndexOf(place)
    if (answered >= 0) this.sent.splice(0, answered + 1)
    else if (place !== String(this.data?.at)) this.sent = []
    this.data = data
    // An answer to an earlier place must not pull the point back.
    if (!this.held && !this.timer && !this.sent.length) this.at = data.at
    this.draw()
  }

  draw() {
    const { points, limits, titles, colours, label } = this.data
    this.width = this.svg.clientWidth || 600
    this.svg.setAttribute("viewBox", `0 0 ${this.width} ${HEIGHT}`)
    this.svg.setAttribute("aria-label", `${titles[0]} and ${titles[1]}, with one point to drag`)
    const [x, y] = [0, 1].map((axis) => (value) => this.pixel(axis, value))
    const [left, right] = limits[0].map(x)
    const [bottom, top] = limits[1].map(y)
    const parts = []
    for (const value of ticks(limits[0])) {
      parts.push(line(x(value), bottom, x(value), top, colours.border))
      parts.push(text(x(value), bottom + 18, written(value), colours.muted, "middle"))
    }
    for (const value of ticks(limits[1])) {
      parts.push(line(left, y(value), right, y(value), colours.border))
      parts.push(text(left - 8, y(value) + 4, written(value), colours.muted, "end"))
    }
    parts.push(text((left + right) / 2, HEIGHT - 6, titles[0], colours.muted, "middle"))
    const side = text(12, (top + bottom) / 2, titles[1], colours.muted, "middle")
    side.setAttribute("transform", `rotate(-90 12 ${(top + bottom) / 2})`)
    parts.push(side)
    for (const point of points) {
      const [cx, cy] = [x(point[0]), y(point[1])]
      parts.push(element("circle", { cx, cy, r: 4, fill: colours.link, "fill-opacity": 0.7 }))
    }
    this.ground.replaceChildren(...parts)
    this.dot.setAttribute("fill", colours.accent)
    this.handle.setAttribute("aria-label", label)
    this.put()
  }

  put() {
    const [x, y] = this.at
    const [across, down] = [this.pixel(0, x), this.pixel(1, y)]
    this.handle.setAttribute("transform", `translate(${across} ${down})`)
    const place = `${written(x)}, ${written(y)}`
    const flip = across > this.width - 90
    this.place.setAttribute("x", flip ? -16 : 16)
    this.place.setAttribute("y", down < 40 ? 22 : -12)
    this.place.setAttribute("text-anchor", flip ? "end" : "start")
    this.place.setAttribute("fill", this.data.colours.text)
    this.place.textContent = place
    const all = [...this.data.points, this.at]
    const [xs, ys] = [all.map((point) => point[0]), all.map((point) => point[1])]
    const [r, rho] = [pearson(xs, ys), pearson(ranks(xs), ranks(ys))].map(twoDecimals)
    this.live.textContent = `r ${r}   \u03c1 ${rho}`
    this.live.setAttribute("fill", this.data.colours.text)
    const spoken = `x ${written(x)}, y ${written(y)}, r ${r}, rho ${rho}`
    this.handle.setAttribute("aria-valuetext", spoken)
    this.handle.setAttribute("aria-valuenow", x)
    this.handle.setAttribute("aria-valuemin", this.data.reach[0][0])
    this.handle.setAttribute("aria-valuemax", this.data.reach[0][1])
  }

  pixel(axis, value) {
    const [low, high] = this.data.limits[axis]
    const share = (value - low) / (high - low)
    if (axis === 0) return MARGIN.left + share * (this.width - MARGIN.left - MARGIN.right)
    return HEIGHT - MARGIN.bottom - share * (HEIGHT - MARGIN.top - MARGIN.bottom)
  }

  under(event, box) {
    const across = (event.clientX - box.left) * (this.width / box.width)
    const down = (event.clientY - box.top) * (HEIGHT / box.height)
    const [x, y] = this.data.limits
    const width = this.width - MARGIN.left - MARGIN.right
    const height = HEIGHT - MARGIN.top - MARGIN.bottom
    return [
      x[0] + ((across - MARGIN.left) / width) * (x[1] - x[0]),
      y[0] + ((HEIGHT - MARGIN.bottom - down) / height) * (y[1] - y[0]),
    ]
  }

  move(place) {
    const { reach, step } = this.data
    this.at = place.map((value, axis) => {
      const [low, high] = reach[axis]
      const mark = low + Math.round((value - low) / step) * step
      return Number(Math.min(high, Math.max(low, mark)).toFixed(9))
    })
    this.put()
  }

  grasp(event) {
    if (event.button !== 0 || !event.isPrimary) return
    // Answers may change what stands above the plot; the finger stays where it is.
    const box = this.svg.getBoundingClientRect()
    const under = this.under(event, box)
    this.held = { box, offset: this.at.map((value, axis) => value - under[axis]) }
    this.handle.setPointerCapture(event.pointerId)
    this.handle.focus({ preventScroll: true })
    event.preventDefault()
  }

  drag(event) {
    if (!this.held || !event.isPrimary) return
    const { box, offset } = this.held
    this.move(this.under(event, box).map((value, axis) => value + offset[axis]))
    this.tellSoon()
  }

  letGo() {
    if (!this.held) return
    this.held = null
    // The click that ends a drag is no second move.
    this.dragged = true
    setTimeout(() => (this.dragged = false))
    this.tell()
  }

  jump(event) {
    if (this.dragged) return
    this.move(this.under(event, this.svg.getBoundingClientRect()))
    this.tell()
  }

  press(event) {
    const directions = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] }
    const direction = directions[event.key]
    if (!direction || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    const steps = this.data.step * (event.shiftKey ? 4 : 1)
    this.move(this.at.map((value, axis) => value + direction[axis] * steps))
    this.tellSoon()
  }

  tellSoon() {
    this.timer ??= setTimeout(() => this.tell(), PAUSE)
  }

  tell() {
    clearTimeout(this.timer)
    this.timer = undefined
    const place = String(this.at)
    if (place === (this.sent.at(-1) ?? String(this.data.at))) return
    this.sent.push(place)
    const [x, y] = this.at
    this.status.textContent = `${this.data.label}: x ${written(x)}, y ${written(y)}`
    this.send(x, y)
  }
}

function element(name, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  return made
}

function line(x1, y1, x2, y2, stroke) {
  return element("line", { x1, y1, x2, y2, stroke })
}

function text(x, y, words, fill, anchor) {
  const made = element("text", { x, y, fill, "text-anchor": anchor })
  made.textContent = words
  return made
}

function pearson(xs, ys) {
  const [a, b] = [centred(xs), centred(ys)]
  const product = (left, right) => left.reduce((sum, value, index) => sum + value * right[index], 0)
  return product(a, b) / Math.sqrt(product(a, a) * product(b, b))
}

function centred(values) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return values.map((value) => value - mean)
}

/** From one upwards; equal values share the mean of their ranks. */
function ranks(values) {
  const below = (value) => values.filter((other) => other < value).length
  const equal = (value) => values.filter((other) => other === value).length
  return values.map((value) => below(value) + (equal(value) + 1) / 2)
}

function twoDecimals(value) {
  return Number.isFinite(value) ? value.toFixed(2).replace(/^-(?=0\.00$)/, "").replace("-", "\u2212") : "\u2013"
}

function written(value) {
  return String(Number(value.toFixed(2))).replace("-", "\u2212")
}

/** About five round numbers between the limits. */
function ticks([low, high]) {
  const rough = (high - low) / 5
  const size = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].map((factor) => factor * size).find((width) => width >= rough * 0.8)
  const found = []
  for (let value = Math.ceil(low / step) * step; value <= high + step / 1e6; value += step) {
    found.push(Number(value.toFixed(9)))
  }
  return found
}
