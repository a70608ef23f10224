const PICTURES = { up: "↑", down: "↓", out: "×" }

export default function ({ data, parentElement, setTriggerValue }) {
  const list = parentElement.querySelector("ol")
  const status = parentElement.querySelector("[role=status]")
  list.setAttribute("aria-label", data.label)
  let entries = data.entries

  const buttonOf = (entry, what, words, isOff, act) => {
    const button = document.createElement("button")
    button.type = "button"
    button.textContent = PICTURES[what]
    button.dataset.of = `${entry.name} ${what}`
    button.setAttribute("aria-label", `${words}: ${entry.title}`)
    button.title = words
    // A disabled button would lose the focus, and with it the keyboard's place.
    button.setAttribute("aria-disabled", String(isOff))
    button.onclick = () => { if (!isOff) act() }
    return button
  }

  const move = (at, by, what) => {
    const moved = entries[at]
    entries = entries.filter(entry => entry !== moved)
    entries.splice(at + by, 0, moved)
    draw(`${moved.name} ${what}`)
    tell(`${moved.title}: now ${at + by + 1} of ${entries.length}.`)
  }

  const takeOut = at => {
    const [taken] = entries.splice(at, 1)
    const next = entries[at] ?? entries[at - 1]
    draw(next && `${next.name} out`)
    tell(`${taken.title} is taken out.`)
  }

  const tell = words => {
    status.textContent = words
    setTriggerValue("order", entries.map(entry => entry.name))
  }

  const lineOf = (entry, at) => {
    const line = document.createElement("li")
    const text = document.createElement("div")
    text.append(
      Object.assign(document.createElement("strong"), { textContent: entry.title }),
      Object.assign(document.createElement("span"), { textContent: entry.about }),
    )
    line.append(
      text,
      buttonOf(entry, "up", "Move up", at === 0, () => move(at, -1, "up")),
      buttonOf(entry, "down", "Move down", at === entries.length - 1, () => move(at, 1, "down")),
      buttonOf(entry, "out", "Take out", false, () => takeOut(at)),
    )
    return line
  }

  const draw = focused => {
    list.replaceChildren(...entries.map(lineOf))
    if (focused) list.querySelector(`[data-of="${CSS.escape(focused)}"]`)?.focus()
  }

  entries = [...data.entries]
  const root = parentElement.getRootNode()
  const active = list.contains(root.activeElement) ? root.activeElement : null
  draw(active?.dataset.of)
}
