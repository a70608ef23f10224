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
  redraw(parentElement.querySelector(".map"), data.entries.map(lesson))
}
