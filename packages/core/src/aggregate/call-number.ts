/**
 * Which call a session belongs to, as one number. A session of no known call is a call of its own that bears the
 * session's id, so two of them with equal ids are of the same call.
 */
import { textIndexOf } from "../facts/evidence.ts"
import { IdForm, type Facts } from "../facts/facts.ts"
import { guidWords, IdTable } from "../facts/id-table.ts"

/** The number of each given row's call, by row; known calls keep their number, the others follow. */
export interface CallNumbers {
  readonly of: Int32Array
  readonly count: number
}

const GUID_WORDS = 4

/** Numbers the calls of `rows`; other rows have no meaning in the result. */
export function callNumbers(facts: Facts, rows: Int32Array): CallNumbers {
  const of = facts.call.slice(0, facts.rowCount)
  const knownCount = facts.calls.length
  const ownCalls = new IdTable()
  const words = guidWords(facts.sessionId.bytes)
  for (const row of rows) {
    if ((of[row] ?? -1) >= 0) continue
    const isGuid = facts.sessionId.forms[row] === IdForm.guid
    const own = isGuid
      ? ownCalls.internGuid(words, row * GUID_WORDS)
      : ownCalls.internText(textIndexOf(facts.sessionId, row))
    of[row] = knownCount + own
  }
  return { of, count: knownCount + ownCalls.count }
}
