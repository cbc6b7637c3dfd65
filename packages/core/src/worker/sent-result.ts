/** A result as a worker sends it: its rows and envelopes as few large things, for each thing that crosses costs time. */
import { receivedEnvelopes, sentEnvelopes, type SentEnvelopes } from "../decode/envelope-columns.ts"
import { receivedFacts, sentFacts, type SentFacts } from "../decode/fact-columns.ts"
import type { BlockResult } from "./protocol.ts"

export type SentResult = Omit<BlockResult, "facts" | "envelopes"> & {
  readonly facts: SentFacts
  readonly envelopes: SentEnvelopes
}

/** What a worker sends. */
export function sentResult(result: BlockResult): SentResult {
  return { ...result, facts: sentFacts(result.facts), envelopes: sentEnvelopes(result.envelopes) }
}

/** The result that was sent. */
export function receivedResult(sent: SentResult): BlockResult {
  return { ...sent, facts: receivedFacts(sent.facts), envelopes: receivedEnvelopes(sent.envelopes) }
}
