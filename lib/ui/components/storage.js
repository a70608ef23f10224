// Back leads to the screen before: Streamlit writes more entries than a learner turned pages.
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

// What this tab knows to be stored, what of it the server was told last, how often, and how wide
// and high the page was then.
let known = null
let told = null
let answers = 0
let toldRoom = 0
let toldHeight = 0

// Not every browser says when it is idle.
const whenIdle = act =>
  window.requestIdleCallback ? requestIdleCallback(act, { timeout: 3000 }) : setTimeout(act, 1000)

// Moved and not copied: there may be no room for two. What was set aside before stays.
function setAside(name, unread, stored) {
  const free = localStorage.getItem(unread) === null ? unread : `${unread}/${Date.now()}`
  localStorage.removeItem(name)
  try {
    localStorage.setItem(free, stored)
  } catch (error) {
    localStorage.setItem(name, stored)
    throw error
  }
}

// A server that was started anew knows nothing of this page, and the next click would reach nobody.
let speakAgain = () => {}
let wasLost = false
const app = document.querySelector("[data-testid=stApp]")
const notice = () => {
  const isConnected = app.dataset.testConnectionState === "CONNECTED"
  if (isConnected && wasLost) speakAgain()
  wasLost = !isConnected
}
if (app) {
  const attributeFilter = ["data-test-connection-state"]
  new MutationObserver(notice).observe(app, { attributes: true, attributeFilter })
}

// What a figure is drawn for. A phone that is turned, a sidebar that is closed change it; what is
// less than the server's own steps is no news. A phone's own bars come and go above the page.
const main = document.querySelector("[data-testid=stMain]")
const room = () => main?.clientWidth ?? innerWidth

// What a presentation docks at its foot takes from the figure what is higher than one row.
const ROW = 100, WIDE_ROW = 130, WIDE = 1600
const docked = () => {
  const controls = document.querySelector(".st-key-controls")
  const isDocked = controls && getComputedStyle(controls).position === "fixed"
  return isDocked ? controls.getBoundingClientRect().height : 0
}
const height = () => {
  const row = room() >= WIDE ? WIDE_ROW : ROW
  return Math.round((main?.clientHeight ?? innerHeight) - Math.max(0, docked() - row))
}
const isOther = () =>
  Math.abs(room() - toldRoom) >= 20 || (room() > 640 && Math.abs(height() - toldHeight) >= 20)
let rest
const observer = new ResizeObserver(() => {
  clearTimeout(rest)
  rest = setTimeout(() => { if (toldRoom && isOther()) speakAgain() }, 300)
})
if (main) {
  observer.observe(main)
  // It grows as a step is drawn, and with it what is docked.
  for (const page of main.querySelectorAll("[data-testid=stMainBlockContainer]")) {
    observer.observe(page)
  }
}

export default function ({ data, setStateValue }) {
  const { name, session, text, heard, refused } = data
  parameters = data.screen
  const controls = document.querySelector(".st-key-controls")
  if (controls) observer.observe(controls)
  const unread = `${name}/unread`

  const answer = (stored, aside) => {
    known = told = stored
    answers += 1
    toldRoom = room()
    toldHeight = height()
    const page = { room: toldRoom, height: toldHeight }
    setStateValue("stored", { session, number: answers, text: stored, unread: aside, ...page })
  }

  speakAgain = () => answer(known ?? "", "")

  try {
    const stored = localStorage.getItem(name) ?? ""
    // Asked again, it answers again: an answer may have been lost with a run cut short.
    if (text === null || heard !== answers || stored !== known) {
      const aside = localStorage.getItem(unread) ?? ""
      // Nothing to restore is no news: it need not draw the page anew before it is there.
      if (stored || aside || text !== null) answer(stored, aside)
      else whenIdle(() => answer(stored, aside))
    } else if (text !== stored) {
      if (refused && stored === told) setAside(name, unread, stored)
      localStorage.setItem(name, text)
      known = text
    }
  } catch {
    // Storage is full or blocked: the course goes on without it.
    if (text === null) answer("", "")
  }
}
