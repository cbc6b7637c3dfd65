/** What a reject and a finding look like as a line of `rejects.ndjson`, of `findings.ndjson`, and in the report. */
import * as Schema from "effect/Schema"
import { FINDING_CODES, REJECT_CODES, SEVERITIES } from "../check/rules.ts"
import { bytes, count, oneOf, optionalText, text } from "./field.ts"

const SHA256 = "SHA-256 of the bytes at offset and length, lower-case hexadecimal"

/** Where it lies; `sha256` comes last. */
const place = {
  input: text("Path of the input, as in inputs"),
  entry: optionalText("Entry of the archive that the input is"),
  offset: bytes("First byte in the decoded stream (inflated, UTF-8, without a byte order mark)"),
  length: bytes("Length in the decoded stream: of the session, or of the record where no session could be told"),
  line: count("Line of the first byte, from 1"),
  record: count("Number of the record in the input, from 0"),
  callId: optionalText("Id of the call, where it is known"),
  sessionId: optionalText("Id of the session, where it could be read"),
  pointer: optionalText("JSON Pointer (RFC 6901) from the record's root"),
  message: text("What is wrong, what was expected, what to do; quotes no identity, name or address"),
}

/** Evidence in the report's findings. */
export const EvidenceSchema = Schema.Struct({ ...place, sha256: optionalText(SHA256) }).annotate({
  identifier: "evidence",
})

/** A line of `rejects.ndjson`: a session, or a record, of which no fact comes. */
export const RejectLine = Schema.Struct({
  code: oneOf(REJECT_CODES, "The first rule that is broken"),
  ...place,
  sha256: text(SHA256),
}).annotate({ identifier: "reject" })
export type RejectLine = typeof RejectLine.Type

/** A line of `findings.ndjson`: something wrong with what is kept. */
export const FindingLine = Schema.Struct({
  code: oneOf(FINDING_CODES, "The rule that is broken"),
  severity: oneOf(SEVERITIES, "How much it matters"),
  ...place,
  sha256: optionalText(SHA256),
}).annotate({ identifier: "finding" })
export type FindingLine = typeof FindingLine.Type
