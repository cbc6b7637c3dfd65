/**
 * Evidence: where a reject or a finding lies, as the report writes it. Places come from the facts, so every row
 * can be named; messages say what is wrong and never quote an identity.
 */
import type { FindingCode, RejectCode } from "../check/rules.ts"
import { IdForm, type IdColumn } from "../worker/protocol.ts"
import type { FactBatch, Facts } from "./facts.ts"
import type { Texts } from "./string-table.ts"
import { GUID_BYTES } from "./guid.ts"
import { printGuid } from "../model/identity.ts"

/** What names an input: its path as reported, and the entry where it lies in an archive. */
export interface InputPlace {
  readonly path: string
  readonly entry?: string
}

/** Where something lies and what is wrong with it (EVIDENCE of the report contract). */
export interface Evidence {
  /** Path of the input. */
  readonly input: string
  readonly entry?: string
  /** First byte and number of bytes in the decoded stream. */
  readonly offset: number
  readonly length: number
  /** From 1. */
  readonly line: number
  /** From 0. */
  readonly record: number
  readonly callId?: string
  readonly sessionId?: string
  /** JSON Pointer (RFC 6901) from the record's root. */
  readonly pointer?: string
  readonly message: string
  /** Of the bytes at `offset`, lower-case hexadecimal. */
  readonly sha256?: string
}

/** One reject, final. */
export interface RejectEvidence extends Evidence {
  readonly code: RejectCode
  readonly sha256: string
}

/** One finding, final. */
export interface FindingEvidence extends Evidence {
  readonly code: FindingCode
}

/** Everything that evidence of a row says but what is wrong with it. */
export type RowPlace = Omit<Evidence, "message" | "sha256">

/** The evidence fields of a row: its place, call, session, and its pointer where it lies in a callRecord. */
export function rowEvidence(facts: Facts, inputs: readonly InputPlace[], row: number): RowPlace {
  const batch = facts.batchAt(row)
  const at = row - batch.firstRow
  const call = facts.calls.get(batch.call[at] ?? -1)
  const sessionIndex = batch.sessionIndex[at] ?? -1
  return {
    ...inputFields(inputs, batch.input[at] ?? -1),
    offset: batch.byteOffset[at] ?? 0,
    length: batch.byteLength[at] ?? 0,
    line: (batch.line[at] ?? 0) + 1,
    record: batch.record[at] ?? 0,
    ...(call === undefined ? {} : { callId: call.id }),
    sessionId: sessionIdOf(batch, at, facts.strings),
    ...(sessionIndex < 0 ? {} : { pointer: `/sessions/${sessionIndex}` }),
  }
}

/** The id of a session as shown: a GUID in lower case, any other text as written. `at` is its place in the batch. */
export function sessionIdOf({ sessionId }: Pick<FactBatch, "sessionId">, at: number, strings: Texts): string {
  if (sessionId.forms[at] === IdForm.guid) return printGuid(sessionId.bytes, at * GUID_BYTES)
  return strings.get(textIndexOf(sessionId, at)) ?? ""
}

/** The index of the text of an id that is none of the GUIDs. */
export function textIndexOf({ bytes }: Pick<IdColumn, "bytes">, row: number): number {
  const at = row * GUID_BYTES
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24)
}

/** The fields that name an input. */
export function inputFields(inputs: readonly InputPlace[], input: number): Pick<Evidence, "input" | "entry"> {
  const place = inputs[input]
  if (place === undefined) throw new RangeError(`there is no input ${input}`)
  return { input: place.path, ...(place.entry === undefined ? {} : { entry: place.entry }) }
}
