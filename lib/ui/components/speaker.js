// Drives the presentation of the name that this window was opened with, and follows it.

const PATIENCE = 1500 // milliseconds in which a presentation answers
const KEYS = {
  " ": "reveal", PageDown: "reveal", PageUp: "hide", b: "blank", B: "blank", ".": "blank",
  "+": "larger", "=": "larger", "-": "smaller", t: "clock", T: "reset", f: "focus", F: "focus",
}
const ARROWS = {
  ArrowUp: ["arrow_upward", "The cell above"],
  ArrowDown: ["arrow_downward", "The cell below"],
  ArrowLeft: ["arrow_back", "The cell to the left"],
  ArrowRight: ["arrow_forward", "The cell to the right"],
}
const PRESSED = "button, a, summary, input, textarea, select, [role=button]," +
  " [tabindex]:not(main)"

let speaker = null

export default function ({ data, parentElement, setTriggerValue }) {
  if (speaker?.root !== parentElement || speaker.data.presentation !== data.presentation) {
    speaker?.stop()
    speaker = new Speaker(parentElement, data)
  }
  speaker.show(data, at => setTriggerValue("at", at))
  const drawn = speaker
  return () => {
    drawn.stop()
    if (speaker === drawn) speaker = null
  }
}

class Speaker {
  constructor(root, data) {
    this.root = root
    this.data = data
    this.status = root.querySelector("[role=status]")
    this.number = 0
    this.build(root.querySelector("section"))
    this.listen(data.presentation)
    this.onKey = event => this.hear(event)
    addEventListener("keydown", this.onKey, true)
    this.ticking = setInterval(() => this.tick(), 250)
    this.draw()
  }

  stop() {
    removeEventListener("keydown", this.onKey, true)
    clearInterval(this.ticking)
    clearTimeout(this.waiting)
    this.channel?.close()
  }

  listen(presentation) {
    if (!window.BroadcastChannel || !presentation) return
    // A presentation that is opened again from here gets its old name by this.
    try {
      sessionStorage.setItem("stage/name", JSON.stringify(presentation))
    } catch {
      // Storage is blocked: it will have another one, and a speaker's window of its own.
    }
    this.channel = new BroadcastChannel(`stage/${presentation}`)
    this.channel.onmessage = ({ data }) => {
      if (data?.at) this.follow(data.at)
      else if (data?.gone) this.miss()
      else if (data?.heard === this.number) clearTimeout(this.waiting)
    }
    this.ask()
  }

  ask() {
    this.channel.postMessage({ ask: true })
    this.miss()
  }

  /** Say that the presentation is not there, unless it speaks within a moment: it may be reloaded. */
  miss() {
    clearTimeout(this.waiting)
    this.waiting = setTimeout(() => {
      this.at = null
      this.draw()
    }, PATIENCE)
  }

  follow(at) {
    clearTimeout(this.waiting)
    this.at = at
    this.draw()
    this.turn()
  }

  /** Have the notes be those of the step that is on the screen. */
  turn() {
    const { lesson, step, talk } = this.at ?? {}
    const place = JSON.stringify([lesson, step, talk])
    const drawn = JSON.stringify([this.data.lesson, this.data.step, this.data.talk])
    if (!lesson || place === drawn || place === this.turned) return
    this.turned = place
    this.send({ lesson, step, talk })
  }

  show(data, send) {
    this.data = data
    this.send = send
    this.turned = null
    this.turn()
  }

  order(order) {
    if (!this.channel) return
    this.number += 1
    this.channel.postMessage({ order, number: this.number })
    this.miss()
  }

