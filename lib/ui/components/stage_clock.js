/** Minutes and seconds, with a sign where time has run out. */
function asTime(seconds) {
  const whole = Math.abs(Math.trunc(seconds))
  const sign = seconds < 0 && whole ? "\u2212" : ""
  return `${sign}${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`
}

/** The seconds since a clock was started, its pauses left out. */
function passed({ kept, began }) {
  return (kept + (began === null ? 0 : Date.now() - began)) / 1000
}

/** What a clock shows: the time that has passed, or what is left of the talk's minutes. */
function reading(clock, minutes) {
  return minutes ? Math.ceil(minutes * 60 - passed(clock)) : Math.floor(passed(clock))
}
