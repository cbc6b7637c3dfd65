/**
 * One input while it is joined: block results come in block order, rows, envelopes, findings and rejects go out with
 * the input's own numbers. What only later blocks decide waits here: rejects of an open line or page, runs of NUL
 * bytes, and whether a first record of another shape makes the whole input unsupported.
 */
import type { FindingCode } from "../check/rules.ts"
import type { ByteAccount, FramingEnd } from "../framing/block.ts"
import type { BlockResult, ForeignFact } from "../worker/protocol.ts"
import { closedBefore, lastLines } from "./block-places.ts"
import { firstTakenBack, rejectEvidence, rejectsOf, type BlockReject } from "./block-rejects.ts"
import { addBytes, countBytes, noBytes } from "../framing/byte-sums.ts"
import { STILL_OPEN, UNNAMED } from "./envelope-table.ts"
import type { InputPlace, RejectEvidence } from "./evidence.ts"
import { HeldRejects, type HeldReject } from "./held-rejects.ts"
import { ContentOfInput } from "./input-content.ts"
import { INPUT_STATUS, type InputError, type JoinedInput, type SourceEnd } from "./input.ts"
import type { FactTables } from "./fact-tables.ts"

/** In a document, a reject waits for its call no longer than until this many wait behind it: about 20 MiB. */
const MAX_HELD = 2 ** 16

/** The state of one input. */
export class InputLedger {
  /** Something was dropped that may have named calls and identities. */
  hasTakenBack = false
  readonly #tables: FactTables
  readonly #place: InputPlace
  readonly #onReject: (reject: RejectEvidence) => void
  readonly #firstRow: number
  readonly #firstEnvelope: number
  readonly #base: { readonly input: number; line: number; record: number }
  readonly #account = noBytes()
  readonly #held = new HeldRejects()
  /** Only lines of NDJSON can be taken back. */
  #isLines = false
  /** Line of the last item: lines before it are over. */
  #lastLine = 0
  #rejectCount = 0
  readonly #content = new ContentOfInput()
  #truncatedAt: number | null = null
  /** The first envelope of a document that is no JSON outside of its list. */
  #envelopeFault: InputError | null = null
  /** The first record, where it is of no known shape. */
  #unknownFirst: ForeignFact | null = null
  #unsupported: InputError | null = null

  constructor(tables: FactTables, place: InputPlace, input: number, onReject: (reject: RejectEvidence) => void) {
    this.#tables = tables
    this.#place = place
    this.#onReject = onReject
    this.#firstRow = tables.rows.rowCount
    this.#firstEnvelope = tables.envelopes.count
    this.#base = { input, line: 0, record: 0 }
    tables.envelopes.beginInput()
  }

