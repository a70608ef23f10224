// Links within the app, for components that draw some: they open a page without loading it anew.

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

// Put new children in place; the link that had the focus, by its number, keeps it.
function redraw(parent, children) {
  const links = () => [...parent.querySelectorAll("a")]
  const focused = links().indexOf(parent.getRootNode().activeElement)
  parent.replaceChildren(...children)
  if (focused >= 0) links()[focused]?.focus()
}
