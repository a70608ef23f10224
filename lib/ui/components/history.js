let parameters = []

const screen = address =>
  [address.pathname, ...parameters.map(name => address.searchParams.get(name) ?? "")].join("\n")

function isSameScreen(here, there) {
  // A page that was opened by its path alone opens one of its screens, and says so afterwards.
  const isFilledIn = here.pathname === there.pathname && !here.search
  return isFilledIn || screen(here) === screen(there)
}

const push = history.pushState.bind(history)

history.pushState = (state, unused, url) => {
  const there = new URL(url ?? "", location.href)
  if (isSameScreen(new URL(location.href), there)) history.replaceState(state, unused, url)
  else push(state, unused, url)
}

export default function ({ data }) {
  parameters = data.parameters
}
