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

function open(event) {
  // A new tab, or a new window, is the browser's own affair.
  if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
  event.preventDefault()
  history.pushState({}, "", event.currentTarget.href)
  // Streamlit follows the address when the browser says that it has changed.
  dispatchEvent(new PopStateEvent("popstate"))
}

function link(path, text, attributes = {}) {
  const made = element("a", text, { href: path, ...attributes })
  made.onclick = open
  return made
}

function station(path, { slug, title, standing }) {
  const made = link(`${path}?step=${slug}`, title, { class: standing, title: standing })
  made.append(element("span", `, ${standing}`, { class: "unseen" }))
  const item = element("li")
  item.append(made)
  return item
}

function lesson({ path, title, about, objectives, stations }) {
  const heading = element("h3")
  heading.append(link(path, title))
  const left = element("div")
  const list = element("ul", "", { class: "objectives" })
  list.append(...objectives.map(objective => element("li", objective)))
  left.append(heading, element("p", about), list)
  const steps = element("ol", "", { class: "stations" })
  steps.append(...stations.map(each => station(path, each)))
  const made = element("li", "", { class: "lesson" })
  made.append(left, steps)
  return made
}

export default function ({ data, parentElement }) {
  const map = parentElement.querySelector(".map")
  const links = () => [...map.querySelectorAll("a")]
  const focused = links().indexOf(map.getRootNode().activeElement)
  map.replaceChildren(...data.entries.map(lesson))
  if (focused >= 0) links()[focused]?.focus()
}
