/** Text → what its blocks decode to, as plain values. */
import { Buffer } from "node:buffer"
import { SESSION_FINDING_CODES } from "#core/check/rules.ts"
import { decodeBlock } from "#core/decode/decode-block.ts"
import type { FramingLimits } from "#core/framing/block.ts"
import { printGuid } from "#core/model/identity.ts"
import {
  IdForm,
  type BlockResult,
  type DecodeLimits,
  type FactsColumns,
  type FindingFact,
  type ForeignFact,
  type IdColumn,
  type RejectFact,
} from "#core/worker/protocol.ts"
import { envelopeFacts, type TestEnvelope } from "./envelope-facts.ts"
import { framed } from "../framing/absolute-items.ts"

export const LIMITS: DecodeLimits & FramingLimits = {
  maxRecordBytes: 1 << 20,
  maxDepth: 128,
  blockBytes: 1 << 20,
  maxDurationTicks: 24n * 36_000_000_000n,
  asOfTicks: null,
  withNames: false,
}

/** A row with its texts. */
export interface DecodedRow {
  readonly sessionId: string | null
  readonly start: bigint | undefined
  readonly end: bigint | undefined
  readonly ends: readonly unknown[]
  readonly modalities: number | undefined
  readonly flags: number | undefined
  readonly failure: readonly (string | null)[]
  readonly endpoints: string | null
  readonly unknownProperties: string | null
  readonly findings: readonly string[]
}

export interface Decoded {
  readonly rows: readonly DecodedRow[]
  readonly rejects: readonly RejectFact[]
  readonly findings: readonly FindingFact[]
  readonly envelopes: readonly TestEnvelope[]
  readonly foreign: readonly ForeignFact[]
}

/** Frames and decodes a text. */
export async function decodeText(text: string | Buffer, changes: Partial<typeof LIMITS> = {}): Promise<Decoded> {
  const limits = { ...LIMITS, ...changes }
  const { blocks } = await framed(Buffer.from(text as string), limits, limits.blockBytes)
  const results = blocks.map((block) =>
    structuredClone(
      decodeBlock({ block, limits, engine: "reference", listedInFull: 0, isInKernel: false, rowMemory: null }),
    ),
  )
  const all = <Item>(of: (result: BlockResult) => readonly Item[]): Item[] => results.flatMap(of)
  return {
    rows: all(({ facts }) => rowsOf(facts)),
    rejects: all(({ rejects }) => rejects),
    findings: all(({ findings }) => findings),
    envelopes: all(({ envelopes }) => envelopeFacts(envelopes)),
    foreign: all(({ foreign }) => foreign),
  }
}

function rowsOf(facts: FactsColumns): DecodedRow[] {
  const text = (index: number | undefined): string | null => facts.strings[index ?? -1] ?? null
  const idOf = ({ bytes, forms }: IdColumn, row: number): string | null => {
    if (forms[row] === IdForm.none) return null
    if (forms[row] === IdForm.guid) return printGuid(bytes, 16 * row)
    return text(Buffer.from(bytes.buffer, bytes.byteOffset).readUInt32LE(16 * row))
  }
  return Array.from({ length: facts.rowCount }, (_, row) => ({
    sessionId: idOf(facts.sessionId, row),
    start: facts.startTicks[row],
    end: facts.endTicks[row],
    ends: [
      [idOf(facts.callerId, row), facts.callerKind[row], text(facts.callerTenant[row]), text(facts.callerName[row])],
      [idOf(facts.calleeId, row), facts.calleeKind[row], text(facts.calleeTenant[row]), text(facts.calleeName[row])],
    ],
    modalities: facts.modalities[row],
    flags: facts.flags[row],
    failure: [text(facts.failureStage[row]), text(facts.failureReason[row])],
    endpoints: text(facts.endpoints[row]),
    unknownProperties: text(facts.unknownProperties[row]),
    findings: SESSION_FINDING_CODES.filter((_code, bit) => ((facts.findings[row] ?? 0) & (1 << bit)) !== 0),
  }))
}
