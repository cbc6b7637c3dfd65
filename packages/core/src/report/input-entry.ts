/** What the report says of one input. */
import { compareNames } from "../aggregate/count-order.ts"
import { compareUtf8 } from "../facts/byte-order.ts"
import type { InputSummary } from "../facts/input.ts"
import type { ReportInput } from "./input-schema.ts"

/** What only the source knows of an input. */
export type StoredAs = Pick<ReportInput, "compression" | "encoding">

/** The entry of an input in the report, its keys in the order of the contract. */
export function inputEntry(input: InputSummary, { compression, encoding }: StoredAs): ReportInput {
  const { path, entry, sizeBytes, sha256, layout, content, status, error } = input
  const { records, sessions, accepted, rejected, duplicates, superseded } = input
  return {
    path,
    ...(entry === undefined ? {} : { entry }),
    sizeBytes,
    sha256,
    compression,
    encoding,
    layout,
    content,
    status,
    ...(error === null ? {} : { error: errorOf(error) }),
    records,
    sessions,
    accepted,
    rejected,
    duplicates,
    superseded,
  }
}

/** By byte order of the path, then of the entry; an input without an entry first. */
export function compareInputs(a: Pick<ReportInput, "path" | "entry">, b: Pick<ReportInput, "path" | "entry">): number {
  return compareUtf8(a.path, b.path) || compareNames(a.entry ?? null, b.entry ?? null)
}

function errorOf({ code, message, offset }: NonNullable<InputSummary["error"]>): NonNullable<ReportInput["error"]> {
  return { code, message, ...(offset === undefined ? {} : { offset }) }
}
