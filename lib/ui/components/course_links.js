export default function ({ data, parentElement, setTriggerValue }) {
  const link = ({ path, title, mark }) => {
    const made = document.createElement("a")
    made.href = path || "./"
    made.className = mark
    made.textContent = title
    if (path === data.current) made.setAttribute("aria-current", "page")
    // A link says where it leads, for a new tab or a new window; here the server opens it, since
    // the way of the browser's own history would forget how controls were left.
    made.onclick = event => {
      const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey
      if (event.button !== 0 || elsewhere) return
      event.preventDefault()
      setTriggerValue("open", { path })
    }
    return made
  }

  const nav = parentElement.querySelector("nav")
  const links = () => [...nav.querySelectorAll("a")]
  const focused = links().indexOf(nav.getRootNode().activeElement)
  nav.replaceChildren(...data.entries.map(link))
  if (focused >= 0) links()[focused]?.focus()
}
