/** What only a record's text tells, for parsing drops it: keys that stand twice, and halves of surrogate pairs. */
import { findLoneSurrogate } from "../check/lone-surrogate.ts"
import type { SessionFinding } from "../check/session-findings.ts"
import {
  CALL_RECORD_PROPERTIES,
  SESSION_PROPERTIES,
  walkProperties,
  type KnownProperties,
} from "../model/known-properties.ts"
import { findRepeatedKey } from "./tokens.ts"

/** An escape of half a surrogate pair, with or without the other half. */
const SURROGATE_ESCAPE = /\\u[dD][89a-fA-F]/

/** The findings about a session's text. Half a surrogate pair can only stand there as an escape, for the bytes are UTF-8. */
export function textFindings(text: string, parsed: unknown, hasRepeatedKey: boolean): SessionFinding[] {
  const findings: SessionFinding[] = []
  const repeated = hasRepeatedKey ? repeatedKey(text, SESSION_PROPERTIES) : null
  if (repeated !== null) findings.push(repeated)
  const surrogate = SURROGATE_ESCAPE.test(text) ? findLoneSurrogate(parsed) : null
  if (surrogate !== null) {
    const message = "a text holds half of a surrogate pair, which is no character; it was cut when it was written"
    findings.push({ code: "session/lone-surrogate", pointer: surrogate, message })
  }
  return findings
}

/**
 * The finding about a key of the model that an object of the callRecord repeats, or null. `memberCount` is what the
 * framer counted; fewer after parsing tell that some stand twice.
 */
export function callRecordFinding(text: string, parsed: unknown, memberCount: number): SessionFinding | null {
  const node = CALL_RECORD_PROPERTIES
  return walkProperties(parsed, node).memberCount === memberCount ? null : repeatedKey(text, node)
}

function repeatedKey(text: string, node: KnownProperties): SessionFinding | null {
  const repeated = findRepeatedKey(text, node)
  if (repeated === null) return null
  const more = repeated.count > 1 ? `; ${repeated.count - 1} more in this record` : ""
  const message = `an object of the model repeats this key; the last value counts${more}`
  return { code: "session/duplicate-key", pointer: repeated.pointer, message }
}
