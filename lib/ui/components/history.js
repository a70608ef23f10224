let parameters = []
let hasActed = false

for (const act of ["pointerdown", "keydown"]) {
  addEventListener(act, () => { hasActed = true }, true)
}

const screen = address =>
  [address.pathname, ...parameters.map(name => address.searchParams.get(name) ?? "")].join("\n")

const push = history.pushState.bind(history)

// Streamlit writes path and parameters one after the other, in either order.
history.pushState = (state, unused, url) => {
  const isAnother = screen(new URL(url ?? "", location.href)) !== screen(new URL(location.href))
  if (!isAnother || !hasActed) return history.replaceState(state, unused, url)
  hasActed = false
  push(state, unused, url)
}

export default function ({ data }) {
  parameters = data.parameters
}
