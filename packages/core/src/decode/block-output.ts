/** What a block gives, while its items are decoded. */
import { createHash } from "node:crypto"
import { SESSION_FINDING_CODES, type FindingCode } from "../check/rules.ts"
import type { SessionFinding } from "../check/session-findings.ts"
import { NO_ENVELOPE, type ItemTable } from "../framing/block.ts"
import type { BlockResult, BlockTask, DecodeLimits, FindingFact, ForeignFact, RejectFact } from "../worker/protocol.ts"
import type { DecodedSession } from "./accepted-session.ts"
import { EnvelopeBuilder, type EnvelopeFact } from "./envelope-builder.ts"
import type { MutableEnvelopes } from "./envelope-columns.ts"
import type { MutableColumns } from "./fact-columns.ts"
import type { Item, ItemBytes } from "./item.ts"
import type { RejectReason } from "./reject.ts"
import { RowBuilder } from "./row-builder.ts"

/** Where a session stands in its record. */
export interface SessionPlace {
  /** Index in the `sessions` list; -1 where the record itself is the session. */
  readonly sessionIndex: number
  /** JSON Pointer from the record's root to the session. */
  readonly pointer: string
}

const FINDING_BITS: ReadonlyMap<string, number> = new Map(
  SESSION_FINDING_CODES.map((code, index) => [code, 1 << index]),
)

export class BlockOutput {
  readonly limits: DecodeLimits
  /** Whether the input is NDJSON. */
  readonly isLines: boolean
  #bytes: ItemBytes
  readonly #listedInFull: number
  readonly #rows: RowBuilder
  readonly #rejects: RejectFact[] = []
  readonly #findings: FindingFact[] = []
  readonly #envelopes = new EnvelopeBuilder()
  readonly #foreign: ForeignFact[] = []
  readonly #nulRuns: { record: number; reject: RejectFact }[] = []
  readonly #retractions: { record: number }[] = []
  readonly #envelopeFaults: { byteOffset: number; message: string }[] = []

  constructor({ block, limits, listedInFull, rowMemory }: BlockTask, bytes: ItemBytes) {
    this.#rows = new RowBuilder(rowMemory ?? undefined)
    this.limits = limits
    this.isLines = block.isLines
    this.#bytes = bytes
    this.#listedInFull = listedInFull
  }

  /** The items that come next are read from other bytes. */
  readFrom(bytes: ItemBytes): void {
    this.#bytes = bytes
  }

  /** Adds `count` rows that need no item: `fill` writes them into the columns from the row it is given on. */
  addRows(count: number, fill: (columns: MutableColumns, row: number) => void): void {
    this.#rows.addMany(count, fill)
  }

