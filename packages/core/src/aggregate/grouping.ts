/** Items handed out to numbered groups by a counting sort, which keeps the order of items within each group. */

/** Items of group `g`: `items[offsets[g]]` up to, not including, `items[offsets[g + 1]]`. */
export interface Groups {
  readonly offsets: Int32Array
  readonly items: Int32Array
}

/** What puts an item into a group; called for each item in order, twice with the same answer. */
export type Emit = (group: number, item: number) => void

/** The groups that `emitAll` fills: it is run once to count and once to place, and must emit the same both times. */
export function groupItems(groupCount: number, emitAll: (emit: Emit) => void): Groups {
  const offsets = new Int32Array(groupCount + 1)
  emitAll((group) => {
    offsets[group + 1] = (offsets[group + 1] ?? 0) + 1
  })
  for (let group = 0; group < groupCount; group++)
    offsets[group + 1] = (offsets[group + 1] ?? 0) + (offsets[group] ?? 0)
  const items = new Int32Array(offsets[groupCount] ?? 0)
  const places = offsets.slice(0, groupCount)
  emitAll((group, item) => {
    const place = places[group] ?? 0
    items[place] = item
    places[group] = place + 1
  })
  return { offsets, items }
}
