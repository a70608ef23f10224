const SIDE = 300
const EDGE = 16
const STEP = 0.01
const LEAP = 0.05
const SHAPES = ["circle", "square", "triangle"]
const races = new WeakMap()

export default function ({ data, parentElement, setTriggerValue }) {
  if (!races.has(parentElement)) races.set(parentElement, new Race(parentElement))
  const race = races.get(parentElement)
  race.send = (guesses) => setTriggerValue("done", guesses)
  race.show(data)
  return () => {
    race.stop()
    races.delete(parentElement)
  }
}

class Race {
  constructor(root) {
    this.bar = root.querySelector(".bar")
    this.svg = root.querySelector("svg.plot")
    this.answer = root.querySelector(".answer")
    this.before = root.querySelector(".before p")
    this.last = root.querySelector(".before svg")
    this.last.setAttribute("viewBox", `0 0 ${SIDE} ${SIDE}`)
    this.svg.setAttribute("viewBox", `0 0 ${SIDE} ${SIDE}`)
    this.press = (event) => this.key(event)
  }

  /** What comes while a deck is played, such as another theme, does not begin it anew. */
  show(data) {
    const isNew = data.name !== this.data?.name
    this.data = data
    if (isNew) this.offer()
    else if (this.running) this.draw()
  }

  offer() {
    this.stop()
    const { seconds, plots } = this.data
    const how = seconds ? `${seconds} seconds` : `${plots.length} plots, no clock`
    this.bar.replaceChildren(text("span", how))
    this.svg.replaceChildren()
    this.svg.style.display = "none"
    const start = button("Start", () => this.start())
    start.classList.add("first")
    this.answer.replaceChildren(start)
    this.before.textContent = ""
    this.last.replaceChildren()
  }

  start() {
    this.guesses = []
    this.right = 0
    this.at = 0
    this.running = true
    this.svg.style.display = ""
    this.time = text("span", "")
    this.count = text("span", "")
    this.bar.replaceChildren(this.time, this.count)
    this.ask()
    this.until = this.data.seconds ? performance.now() + 1000 * this.data.seconds : Infinity
    this.timer = setInterval(() => this.tick(), 100)
    document.addEventListener("keydown", this.press)
    this.tick()
    this.draw()
  }

  stop() {
    clearInterval(this.timer)
    document.removeEventListener("keydown", this.press)
    this.running = false
  }

  tick() {
    const left = (this.until - performance.now()) / 1000
    this.time.textContent = Number.isFinite(left)
      ? `${Math.max(0, Math.ceil(left))} s left`
      : `${this.at + 1} of ${this.data.plots.length}`
    if (left <= 0) this.finish()
  }

  ask() {
    if (this.data.challenge === "kind") {
      this.answer.replaceChildren(
        ...this.data.kinds.map((kind, number) =>
          button(`${number + 1} · ${kind}`, () => this.say(number)),
        ),
      )
      return
    }
    this.label = text("label", "")
    this.slider = document.createElement("input")
    Object.assign(this.slider, { type: "range", min: -1, max: 1, step: STEP, id: "speed-r" })
    this.label.htmlFor = "speed-r"
    this.slider.oninput = () => this.name()
    const say = button("That is r", () => this.say(Number(this.slider.value)))
    say.classList.add("first")
    this.answer.replaceChildren(this.label, this.slider, say)
    this.begin()
  }

  begin() {
    this.slider.value = 0
    this.name()
    this.slider.focus({ preventScroll: true })
  }

  name() {
    const value = written(Number(this.slider.value))
    this.label.textContent = `r is about ${value}`
    this.slider.setAttribute("aria-valuetext", value)
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (this.data.challenge === "kind") {
      const number = Number(event.key) - 1
      if (!(number in this.data.kinds)) return
      this.say(number)
    } else if (event.key === "Enter" && event.composedPath()[0]?.tagName !== "BUTTON") {
      this.say(Number(this.slider.value))
    } else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      const by = event.key === "ArrowUp" ? LEAP : -LEAP
      this.slider.value = Number(this.slider.value) + by
      this.name()
    } else return
    event.preventDefault()
    event.stopPropagation()
  }

  say(said) {
    const plot = this.data.plots[this.at]
    const isRight = Math.abs(said - plot.truth) <= plot.near + 1e-9
    this.guesses.push({ truth: plot.truth, said })
    this.right += isRight
    const { kinds, challenge } = this.data
    const truth = challenge === "kind" ? `${kinds[plot.truth]}: ${plot.why}` : plot.why
    const mine = challenge === "kind" ? kinds[said] : written(said)
    this.before.textContent = isRight ? `Right. ${truth}.` : `Not quite: you said ${mine}. ${truth}.`
    // The verdict stands beside the plot that it is about.
    this.last.replaceChildren(...[...this.svg.childNodes].map((each) => each.cloneNode(true)))
    this.at += 1
    if (this.at >= this.data.plots.length) return this.finish()
    this.draw()
    if (this.slider) this.begin()
  }

  finish() {
    this.stop()
    this.bar.replaceChildren(text("span", `${this.right} of ${this.guesses.length} right`))
    this.svg.style.display = "none"
    this.answer.replaceChildren()
    this.slider = null
    if (this.guesses.length) this.send(this.guesses)
    else this.offer()
  }

  draw() {
    const { points, groups, words } = this.data.plots[this.at]
    this.count.textContent = `${this.right} of ${this.guesses.length} right`
    this.svg.setAttribute("aria-label", `A scatter plot. ${words}`)
    const [x, y] = [0, 1].map((axis) => scale(points.map((point) => point[axis])))
    this.svg.replaceChildren(
      ...points.map((point, row) =>
        mark(x(point[0]), SIDE - y(point[1]), groups[row], this.data.colours),
      ),
    )
  }
}

function scale(values) {
  const low = Math.min(...values)
  const high = Math.max(...values)
  return (value) => EDGE + ((value - low) / (high - low || 1)) * (SIDE - 2 * EDGE)
}

function mark(x, y, group, colours) {
  const shape = SHAPES[group % SHAPES.length]
  const fill = colours[group % colours.length]
  if (shape === "circle") return element("circle", { cx: x, cy: y, r: 4.5, fill })
  if (shape === "square") return element("rect", { x: x - 4, y: y - 4, width: 8, height: 8, fill })
  return element("path", { d: `M${x} ${y - 5.5}l5 9h-10z`, fill })
}

function element(name, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  return made
}

function text(name, words) {
  const made = document.createElement(name)
  made.textContent = words
  return made
}

function button(words, onclick) {
  const made = text("button", words)
  made.type = "button"
  made.onclick = onclick
  return made
}

function written(value) {
  return value.toFixed(2).replace("-", "\u2212")
}