  build(section) {
    const make = (tag, name, text = "") => {
      const made = document.createElement(tag)
      made.className = name
      made.textContent = text
      return made
    }
    const button = (order, icon, label) => {
      const made = make("button", order)
      made.type = "button"
      made.onclick = () => this.order(order)
      const sign = make("span", "icon", icon)
      sign.setAttribute("aria-hidden", "true")
      made.append(sign, make("span", "label", label))
      return made
    }
    const row = (...parts) => {
      const made = make("div", "row")
      made.append(...parts)
      return made
    }
    this.now = make("p", "now")
    this.lost = make("div", "lost")
    const again = make("button", "again", "Open it again")
    again.onclick = () => this.reopen()
    this.lost.append(make("p", "", "The presentation's window is closed."), again)
    this.time = make("p", "time")
    this.reveal = button("reveal", "visibility", "Reveal")
    this.clock = button("clock", "timer", "Start the timer")
    this.blank = button("blank", "desktop_access_disabled", "Blank screen")
    this.focus = button("focus", "center_focus_strong", "One cell alone")
    this.buttons = {
      reveal: this.reveal,
      hide: button("hide", "undo", "Back"),
      previous: button("previous", "arrow_back", "Previous step"),
      next: button("next", "arrow_forward", "Next step"),
      blank: this.blank,
      smaller: button("smaller", "text_decrease", "Smaller"),
      larger: button("larger", "text_increase", "Larger"),
      focus: this.focus,
      clock: this.clock,
      reset: button("reset", "restart_alt", "Set it back"),
    }
    const { buttons } = this
    this.arrows = Object.entries(ARROWS).map(([key, [icon, label]]) => {
      const arrow = button(key, icon, "")
      arrow.setAttribute("aria-label", label)
      return arrow
    })
    this.drive = make("div", "drive")
    this.drive.append(
      row(this.reveal, buttons.hide, buttons.previous, buttons.next),
      row(buttons.blank, buttons.smaller, buttons.larger, buttons.focus, ...this.arrows),
    )
    const times = make("div", "times")
    times.append(this.time, row(this.clock, buttons.reset))
    section.replaceChildren(this.now, this.lost, times, this.drive)
  }

  label(button, label) {
    const place = button.querySelector(".label")
    if (place.textContent !== label) place.textContent = label
  }

  draw() {
    const { at } = this
    this.lost.hidden = Boolean(at) || this.at === undefined
    for (const button of this.root.querySelectorAll(".drive button, .times button")) {
      button.disabled = !at || at.can[button.className] === false
    }
    for (const arrow of this.arrows) arrow.hidden = !at?.cell
    if (!at) {
      this.now.textContent = this.at === undefined ? "Looking for the presentation \u2026" : ""
      if (this.at === null) this.say("The presentation's window is closed.")
      return
    }
    this.label(this.reveal, at.reveals || "Nothing more to reveal")
    this.label(this.blank, at.blank ? "Show the screen again" : "Blank screen")
    this.label(this.focus, at.cell ? "All cells again" : "One cell alone")
    this.blank.setAttribute("aria-pressed", at.blank)
    this.focus.setAttribute("aria-pressed", Boolean(at.cell))
    const cell = at.cell ? `: ${at.cell.column} \u00d7 ${at.cell.row}` : ""
    const screen = at.blank ? "The screen is blank" : `On the screen: ${at.title}${cell}`
    this.now.textContent = screen
    this.say(`${screen}. ${at.reveals ? `Next: ${at.reveals}.` : ""}`)
    this.tick()
  }

  say(words) {
    if (this.status.textContent !== words) this.status.textContent = words
  }

  tick() {
    if (!this.at) return
    const { clock, minutes } = this.at
    const seconds = reading(clock, minutes)
    const words = minutes ? `left of ${minutes} minutes` : "passed"
    const text = `${asTime(seconds)} ${words}`
    if (this.time.textContent !== text) this.time.textContent = text
    this.time.classList.toggle("over", seconds < 0)
    const isNew = clock.began === null && clock.kept === 0
    const label = clock.began !== null ? "Pause the timer" : "Start the timer"
    this.label(this.clock, isNew || clock.began !== null ? label : "Go on with the timer")
  }

  reopen() {
    const { lesson, step, talk } = this.data
    const address = new URL(lesson, location.href)
    address.search = new URLSearchParams({ step, present: "1", ...(talk ? { talk } : {}) })
    open(address)
  }

  hear(event) {
    if (event.altKey || event.metaKey || event.isComposing) return
    const order = this.orderOf(event)
    if (!order) return
    event.preventDefault()
    event.stopPropagation()
    this.order(order)
  }

  orderOf(event) {
    if (event.ctrlKey) return { ArrowLeft: "previous", ArrowRight: "next" }[event.key]
    if (event.key in ARROWS) return this.at?.cell ? event.key : null
    if (event.key === " " && event.composedPath()[0].closest?.(PRESSED)) return null
    return KEYS[event.key]
  }
}
