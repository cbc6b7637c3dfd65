/** Calls that are there as objects, in the form of facts. */
import { NO_BOUND, type Call, type Calls } from "#core/facts/facts.ts"

/** `indexOf` gives the index of a text in `Facts.strings`. */
export function callsOfList(list: readonly Call[], indexOf: (text: string) => number): Calls {
  const bounds = list.map(boundsOf)
  return {
    count: list.length,
    get: (call) => list[call],
    types: () => Int32Array.from(list, ({ type }) => (type === null ? -1 : indexOf(type))),
    openCount: () => list.filter(({ isOpen }) => isOpen).length,
    bounds: () =>
      bounds.every((each) => each === NO_BOUND)
        ? null
        : {
            earliest: BigInt64Array.from(bounds, ({ earliest }) => earliest),
            latest: BigInt64Array.from(bounds, ({ latest }) => latest),
          },
  }
}

function boundsOf({ startTicks, endTicks }: Call): { readonly earliest: bigint; readonly latest: bigint } {
  if (startTicks === null && endTicks === null) return NO_BOUND
  if (startTicks !== null && endTicks !== null && startTicks > endTicks) return NO_BOUND
  return { earliest: startTicks ?? NO_BOUND.earliest, latest: endTicks ?? NO_BOUND.latest }
}

export function allCalls(calls: Calls): Call[] {
  return Array.from({ length: calls.count }, (_, call) => calls.get(call)).filter((call) => call !== undefined)
}
