export default function ({ data, parentElement, setTriggerValue }) {
  const nav = parentElement.querySelector("nav")
  nav.setAttribute("aria-label", "Steps of this lesson")

  const list = document.createElement("ol")
  data.dots.forEach((dot, index) => {
    const button = document.createElement("button")
    button.type = "button"
    button.className = dot.standing
    const label = `Step ${index + 1} of ${data.dots.length}: ${dot.name}, ${dot.standing}`
    button.setAttribute("aria-label", label)
    button.title = `${dot.name} (${dot.standing})`
    if (dot.step === data.current) button.setAttribute("aria-current", "step")
    button.onclick = () => setTriggerValue("go", dot.step)
    const item = document.createElement("li")
    item.append(button)
    list.append(item)
  })

  const focused = [...nav.querySelectorAll("button")].indexOf(parentElement.activeElement ?? null)
  nav.replaceChildren(list)
  if (focused >= 0) nav.querySelectorAll("button")[focused]?.focus()

  const status = parentElement.querySelector("[role=status]")
  if (status.textContent !== data.announce) status.textContent = data.announce
}
