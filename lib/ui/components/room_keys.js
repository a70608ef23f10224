let answers = 0

function read(name) {
  try {
    return JSON.parse(localStorage.getItem(name)) ?? {}
  } catch (error) {
    // What is no JSON is nothing of ours; a storage that is blocked is another matter.
    if (error instanceof SyntaxError) return {}
    throw error
  }
}

/** What all tabs of this browser have in common, and nobody else knows; "" where nothing is kept. */
function identity(name) {
  const place = `${name}/browser`
  try {
    if (!/^[\w-]{32}$/.test(localStorage.getItem(place))) {
      const text = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(24))))
      localStorage.setItem(place, text.replaceAll("+", "-").replaceAll("/", "_"))
    }
    return localStorage.getItem(place)
  } catch {
    return ""
  }
}

export default function ({ data, setStateValue }) {
  const { name, session, heard, now, entries } = data
  // Asked again, it answers again: an answer may have been lost with a run cut short.
  const answer = (rooms, blocked) => {
    answers += 1
    setStateValue("kept", { session, number: answers, rooms, browser: identity(name), blocked })
  }

  try {
    const before = read(name)
    const rooms = Object.fromEntries(
      Object.entries(before).filter(([, entry]) => entry?.until > now),
    )
    for (const [code, entry] of Object.entries(entries)) {
      rooms[code] = { ...rooms[code], ...entry }
    }
    if (JSON.stringify(rooms) !== JSON.stringify(before)) {
      localStorage.setItem(name, JSON.stringify(rooms))
    }
    if (!heard) answer(rooms, false)
  } catch {
    if (!heard || Object.keys(entries).length > 0) answer({}, true)
  }
}
