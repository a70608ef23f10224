// Plotly selects what the pointer was last seen over, and a finger is seen nowhere before it
// touches: the first tap would open nothing, and each later one the cell that was tapped before.
// It also keeps a finger from scrolling the page, though none of our figures can be dragged. Where
// it does not hear of a touch, the browser scrolls, and makes of a tap what a mouse would say.
addEventListener("touchstart", event => {
  if (event.target.closest?.(".js-plotly-plot .nsewdrag")) event.stopPropagation()
}, { capture: true, passive: true })

export default function () {}
