// A presentation is one window. It has a name of its own, under which a speaker's window drives it:
// another presentation in the same browser does not listen to that.

const KEPT = "stage"
const SIZE = "--stage-size"
const FIT = "--stage-fit"
const FOCUS = "One cell alone (F)"
const PAUSE = 100 // milliseconds in which changes of the page are gathered
const HELP = [
  ["Space, \u2192, Page down", "reveal what comes next, then the next step"],
  ["\u2190, Page up", "hide it again, then the step before"],
  ["Ctrl + \u2190, Ctrl + \u2192", "the step before, the next step"],
  ["B or .", "a blank screen, and back"],
  ["+ and \u2212", "larger and smaller type"],
  ["T", "start the timer, or let it pause"],
  ["Shift + T", "set the timer back"],
  ["F", "one cell alone: arrow keys or a click choose it, Esc shows all again"],
  ["?", "these keys"],
]
const TEXT = "input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable=true]," +
  " [role=slider], [role=combobox], [role=listbox], [role=gridcell]"
const PRESSED = `${TEXT}, button, a, summary, input, label, [role=tab], [role=button],` +
  " [tabindex]:not(main)"
// In a box of one line these would scroll the page.
const PAGED = "textarea, select, [type=range], [role=slider], [role=combobox], [role=listbox]," +
  " [role=gridcell]"
const TURNED = `${TEXT}, [type=radio], [role=radio], [role=radiogroup], [role=tab], [role=grid],` +
  " [role=group], [role=menu], [role=dialog], [data-testid=stButtonGroup]"
// What a mouse has pressed here does not keep the focus: the next Space reveals.
const AROUND = ".st-key-lesson-bar, .st-key-lesson-text, .st-key-view [role=tablist]"

const PAGING = { PageDown: "reveal", PageUp: "hide" }
const SIDEWAYS = { ArrowRight: "reveal", ArrowLeft: "hide" }
const POINTING = ["pointerdown", "focusin"]

const memory = new Map()

function recall(name) {
  try {
    return JSON.parse(sessionStorage.getItem(`${KEPT}/${name}`))
  } catch {
    return memory.get(name) ?? null
  }
}

function keep(name, value) {
  memory.set(name, value)
  try {
    sessionStorage.setItem(`${KEPT}/${name}`, JSON.stringify(value))
  } catch {
    // Storage is blocked: it is known until a reload.
  }
}

const newName = () =>
  [...crypto.getRandomValues(new Uint8Array(8))].map(byte => byte.toString(16).padStart(2, "0"))
    .join("")

const me = newName()
const readClock = () => {
  const { kept = 0, began = null } = recall("clock") ?? {}
  return { kept: Number(kept) || 0, began: Number.isFinite(began) ? began : null }
}

let name = recall("name") ?? newName()
let clock = readClock()
let channel = null
let stage = null
let told = ""

/** A copied tab has the name of the one that it was copied from: whoever comes later takes another. */
function listen() {
  if (!window.BroadcastChannel) return
  channel?.close()
  keep("name", name)
  channel = new BroadcastChannel(`${KEPT}/${name}`)
  channel.onmessage = ({ data }) => {
    if (!stage) return
    if (data?.stage && data.stage !== me && data.arrived) channel.postMessage({ taken: data.stage })
    else if (data?.taken === me) {
      name = newName()
      listen()
    } else if (data?.ask) tell(true)
    else if (Object.hasOwn(stage.orders, data?.order)) {
      stage.orders[data.order]()
      channel.postMessage({ heard: data.number })
      tell(true)
    }
  }
  channel.postMessage({ stage: me, arrived: true })
}

/** Tell the speaker's window where this one is, if that is news or it asks. */
function tell(always = false) {
  if (!stage || !channel) return
  const at = stage.where()
  const text = JSON.stringify(at)
  if (always || text !== told) channel.postMessage({ at })
  told = text
}

addEventListener("pagehide", () => channel?.postMessage({ gone: true }))

export default function ({ data, parentElement, setTriggerValue }) {
  if (stage?.root !== parentElement) {
    stage?.stop()
    stage = new Stage(parentElement)
    if (!channel) listen()
  }
  stage.show(data, size => setTriggerValue("size", size))
  const drawn = stage
  return () => {
    drawn.stop()
    if (stage !== drawn) return
    stage = null
    told = ""
    channel?.postMessage({ gone: true })
  }
}