  /** Adds the next block; "stop" where the input turned out to be of a shape that is not read. */
  add(result: BlockResult, isLines: boolean): "continue" | "stop" {
    if (this.#unsupported !== null) return "stop"
    this.#isLines = isLines
    const takenBackFrom = firstTakenBack(result)
    if (takenBackFrom !== null) this.#dropFrom(takenBackFrom)
    this.#judgeForeign(result)
    if (this.#unsupported !== null) return "stop"
    this.#append(result)
    this.#advance(result)
    this.#releaseRejects()
    return "continue"
  }

  /** Ends the input: nothing is open or taken back any more. */
  end(framing: FramingEnd | null, source: SourceEnd): JoinedInput {
    const nulTailBytes = this.#dropNulTail()
    if (this.#unknownFirst !== null && framing?.layout === "single" && this.#base.record === 1) {
      this.#becomeUnsupported(this.#unknownFirst)
    }
    this.#nameEnvelopes()
    for (const reject of this.#held.take(() => true)) this.#release(reject)
    this.#content.noteRows(this.#tables.rows, this.#firstRow)
    this.#content.noteEnvelopes(this.#tables.envelopes, this.#firstEnvelope)
    const error = this.#unsupported ?? source.error ?? faultOf(framing, this.#envelopeFault) ?? this.#truncation()
    return {
      ...this.#place,
      sizeBytes: source.sizeBytes,
      sha256: source.sha256,
      layout: framing?.layout ?? null,
      content: this.#content.value(),
      status: error === null ? "complete" : INPUT_STATUS[error.code],
      error,
      records: this.#base.record,
      rejected: this.#rejectCount,
      firstRow: this.#firstRow,
      endRow: this.#tables.rows.rowCount,
      ...this.#bytes(framing),
      nulTailBytes: nulTailBytes + (framing?.nulTailBytes ?? 0),
    }
  }

  #dropFrom(byteOffset: number): void {
    const { rows, envelopes, findings } = this.#tables
    const before = rows.rowCount + envelopes.count
    rows.takeBack(this.#firstRow, byteOffset)
    envelopes.takeBack(this.#firstEnvelope, byteOffset)
    findings.takeBack(this.#base.input, byteOffset)
    this.#held.takeBack(byteOffset)
    if ((this.#unknownFirst?.byteOffset ?? -1) >= byteOffset) this.#unknownFirst = null
    if ((this.#envelopeFault?.offset ?? -1) >= byteOffset) this.#envelopeFault = null
    this.hasTakenBack ||= rows.rowCount + envelopes.count < before
  }

  #judgeForeign(result: BlockResult): void {
    const first = result.foreign.find((foreign) => foreign.record + this.#base.record === 0)
    if (first === undefined) return
    if (first.shape !== "unsupported") this.#unknownFirst = first
    else this.#becomeUnsupported(first)
  }

  #becomeUnsupported(foreign: ForeignFact): void {
    this.#dropFrom(0)
    this.#base.record = 0
    this.#unsupported = {
      code: foreign.shape === "graph-error" ? "input/graph-error" : "input/unsupported-shape",
      message: foreign.message,
      offset: foreign.byteOffset,
    }
  }

  #append(result: BlockResult): void {
    const { rows, envelopes } = this.#tables
    const firstRow = rows.rowCount
    rows.append(result.facts, this.#base, (byteOffset) => envelopes.numberOf(byteOffset))
    this.#appendInStreamOrder(result)
    this.#pool(result, firstRow)
    envelopes.forgetClosed(result.envelopes)
    const [fault] = result.envelopeFaults
    if (fault !== undefined)
      this.#envelopeFault ??= { code: "input/corrupt", message: fault.message, offset: fault.byteOffset }
  }

  /** Rejects, and the envelopes that close behind them: whether a call is known in time must not depend on blocks. */
  #appendInStreamOrder(result: BlockResult): void {
    const { envelopes } = result
    const batch = { envelopes, base: this.#base, texts: this.#tables.strings.internAll(envelopes.strings) }
    let next = 0
    for (const reject of rejectsOf(result)) {
      const end = closedBefore(envelopes, next, reject.reject.byteOffset)
      this.#tables.envelopes.append(batch, next, end)
      next = end
      this.#hold(reject)
    }
    this.#tables.envelopes.append(batch, next, envelopes.count)
  }

  #hold({ reject, isNulRun }: BlockReject): void {
    this.#held.push({
      ...reject,
      line: reject.line + this.#base.line,
      record: reject.record + this.#base.record,
      envelope: this.#tables.envelopes.numberOf(reject.envelope),
      isNulRun,
    })
    if (!this.#isLines && this.#held.size > MAX_HELD) this.#release(this.#held.takeFirst())
  }

  #pool(result: BlockResult, firstRow: number): void {
    for (const finding of result.findings) {
      this.#tables.findings.add({
        ...finding,
        // The protocol leaves the code open; workers write only codes of `check/rules.ts`.
        code: finding.code as FindingCode,
        input: this.#base.input,
        row: finding.row < 0 ? -1 : firstRow + finding.row,
        envelope: this.#tables.envelopes.numberOf(finding.envelope),
        line: finding.line + this.#base.line,
        record: finding.record + this.#base.record,
        callId: null,
      })
    }
  }

  #advance(result: BlockResult): void {
    for (const line of lastLines(result)) this.#lastLine = Math.max(this.#lastLine, line + this.#base.line)
    this.#base.line += result.lineCount
    this.#base.record += result.recordCount
    addBytes(this.#account, result.account)
  }

  #releaseRejects(): void {
    const nulTail = new Set(this.#held.nulTail(this.#base.record))
    const isCertain = (reject: HeldReject): boolean =>
      (!this.#isLines || reject.line < this.#lastLine) &&
      !nulTail.has(reject) &&
      !this.#mayBeAlone(reject) &&
      this.#tables.envelopes.naming(reject.envelope) !== STILL_OPEN
    for (const reject of this.#held.take(isCertain)) this.#release(reject)
  }

  /** A lone value of no known shape makes the input unsupported and is no reject. */
  #mayBeAlone(reject: HeldReject): boolean {
    return this.#unknownFirst !== null && reject.record === 0 && this.#base.record <= 1
  }

  #release(reject: HeldReject | undefined): void {
    if (reject === undefined) return
    this.#rejectCount += 1
    if (reject.code === "json/truncated") this.#truncatedAt ??= reject.byteOffset
    this.#content.noteReject(reject)
    this.#onReject(rejectEvidence(this.#place, reject, this.#callIdAt(reject.envelope)))
  }

  /** The id of the call in which the envelope with this number lies, as far as it is known. */
  #callIdAt(number: number): string | null {
    const naming = this.#tables.envelopes.naming(number)
    return naming < 0 ? null : this.#tables.envelopes.callId(naming)
  }

  /** NUL bytes after the last record are no record but separators. */
  #dropNulTail(): number {
    const tail = this.#held.nulTail(this.#base.record)
    const bytes = tail.reduce((sum, run) => sum + run.byteLength, 0)
    this.#held.drop(tail.length)
    this.#base.record -= tail.length
    this.#account.recordBytes -= bytes
    this.#account.separatorBytes += bytes
    return bytes
  }

  /** Rows and findings name the envelope that gives them their call, by its place in the table. */
  #nameEnvelopes(): void {
    const { rows, envelopes, findings } = this.#tables
    rows.changeEnvelopes(this.#firstRow, (number) => Math.max(envelopes.naming(number), UNNAMED))
    findings.endInput(this.#base.input, (number) => this.#callIdAt(number))
  }

  #truncation(): InputError | null {
    if (this.#truncatedAt === null) return null
    const message = "the input ends inside a record; copy or export it again to get the rest"
    return { code: "input/truncated", message, offset: this.#truncatedAt }
  }

  #bytes(framing: FramingEnd | null): { readonly decodedBytes: number; readonly account: ByteAccount } {
    const account = { ...this.#account }
    if (framing !== null) addBytes(account, framing.account)
    const decodedBytes = framing?.decodedBytes ?? countBytes(account)
    if (this.#unsupported === null) return { decodedBytes, account }
    // Nothing of it was taken.
    return { decodedBytes, account: { ...noBytes(), damageBytes: decodedBytes } }
  }
}

/** The first fault in the structure of a document. */
function faultOf(framing: FramingEnd | null, envelopeFault: InputError | null): InputError | null {
  if (framing === null || framing.fault === null) return envelopeFault
  const { code, message, byteOffset } = framing.fault
  if (envelopeFault !== null && (envelopeFault.offset ?? 0) < byteOffset) return envelopeFault
  return { code, message, offset: byteOffset }
}
