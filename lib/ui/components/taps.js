// Plotly selects what the pointer was last seen over, and a finger is seen nowhere before it
// touches: the first tap would open nothing, and each later one the cell that was tapped before.
const tell = (kind, { target, clientX, clientY, pointerType }) => {
  if (pointerType !== "touch") return
  const drawn = target.closest?.(".js-plotly-plot .nsewdrag")
  drawn?.dispatchEvent(new MouseEvent(kind, { clientX, clientY, bubbles: true }))
}

addEventListener("pointerdown", event => tell("mousemove", event), true)
// A finger that scrolls the page points at nothing.
addEventListener("pointercancel", event => tell("mouseout", event), true)

export default function () {}