class Stage {
  constructor(root) {
    this.root = root
    const part = selector => root.querySelector(selector)
    this.status = part("[role=status]")
    this.blank = part(".blank")
    this.help = part(".help")
    this.focus = new Focus(part(".veil"), names => this.sayCell(names))
    this.orders = {
      reveal: () => this.press("reveal"),
      hide: () => this.press("hide") || this.press("previous"),
      next: () => this.press("next"),
      previous: () => this.press("previous"),
      blank: () => this.turnBlank(),
      larger: () => this.resize(1),
      smaller: () => this.resize(-1),
      focus: () => this.turnFocus(),
      clock: () => this.turnClock(),
      reset: () => this.setClock({ kept: 0, began: null }),
      ...Object.fromEntries(
        Object.keys(TURNS).map(key => [key, () => this.focus.isOn && this.focus.move(key)]),
      ),
    }
    this.buildBar(part("[role=toolbar]"))
    this.buildDialogs()
    this.onKey = event => this.hear(event)
    addEventListener("keydown", this.onKey, true)
    this.isPointing = false
    this.onPoint = event => this.letGo(event)
    for (const kind of POINTING) addEventListener(kind, this.onPoint, true)
    this.onResize = () => this.fit()
    addEventListener("resize", this.onResize)
    this.ticking = setInterval(() => this.tick(), 250)
    this.observer = new MutationObserver(() => {
      clearTimeout(this.rest)
      this.rest = setTimeout(() => {
        this.focus.refresh()
        this.fit()
        this.mark()
        tell()
      }, PAUSE)
    })
    const page = document.querySelector("[data-testid=stMain]") ?? document.body
    const what = { childList: true, characterData: true, attributeFilter: ["disabled"] }
    this.observer.observe(page, { subtree: true, ...what })
  }

  stop() {
    removeEventListener("keydown", this.onKey, true)
    for (const kind of POINTING) removeEventListener(kind, this.onPoint, true)
    clearInterval(this.ticking)
    clearTimeout(this.rest)
    this.observer.disconnect()
    this.focus.end()
    removeEventListener("resize", this.onResize)
    for (const name of [SIZE, FIT]) document.documentElement.style.removeProperty(name)
  }

  show(data, send) {
    this.data = data
    this.send = send
    // Until the server has drawn the page for it, the type is as large by itself.
    if (this.wanted === undefined || this.wanted === data.size) {
      this.wanted = data.size
      document.documentElement.style.removeProperty(SIZE)
    }
    this.focus.refresh()
    this.fit()
    this.tick()
    this.mark()
    tell()
  }

  /** What the speaker's window shows. */
  where() {
    const { lesson, step, title, shown, talk, minutes } = this.data
    const label = this.button("reveal")?.querySelector("p")?.textContent ?? ""
    return {
      ...{ lesson, step, title, shown, talk, minutes, clock },
      reveals: label,
      can: {
        reveal: Boolean(label),
        hide: this.can("hide") || this.can("previous"),
        next: this.can("next"),
        previous: this.can("previous"),
        larger: this.nextSize(1) !== undefined,
        smaller: this.nextSize(-1) !== undefined,
        focus: mapsOnScreen().length > 0,
      },
      blank: this.blank.open,
      cell: this.focus.names,
    }
  }

  // The page's own buttons.

  button(key) {
    return document.querySelector(`.st-key-${key} button`)
  }

  can(key) {
    return this.button(key)?.disabled === false
  }

  press(key) {
    if (!this.can(key)) return false
    this.focus.end()
    this.button(key).click()
    return true
  }

  // The bar.

  buildBar(bar) {
    const build = (key, icon, label, act) => {
      const button = document.createElement("button")
      button.type = "button"
      button.className = key
      button.onclick = act
      const sign = document.createElement("span")
      sign.className = "icon"
      sign.setAttribute("aria-hidden", "true")
      sign.textContent = icon
      button.append(sign)
      this.name(button, label)
      bar.append(button)
      return button
    }
    bar.replaceChildren()
    const { orders } = this
    this.timer = build("timer", "timer", "Timer", orders.clock)
    this.time = document.createElement("span")
    this.timer.append(this.time)
    this.focusing = build("focus", "center_focus_strong", FOCUS, orders.focus)
    this.smaller = build("smaller", "text_decrease", "Smaller type (\u2212)", orders.smaller)
    this.larger = build("larger", "text_increase", "Larger type (+)", orders.larger)
    build("blanking", "desktop_access_disabled", "Blank screen (B)", orders.blank)
    build("speaker", "co_present", "Open the speaker's window", () => this.openSpeaker())
    build("keys", "keyboard", "Keys (?)", () => this.help.showModal())
  }

  name(button, label) {
    button.title = label
    button.setAttribute("aria-label", label)
  }

  mark() {
    this.smaller.disabled = this.nextSize(-1) === undefined
    this.larger.disabled = this.nextSize(1) === undefined
    this.focusing.setAttribute("aria-pressed", this.focus.isOn)
    this.focusing.disabled = mapsOnScreen().length === 0
    const why = this.focusing.disabled ? ": there is no heatmap on the screen" : ""
    if (this.focusing.title !== FOCUS + why) this.name(this.focusing, FOCUS + why)
  }

  say(words) {
    this.status.textContent = words
    tell()
  }

  openSpeaker() {
    const { lesson, step, talk } = this.data
    const address = new URL("stage", location.href)
    const told = { view: "speaker", with: name, lesson, step, ...(talk ? { talk } : {}) }
    address.search = new URLSearchParams(told)
    open(address, `speaker-${name}`, "popup,width=1100,height=800")
  }

