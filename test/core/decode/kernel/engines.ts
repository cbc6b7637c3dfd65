/** Both engines on the same bytes, and their results in a form that can be compared. */
import { envelopeFacts } from "../envelope-facts.ts"
import { openKernelMemory, takeRegion } from "../../../../packages/kernel/dist/index.js"
import { decodeBlock } from "#core/decode/decode-block.ts"
import { FastDecoder } from "#core/decode/kernel/fast-decoder.ts"
import * as reference from "#core/decode/reference.ts"
import {
  IdForm,
  TEXT_COLUMNS,
  type BlockResult,
  type DecodeLimits,
  type FactsColumns,
  type IdColumn,
} from "#core/worker/protocol.ts"

export const LIMITS: DecodeLimits = {
  maxRecordBytes: 1 << 20,
  maxDepth: 128,
  maxDurationTicks: 24n * 36_000_000_000n,
  asOfTicks: null,
  withNames: true,
}

/** `listedInFull` where findings are only counted. */
export const ALL_LISTED = -1

const memory = openKernelMemory()
const decoder = new FastDecoder(memory)
let region: Uint8Array = new Uint8Array(0)

/** The bytes in the kernel's memory, and behind them, where nobody may look, what would go on from them. */
function inKernel(bytes: Uint8Array): Uint8Array {
  if (region.length < bytes.length + BEHIND_BYTES) {
    const length = 2 * (bytes.length + BEHIND_BYTES)
    const at = takeRegion(memory, length)
    region = new Uint8Array(memory.buffer, at, length)
  }
  region.set(bytes)
  region.subarray(bytes.length, bytes.length + BEHIND_BYTES).set(bytes.subarray(-BEHIND_BYTES))
  return region.subarray(0, bytes.length)
}

const BEHIND_BYTES = 4096

/** Results of both engines for lines of NDJSON; texts in place of their numbers. */
export function bothResults(
  bytes: Uint8Array,
  changes: Partial<DecodeLimits> = {},
  listedInFull = 0,
): { readonly fast: unknown; readonly slow: unknown; readonly handedOverCount: number } {
  const block = { blockIndex: 0, byteOffset: 1000, bytes, items: null, isLines: true }
  const limits = { ...LIMITS, ...changes }
  const task = { limits, listedInFull, rowMemory: null }
  const placed = { ...block, bytes: inKernel(bytes) }
  const fast = decoder.decode({ ...task, block: placed, engine: "fast", isInKernel: true }, reference)
  if (fast === null) throw new Error("the reference was given")
  const slow = decodeBlock({ ...task, block, engine: "reference", isInKernel: false })
  return { fast: comparable(fast), slow: comparable(slow), handedOverCount: fast.handedOverCount }
}

/** Which engine decoded does not matter, nor in which order it met texts. */
export function comparable(result: BlockResult): unknown {
  return {
    ...result,
    handedOverCount: null,
    facts: columnsOf(result.facts),
    envelopes: envelopeFacts(result.envelopes),
  }
}

const TEXTS = new Set<string>(TEXT_COLUMNS)

function columnsOf({ strings, ...columns }: FactsColumns): unknown {
  return Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [name, valuesOf(name, column, strings)] as const),
  )
}

function valuesOf(name: string, column: FactsColumns[keyof FactsColumns], strings: readonly string[]): unknown {
  if (typeof column === "number") return column
  if ("bytes" in column) return idsOf(column, strings)
  const values = Array.from(column as Int32Array)
  return TEXTS.has(name) ? values.map((index) => (index < 0 ? null : strings[index])) : values
}

function idsOf({ bytes, forms }: IdColumn, strings: readonly string[]): unknown {
  return Array.from(forms, (form, row) => {
    const id = Buffer.from(bytes.subarray(16 * row, 16 * row + 16))
    if (form === IdForm.none) return null
    return form === IdForm.guid ? id.toString("hex") : strings[id.readInt32LE(0)]
  })
}
