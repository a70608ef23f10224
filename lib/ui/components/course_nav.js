function page({ path, label, icon }, current) {
  // Relative, since the app may live below another address; the root is the folder itself.
  const made = link(path || "./", "", path === current ? { "aria-current": "page" } : {})
  made.append(element("span", icon, { class: "icon", "aria-hidden": "true" }))
  made.append(element("span", label))
  const item = element("li")
  item.append(made)
  return item
}

function closeOnPhones() {
  if (!matchMedia("(max-width: 768px)").matches) return
  document.querySelector("[data-testid=stSidebarCollapseButton] button")?.click()
}

export default function ({ data, parentElement }) {
  const nav = parentElement.querySelector("nav")
  nav.setAttribute("aria-label", "Pages")
  nav.onclick = event => { if (event.target.closest("a")) closeOnPhones() }
  redraw(nav.querySelector("ul"), data.entries.map(entry => page(entry, data.current)))
}