  /** Says what was found in the last row, which was added without its item. */
  markLast(findings: number): void {
    this.#rows.addMany(0, (columns, row) => {
      columns.findings[row - 1] = findings
    })
  }

  /** The index of a text in the block's rows. */
  textIndex(text: string): number {
    return this.#rows.indexOf(text)
  }

  /** Whether evidence is still listed for one of these findings. */
  isListed(findingBits: number): boolean {
    return (findingBits & ~this.#listedInFull) !== 0
  }

  /** Lists what was found in the last row, which was added without its item. */
  listFindings(item: Item, place: SessionPlace, findings: readonly SessionFinding[]): void {
    this.#listAll(item, place, findings, this.#rows.rowCount - 1)
  }

  addSession(item: Item, place: SessionPlace, { facts, findings }: DecodedSession): void {
    const bits = this.#listAll(item, place, findings, this.#rows.rowCount)
    this.#rows.add(facts, item, bits, place.sessionIndex)
  }

  /** Gives the bits of all, also of those that are not listed any more. */
  #listAll(item: Item, place: SessionPlace, findings: readonly SessionFinding[], row: number): number {
    let bits = 0
    for (const finding of findings) {
      const bit = FINDING_BITS.get(finding.code) ?? 0
      bits |= bit
      if (this.isListed(bit)) this.#listFinding(item, place, finding, row)
    }
    return bits
  }

  #listFinding(item: Item, place: SessionPlace, { code, pointer, message }: SessionFinding, row: number): void {
    const whole = `${place.pointer}${pointer}`
    this.#findings.push(this.#finding(item, code, row, whole === "" ? null : whole, message))
  }

  #finding(item: Item, code: FindingCode, row: number, pointer: string | null, message: string): FindingFact {
    return {
      code,
      row,
      envelope: item.parent,
      byteOffset: item.byteOffset,
      byteLength: item.byteLength,
      line: item.line,
      record: item.record,
      pointer,
      message,
      sha256: this.#bytes.sha256(item),
    }
  }

  /** A finding about a record or an envelope as a whole. An envelope's own bytes are not all kept, so they have no digest. */
  addFinding(item: Item, code: FindingCode, pointer: string | null, message: string, envelope: number): void {
    const finding = this.#finding(item, code, -1, pointer, message)
    this.#findings.push({
      ...finding,
      envelope,
      sha256: envelope === NO_ENVELOPE || envelope === item.parent ? finding.sha256 : null,
    })
  }

  addReject(item: Item, place: SessionPlace, reason: RejectReason): void {
    this.#rejects.push(this.reject(item, place, reason))
  }

  reject(item: Item, place: SessionPlace, { code, pointer, message, sessionId }: RejectReason): RejectFact {
    const whole = `${place.pointer}${pointer ?? ""}`
    return {
      code,
      byteOffset: item.byteOffset,
      byteLength: item.byteLength,
      line: item.line,
      record: item.record,
      envelope: item.parent,
      sessionId,
      pointer: whole === "" ? null : whole,
      message,
      sha256: this.#bytes.sha256(item),
    }
  }

  /** Rejects a line whole: what this block gave of its record is taken back here, what earlier blocks gave by whoever joins. */
  rejectLine(item: Item, reason: RejectReason): void {
    this.#takeBack(item)
    this.addReject(item, { sessionIndex: -1, pointer: "" }, reason)
  }

  /** Rejects an envelope of a line with all that was framed in it. `whole` are its bytes. */
  rejectEnvelope(item: Item, whole: Buffer, reason: RejectReason): void {
    this.#takeBack(item)
    const reject = this.reject(item, { sessionIndex: -1, pointer: "" }, reason)
    this.#rejects.push({ ...reject, sha256: createHash("sha256").update(whole).digest("hex") })
  }

  /** Everything is in the order of bytes, so what lies in the line is at the end. */
  #takeBack(item: Item): void {
    this.#rows.takeBack(item.byteOffset)
    this.#envelopes.takeBack(item.byteOffset)
    for (const list of [this.#rejects, this.#findings, this.#foreign, this.#envelopeFaults]) {
      while ((list.at(-1)?.byteOffset ?? -1) >= item.byteOffset) list.pop()
    }
    this.#retractions.push({ record: item.record })
  }

  addNulRun(item: Item): void {
    const message = "a run of NUL bytes where a record should be: the data that stood here were lost"
    const reject = this.reject(
      item,
      { sessionIndex: -1, pointer: "" },
      { code: "json/malformed", pointer: null, message, sessionId: null },
    )
    this.#nulRuns.push({ record: item.record, reject })
  }

  addEnvelope(envelope: EnvelopeFact): void {
    this.#envelopes.add(envelope)
  }

  /** Adds `count` envelopes that `fill` writes into the columns from the row it is given on. */
  addEnvelopes(count: number, fill: (columns: MutableEnvelopes, row: number) => void): void {
    this.#envelopes.addMany(count, fill)
  }

  /** The index of a text among those of the block's envelopes. */
  envelopeTextIndex(text: string): number {
    return this.#envelopes.indexOf(text)
  }

  addEnvelopeFault(byteOffset: number, message: string): void {
    this.#envelopeFaults.push({ byteOffset, message })
  }

  addForeign(foreign: ForeignFact): void {
    this.#foreign.push(foreign)
  }

  result(counts: Pick<ItemTable, "lineCount" | "recordCount" | "account">, handedOverCount = 0): BlockResult {
    return {
      facts: this.#rows.columns(),
      envelopes: this.#envelopes.columns(),
      rejects: this.#rejects,
      findings: this.#findings,
      nulRuns: this.#nulRuns,
      retractions: this.#retractions,
      envelopeFaults: this.#envelopeFaults,
      foreign: this.#foreign,
      lineCount: counts.lineCount,
      recordCount: counts.recordCount,
      account: counts.account,
      handedOverCount,
    }
  }
}