  // A blank screen, and the keys.

  buildDialogs() {
    const back = document.createElement("button")
    back.textContent = "Show the screen again"
    back.onclick = () => this.turnBlank()
    this.blank.tabIndex = -1
    this.blank.replaceChildren(back)
    this.blank.onclick = event => event.target === this.blank && this.turnBlank()
    this.blank.onclose = () => this.say("The screen is shown again.")
    const list = document.createElement("dl")
    for (const [keys, meaning] of HELP) {
      const [term, words] = ["dt", "dd"].map(tag => document.createElement(tag))
      term.textContent = keys
      words.textContent = meaning
      list.append(term, words)
    }
    const title = document.createElement("h2")
    title.textContent = "Keys"
    const close = document.createElement("button")
    close.textContent = "Close"
    close.onclick = () => this.help.close()
    this.help.replaceChildren(title, list, close)
  }

  turnBlank() {
    if (this.blank.open) return this.blank.close()
    this.help.close()
    this.blank.showModal()
    this.blank.focus()
    this.say("The screen is blank.")
  }

  // Type.

  nextSize(by) {
    const { sizes } = this.data
    return sizes[sizes.indexOf(this.wanted ?? this.data.size) + by]
  }

  resize(by) {
    const size = this.nextSize(by)
    if (size === undefined) return
    document.documentElement.style.setProperty(SIZE, size)
    this.wanted = size
    this.fit()
    this.send(size)
    this.mark()
    this.say(by > 0 ? "Larger type." : "Smaller type.")
  }

  /** A question with its answers stays on the screen, if need be in the next smaller type. */
  fit() {
    const root = document.documentElement.style
    const question = document.querySelector(".st-key-prediction")
    if (!question) return root.removeProperty(FIT)
    const main = document.querySelector("[data-testid=stMain]")
    const isTried = size => size === this.wanted || (1 <= size && size < this.wanted)
    for (const size of this.data.sizes.filter(isTried).reverse()) {
      root.setProperty(FIT, size)
      if (question.getBoundingClientRect().bottom + main.scrollTop <= innerHeight) return
    }
  }

  // One cell.

  turnFocus() {
    if (this.focus.isOn) this.focus.end()
    else if (!this.focus.begin()) this.say("There is no heatmap on the screen.")
  }

  sayCell(names) {
    this.mark()
    this.say(names ? `Row ${names.row}, column ${names.column}.` : "All cells are shown again.")
  }

  // The timer.

  turnClock() {
    const { kept, began } = clock
    if (began === null) this.setClock({ kept, began: Date.now() })
    else this.setClock({ kept: kept + Date.now() - began, began: null })
  }

  setClock(next) {
    clock = next
    keep("clock", clock)
    this.tick()
    tell()
  }

  tick() {
    const { minutes } = this.data ?? {}
    const seconds = reading(clock, minutes)
    const time = asTime(seconds)
    const act = clock.began === null ? "start" : "pause"
    const label = `${time} ${minutes ? "left" : "passed"}: ${act} the timer (T)`
    if (this.time.textContent !== time) this.time.textContent = time
    if (this.timer.title !== label) this.name(this.timer, label)
    this.timer.classList.toggle("over", seconds < 0)
    this.timer.classList.toggle("runs", clock.began !== null)
  }

  // Keys.

  /** After Tab it is keys that the focus follows: it stays where they put it. */
  letGo(event) {
    if (event.type === "pointerdown") this.isPointing = true
    const path = event.composedPath()
    const isAround = path.some(each => each.matches?.(AROUND))
    const pressed = path[0].closest?.("button, summary, [role=tab]")
    if (this.isPointing && event.type === "focusin" && pressed && isAround) path[0].blur()
  }

  hear(event) {
    if (event.key === "Tab") this.isPointing = false
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return
    const act = this.actOf(event)
    if (!act) return
    event.preventDefault()
    event.stopPropagation()
    act()
  }

  actOf(event) {
    const { orders, blank, help, focus } = this
    const { key } = event
    const target = event.composedPath()[0]
    if (help.open) return key === "?" ? () => help.close() : null
    if (blank.open) return ["b", "B", "."].includes(key) ? orders.blank : null
    if (focus.isOn) {
      if (key === "Escape") return () => focus.end()
      if (key in TURNS) return orders[key]
    }
    if (key in PAGING && !target.closest?.(PAGED)) return orders[PAGING[key]]
    if (target.closest?.(TEXT)) return null
    if (key === " ") return target.closest?.(PRESSED) ? null : orders.reveal
    if (key in SIDEWAYS) return target.closest?.(TURNED) ? null : orders[SIDEWAYS[key]]
    if (key === "T") return orders.reset
    return {
      b: orders.blank,
      B: orders.blank,
      ".": orders.blank,
      "+": orders.larger,
      "=": orders.larger,
      "-": orders.smaller,
      t: orders.clock,
      f: orders.focus,
      F: orders.focus,
      "?": () => help.showModal(),
    }[key]
  }
}
