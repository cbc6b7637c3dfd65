/** Participants by their id in byte order. Ids are text only where they are compared, and made once each. */
import { compareUtf8 } from "../facts/byte-order.ts"
import type { Facts } from "../facts/facts.ts"

/** Compares participants of these facts by id. */
export function participantOrder(facts: Facts): (a: number, b: number) => number {
  const { count, id } = facts.participants
  const ids = Array.from<string | undefined>({ length: count })
  const idOf = (participant: number): string => (ids[participant] ??= id(participant))
  return (a, b) => compareUtf8(idOf(a), idOf(b))
}
