const STEPS = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }
// Where each map is left, is where it is entered again.
const places = new WeakMap()

export default function ({ data, parentElement, setTriggerValue }) {
  const [grid, row, cell] = ["grid", "row", "gridcell"].map(role =>
    parentElement.querySelector(`[role=${role}]`))
  const status = parentElement.querySelector("[role=status]")
  const { cells, title, opens } = data
  const how = "arrow keys go from cell to cell" + (opens ? ", Enter opens one" : "")
  grid.setAttribute("aria-label", `${title || "Map"}: ${how}`)
  grid.setAttribute("aria-rowcount", cells.length)
  grid.setAttribute("aria-colcount", cells[0].length)

  const isShown = ([down, right]) => Boolean(cells[down]?.[right])
  const all = cells.flatMap((line, down) => line.map((_, right) => [down, right])).filter(isShown)
  let at = places.get(cell)
  if (!at || !isShown(at)) at = all[0]

  const show = () => {
    places.set(cell, at)
    row.setAttribute("aria-rowindex", at[0] + 1)
    cell.setAttribute("aria-colindex", at[1] + 1)
    cell.textContent = cells[at[0]][at[1]]
  }

  /** The next cell that is shown that way; the same one where there is none. */
  const next = ([down, right]) => {
    let to = [at[0] + down, at[1] + right]
    while (cells[to[0]]?.[to[1]] === "") to = [to[0] + down, to[1] + right]
    return isShown(to) ? to : at
  }

  cell.onkeydown = event => {
    if (event.ctrlKey || event.altKey || event.metaKey || !at) return
    const line = all.filter(([down]) => down === at[0])
    if (event.key in STEPS) at = next(STEPS[event.key])
    else if (event.key === "Home") at = line[0]
    else if (event.key === "End") at = line.at(-1)
    else if (event.key === "Enter" && opens) setTriggerValue("open", { row: at[0], column: at[1] })
    else return
    event.preventDefault()
    event.stopPropagation()
    show()
    status.textContent = cell.textContent
  }

  cell.hidden = !at
  if (at) show()
}
