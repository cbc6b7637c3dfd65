/**
 * How participants are shown: by id; with names, beside their name; or by a pseudonym, HMAC-SHA-256 of the id under
 * the caller's key in lower-case hexadecimal. Names and pseudonyms never come together.
 */
import { createHmac } from "node:crypto"
import type { DisplayNames } from "../aggregate/display-names.ts"
import type { Facts } from "../facts/facts.ts"
import { participantKey } from "../model/identity.ts"

/** What the caller decided. A plan is one. */
export interface Privacy {
  readonly names: boolean
  readonly pseudonymKey: Uint8Array | null
}

/** A participant in a list. */
export interface ShownParticipant {
  readonly participant: string
  readonly displayName?: string
}

/** Shows a participant by its number in the facts. */
export type ShowParticipant = (participant: number) => ShownParticipant

/** Shows the participants of these facts. Throws a RangeError where names would undo pseudonyms. */
export function participantView(facts: Facts, displayNames: DisplayNames, privacy: Privacy): ShowParticipant {
  const { names, pseudonymKey } = privacy
  if (names && pseudonymKey !== null) throw new RangeError("names and pseudonyms exclude each other")
  return (participant) => {
    const shown = { participant: showId(facts.participants.id(participant), pseudonymKey) }
    const displayName = names ? displayNames.get(participant) : undefined
    return displayName === undefined ? shown : { ...shown, displayName }
  }
}

/** An id, written in any of its forms, as it is shown. */
export function showId(id: string, pseudonymKey: Uint8Array | null): string {
  const key = participantKey(id) ?? id
  return pseudonymKey === null ? key : createHmac("sha256", pseudonymKey).update(key).digest("hex")
}
