let answered = null

export default function ({ data, setStateValue }) {
  const { name, session, text } = data
  try {
    if (text !== null) localStorage.setItem(name, text)
  } catch {
    // Storage is full or blocked: the course goes on without it.
  }
  if (text !== null || answered === session) return
  answered = session
  let stored = ""
  try {
    stored = localStorage.getItem(name) ?? ""
  } catch {
    // Blocked storage has nothing to tell.
  }
  // With `session` in it, an answer counts as new even if nothing is stored.
  setStateValue("stored", { session, text: stored })
}
