function element(name, text = "", attributes = {}) {
  const made = document.createElement(name)
  // Every second stretch between asterisks is emphasised.
  text.split("*").forEach((part, index) => {
    if (index % 2 === 0) return made.append(part)
    const emphasis = document.createElement("em")
    emphasis.textContent = part
    made.append(emphasis)
  })
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value)
  return made
}

export default function ({ data, parentElement, setTriggerValue }) {
  // A link says where it leads, for a new tab or a new window; here the server opens it, since
  // the way of the browser's own history would forget how controls were left.
  const link = (lesson, step, text, attributes = {}) => {
    const href = step ? `${lesson}?step=${step}` : lesson
    const made = element("a", text, { href, ...attributes })
    made.onclick = event => {
      const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey
      if (event.button !== 0 || elsewhere) return
      event.preventDefault()
      setTriggerValue("open", { lesson, step })
    }
    return made
  }

  const station = (lesson, { slug, title, standing }) => {
    const made = link(lesson, slug, title, { class: standing, title: standing })
    made.append(element("span", `, ${standing}`, { class: "unseen" }))
    const item = element("li")
    item.append(made)
    return item
  }

  const entry = ({ lesson, title, about, objectives, stations }) => {
    const heading = element("h3")
    heading.append(link(lesson, null, title))
    const left = element("div")
    const list = element("ul", "", { class: "objectives" })
    list.append(...objectives.map(objective => element("li", objective)))
    left.append(heading, element("p", about), list)
    const steps = element("ol", "", { class: "stations" })
    steps.append(...stations.map(each => station(lesson, each)))
    const made = element("li", "", { class: "lesson" })
    made.append(left, steps)
    return made
  }

  const map = parentElement.querySelector(".map")
  const links = () => [...map.querySelectorAll("a")]
  const focused = links().indexOf(map.getRootNode().activeElement)
  map.replaceChildren(...data.entries.map(entry))
  if (focused >= 0) links()[focused]?.focus()
}
