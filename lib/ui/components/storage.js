// What this tab knows to be stored, what of it the server was told last, and how often.
let known = null
let told = null
let answers = 0

export default function ({ data, setStateValue }) {
  const { name, session, text, heard, refused } = data
  const unread = `${name}/unread`

  const answer = (stored, set_aside) => {
    known = told = stored
    answers += 1
    setStateValue("stored", { session, number: answers, text: stored, unread: set_aside })
  }

  try {
    const stored = localStorage.getItem(name) ?? ""
    // Asked again, it answers again: an answer may have been lost with a run cut short.
    if (text === null || heard !== answers || stored !== known) {
      answer(stored, localStorage.getItem(unread) ?? "")
    } else if (text !== stored) {
      if (refused && stored === told) localStorage.setItem(unread, stored)
      localStorage.setItem(name, text)
      known = text
    }
  } catch {
    // Storage is full or blocked: the course goes on without it.
    if (text === null) answer("", "")
  }
}
