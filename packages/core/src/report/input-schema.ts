/** What the report says of its inputs. */
import * as Schema from "effect/Schema"
import { bytes, count, list, maybeOneOf, maybeText, oneOf, optionalText, text } from "./field.ts"

const LAYOUTS = ["array", "odata-page", "ndjson", "concatenated", "single", "batch", "table"] as const
const STATUSES = [
  "complete",
  "truncated",
  "corrupt",
  "empty",
  "unsupported",
  "refused",
  "unreadable",
  "changed",
] as const

/** How sessions were taken, in one input and in all. */
export const sessionCounts = {
  sessions: count("Sessions seen; always accepted + rejected + duplicates + superseded"),
  accepted: count("Sessions taken"),
  rejected: count("Sessions, or records that are none, of which no fact comes"),
  duplicates: count("Sessions equal to one before, of the same call and id"),
  superseded: count("Sessions of a version of their callRecord than which there is a higher one"),
}

/** One input. */
export const InputSchema = Schema.Struct({
  path: text("As given, relative where it was, / between"),
  entry: optionalText("Entry of the zip archive at path"),
  sizeBytes: bytes("Size of the file as stored; of an entry: of what it inflates to"),
  sha256: maybeText("Of the same bytes as sizeBytes; null where they were not hashed"),
  compression: oneOf(["none", "gzip", "zstd", "zip"], "How it is compressed"),
  encoding: maybeOneOf(["utf-8", "utf-16le", "utf-16be"], "Encoding of its text; null where it could not be told"),
  layout: maybeOneOf(LAYOUTS, "Form of the document; null where it could not be told"),
  content: oneOf(["sessions", "callRecords", "mixed", "none"], "Which records it holds"),
  status: oneOf(STATUSES, "Whether it was read and taken to its end"),
  error: Schema.optionalKey(
    Schema.Struct({
      code: text("Which error"),
      message: text("What is wrong, what was expected, what to do"),
      offset: Schema.optionalKey(bytes("Where, in the decoded stream")),
    }).annotate({ description: "There unless the status is complete" }),
  ),
  records: count("Records of its sequence"),
  ...sessionCounts,
}).annotate({ identifier: "input" })
export type ReportInput = typeof InputSchema.Type

/** Zip archives, whose entries are inputs. */
export const archivesField = list(
  {
    path: text("As given"),
    sizeBytes: bytes("Size of the file as stored"),
    sha256: maybeText("Of the file as stored; null where it was not hashed"),
    entries: count("Entries in its directory"),
  },
  "Zip archives that were read",
)

/** What was met and is no data. */
export const skippedField = list(
  {
    path: text("As met"),
    entry: optionalText("Entry of the zip archive at path"),
    reason: text("Why it was not read"),
  },
  "Met in a folder or an archive, no data by name and no JSON by content",
)
