export default function ({ data, parentElement, setTriggerValue }) {
  const nav = parentElement.querySelector("nav")
  nav.setAttribute("aria-label", data.label)

  const dotOf = (station, index) => {
    const button = document.createElement("button")
    button.type = "button"
    button.className = station.standing
    const place = `Step ${index + 1} of ${data.stations.length}`
    button.setAttribute("aria-label", `${place}: ${station.title}, ${station.standing}`)
    button.title = `${station.title} (${station.standing})`
    if (station.slug === data.current) button.setAttribute("aria-current", "step")
    button.onclick = () => setTriggerValue("go", station.slug)
    const item = document.createElement("li")
    item.append(button)
    return item
  }

  const dots = data.stations.map(dotOf)
  const lists = []
  let from = 0
  for (const { title, count } of data.parts) {
    const list = document.createElement("ol")
    if (title) list.setAttribute("aria-label", title)
    list.append(...dots.slice(from, from + count))
    lists.push(list)
    from += count
  }

  if (data.place) {
    const place = document.createElement("span")
    place.textContent = data.place
    lists.push(place)
  }

  const focused = [...nav.querySelectorAll("button")].indexOf(parentElement.activeElement ?? null)
  nav.replaceChildren(...lists)
  if (focused >= 0) nav.querySelectorAll("button")[focused]?.focus()

  const status = parentElement.querySelector("[role=status]")
  if (status.textContent !== data.announce) status.textContent = data.announce

  // What was read to its end is followed by something new, which begins at the top.
  if (nav.dataset.scene && nav.dataset.scene !== data.scene) {
    document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0)
  }
  nav.dataset.scene = data.scene
}
