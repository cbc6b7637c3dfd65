/**
 * The chunks of one input → its blocks, on the main thread.
 *
 * NDJSON is cut at line ends and not looked at: workers frame the lines. Documents are framed here, and so are a line
 * that is longer than any record may be (its sessions stream by) and what stands behind the last line's end. Blocks
 * come in stream order and do not depend on how the chunks were cut.
 */
import { type Block, type ByteAccount, type FramingEnd, type FramingLimits, type ItemTable } from "./block.ts"
import { BlockBuffer } from "./block-buffer.ts"
import { detectMode } from "./detection.ts"
import { Framer } from "./framer.ts"

const LF = 0x0a

/**
 * Gives the blocks of an input, then what is known of the whole. `chunks` are UTF-8 without a byte order mark at the
 * start; each is copied before the next is asked for.
 */
export async function* frame(chunks: AsyncIterable<Uint8Array>, limits: FramingLimits): AsyncGenerator<Block, FramingEnd> {
  const cutter = new BlockCutter(limits)
  for await (const chunk of chunks) {
    for (let from = 0; from < chunk.length; from += limits.blockBytes) {
      yield* cutter.push(chunk.subarray(from, from + limits.blockBytes))
    }
  }
  yield* cutter.end()
  return cutter.summary()
}

class BlockCutter {
  readonly #limits: FramingLimits
  readonly #buffer: BlockBuffer
  #mode: "lines" | "documents" | null = null
  /** Frames a document, a long line, or the last line; null while lines are only cut. */
  #framer: Framer | null = null
  #blockCount = 0
  #decodedBytes = 0
  #damageBytes = 0
  #account: ByteAccount = { recordBytes: 0, separatorBytes: 0, envelopeBytes: 0, damageBytes: 0 }
  #isEnd = false

  constructor(limits: FramingLimits) {
    this.#limits = limits
    this.#buffer = new BlockBuffer(limits.blockBytes)
  }

  *push(piece: Uint8Array): Generator<Block> {
    this.#decodedBytes += piece.length
    if (this.#isDamaged()) {
      this.#damageBytes += piece.length
      return
    }
    this.#buffer.append(piece)
    this.#mode ??= this.#detect()
    if (this.#mode !== null) yield* this.#advance()
  }

  *end(): Generator<Block> {
    this.#isEnd = true
    this.#mode ??= this.#detect() ?? "documents"
    if (this.#mode === "lines" && this.#framer === null) yield* this.#cutLines(1)
    this.#framer ??= this.#newFramer()
    yield* this.#runFramer()
    this.#framer.end()
    yield* this.#cutItems(this.#framer, 0)
  }

  summary(): FramingEnd {
    const framer = this.#framer
    if (framer === null) throw new Error("the summary is known after the end")
    const { first, valueCount } = framer.topLevel
    const isEmpty = this.#mode === "documents" && valueCount === 0 && framer.fault === null
    const account = { ...this.#account, damageBytes: this.#account.damageBytes + this.#damageBytes }
    return {
      layout: this.#mode === "lines" ? "ndjson" : valueCount > 1 ? "concatenated" : (first ?? "single"),
      account,
      decodedBytes: this.#decodedBytes,
      nulTailBytes: framer.nulTailBytes,
      fault: isEmpty ? { code: "input/empty", message: "the input holds nothing but white space", byteOffset: 0 } : framer.fault,
    }
  }

  #isDamaged(): boolean {
    return this.#framer?.fault?.code === "input/corrupt"
  }

  #detect(): "lines" | "documents" | null {
    // Looking again at each chunk would be quadratic in the length of the first line.
    if (!this.#isEnd && this.#mode === null && this.#buffer.byteCount < this.#detectAt) return null
    this.#detectAt = 2 * this.#buffer.byteCount
    return detectMode(this.#buffer.bytes, this.#isEnd, this.#limits.maxRecordBytes)
  }
  #detectAt = 0

  #newFramer(): Framer {
    return new Framer(this.#limits, this.#mode ?? "documents", this.#buffer.byteOffset)
  }

  *#advance(): Generator<Block> {
    if (this.#mode === "documents") {
      this.#framer ??= this.#newFramer()
      yield* this.#runFramer()
      return
    }
    if (this.#framer !== null) yield* this.#runLongLine(this.#framer)
    if (this.#framer === null) yield* this.#cutLines(this.#limits.blockBytes)
    if (this.#framer === null && this.#buffer.byteCount > this.#limits.maxRecordBytes) {
      this.#framer = this.#newFramer()
      yield* this.#runFramer()
    }
  }

  /** Hands out the whole lines, if there are enough bytes. */
  *#cutLines(leastBytes: number): Generator<Block> {
    if (this.#buffer.byteCount < leastBytes) return
    const end = this.#buffer.bytes.lastIndexOf(LF) + 1
    if (end === 0) return
    yield this.#block(this.#buffer.bytes.subarray(0, end), null)
    this.#buffer.dropFirst(end)
  }

  /** Frames a long line up to its end, where lines are cut again. */
  *#runLongLine(framer: Framer): Generator<Block> {
    const { bytes, byteOffset } = this.#buffer
    const scanned = framer.scannedTo() - byteOffset
    const lineEnd = bytes.indexOf(LF, scanned)
    if (lineEnd < 0) return yield* this.#runFramer()
    framer.scan(bytes, byteOffset, lineEnd + 1, false)
    framer.end()
    this.#framer = null
    yield* this.#cutItems(framer, lineEnd + 1)
  }

  *#runFramer(): Generator<Block> {
    const framer = this.#framer
    if (framer === null) return
    framer.scan(this.#buffer.bytes, this.#buffer.byteOffset, this.#buffer.byteCount, this.#isEnd)
    if (this.#isEnd || this.#buffer.byteCount < this.#limits.blockBytes) return
    const keepFrom = framer.keepFrom()
    framer.letGo(keepFrom)
    if (framer.table.itemCount > 0) yield* this.#cutItems(framer, keepFrom - this.#buffer.byteOffset)
    else if (keepFrom > this.#buffer.byteOffset) this.#buffer.dropFirst(keepFrom - this.#buffer.byteOffset)
  }

  /** Hands out the items framed so far, and keeps the bytes behind the first `dropCount`. */
  *#cutItems(framer: Framer, dropCount: number): Generator<Block> {
    const account = framer.takeAccount()
    const items = framer.table.take(framer.counters, account)
    const isNothing = items.itemCount + items.lineCount + items.recordCount + items.envelopeCount === 0
    if (isNothing) this.#account = sum(this.#account, account)
    else yield this.#block(this.#buffer.bytes, items)
    if (dropCount > 0) this.#buffer.dropFirst(dropCount)
  }

  #block(bytes: Uint8Array, items: ItemTable | null): Block {
    return { blockIndex: this.#blockCount++, byteOffset: this.#buffer.byteOffset, bytes, items, isLines: this.#mode === "lines" }
  }
}

function sum(a: ByteAccount, b: ByteAccount): ByteAccount {
  return {
    recordBytes: a.recordBytes + b.recordBytes,
    separatorBytes: a.separatorBytes + b.separatorBytes,
    envelopeBytes: a.envelopeBytes + b.envelopeBytes,
    damageBytes: a.damageBytes + b.damageBytes,
  }
}
