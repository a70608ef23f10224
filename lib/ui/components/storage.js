export default function ({ data, setStateValue }) {
  const { name, session, text } = data
  let stored = ""
  try {
    if (text !== null) localStorage.setItem(name, text)
    else stored = localStorage.getItem(name) ?? ""
  } catch {
    // Storage is full or blocked: the course goes on without it.
  }
  // Asked again, it answers again: the first answer may have been lost with a run cut short.
  if (text === null) setStateValue("stored", { session, text: stored })
}
