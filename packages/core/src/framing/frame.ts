/**
 * The chunks of one input → its blocks, on the main thread.
 *
 * NDJSON is cut at line ends and not looked at: workers frame the lines. Documents are framed here, and so are a line
 * that is longer than any record may be (its sessions stream by) and what stands behind the last line's end. Blocks
 * come in stream order. Where they are cut depends on the chunks; what is in all of them together does not.
 */
import {
  Expect,
  type FramedBlock,
  type FramingEnd,
  type FramingLimits,
  type FramingPlace,
  type ItemTable,
} from "./block.ts"
import { BlockBuffer } from "./block-buffer.ts"
import { addBytes, countBytes, noBytes } from "./byte-sums.ts"
import { Framer } from "./framer.ts"
import { InputHead } from "./input-head.ts"
import type { RunFinder } from "./run-framer.ts"
import { SharedBuffers } from "./shared-buffers.ts"

const LF = 0x0a

/**
 * Gives the blocks of an input, then what is known of the whole. `chunks` are UTF-8 without a byte order mark at the
 * start. Those in memory of `buffers` bring a reference to it, which is given up here; others are copied before the
 * next is asked for. Each block brings a reference to the memory of its bytes, to be released when nobody reads them.
 * With a `finder`, documents give runs (`ItemKind.run`) where they can.
 * Where the input was read up to a place before, that is `from`, and the chunks are those behind it.
 */
export async function* frame(
  chunks: AsyncIterable<Uint8Array>,
  limits: FramingLimits,
  buffers: SharedBuffers = new SharedBuffers(limits.blockBytes),
  finder: RunFinder | null = null,
  from: FramingPlace | null = null,
): AsyncGenerator<FramedBlock, FramingEnd> {
  const cutter = new BlockCutter(limits, buffers, finder, from)
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += limits.blockBytes) {
      yield* cutter.push(chunk.subarray(at, at + limits.blockBytes))
    }
    buffers.release(chunk)
  }
  yield* cutter.end()
  return cutter.summary()
}

class BlockCutter {
  readonly #limits: FramingLimits
  readonly #buffers: SharedBuffers
  readonly #finder: RunFinder | null
  readonly #buffer: BlockBuffer
  /** The beginning of the input, until the mode is known. */
  readonly #head: InputHead
  #mode: "lines" | "documents" | null = null
  /** Frames a document, a long line, or the last line; null while lines are only cut. */
  #framer: Framer | null = null
  #blockCount = 0
  #decodedBytes = 0
  /** A line that was framed here may be taken back long after its first block. */
  #hadLongLine = false
  readonly #account = noBytes()
  #isEnd = false

  constructor(limits: FramingLimits, buffers: SharedBuffers, finder: RunFinder | null, from: FramingPlace | null) {
    this.#limits = limits
    this.#buffers = buffers
    this.#finder = finder
    this.#head = new InputHead(buffers)
    // What is left of the block before, and a whole one behind it.
    this.#buffer = new BlockBuffer(buffers, 2 * limits.blockBytes, from?.byteOffset ?? 0)
    if (from === null) return
    this.#decodedBytes = from.byteOffset
    this.#mode = from.within === "lines" ? "lines" : "documents"
    if (this.#mode === "documents") this.#framer = this.#newFramer(from)
  }

  *push(piece: Uint8Array): Generator<FramedBlock> {
    this.#decodedBytes += piece.length
    if (this.#mode !== null) return yield* this.#advance(piece)
    this.#head.add(piece)
    yield* this.#decide()
  }

  *end(): Generator<FramedBlock> {
    this.#isEnd = true
    if (this.#mode === null) yield* this.#decide()
    if (this.#mode === "lines" && this.#framer === null) yield* this.#cutLines(1)
    this.#framer ??= this.#newFramer()
    this.#framer.scan(this.#buffer.bytes, this.#buffer.byteOffset, this.#buffer.byteCount, true)
    this.#framer.end()
    yield* this.#cutItems(this.#framer, 0)
    this.#buffer.release()
  }

  summary(): FramingEnd {
    const framer = this.#framer
    if (framer === null) throw new Error("the summary is known after the end")
    const { first, valueCount } = framer.topLevel
    const isEmpty = this.#mode === "documents" && valueCount === 0 && framer.fault === null
    return {
      layout: this.#mode === "lines" ? "ndjson" : valueCount > 1 ? "concatenated" : (first ?? "single"),
      account: this.#account,
      decodedBytes: this.#decodedBytes,
      nulTailBytes: framer.nulTailBytes,
      fault: isEmpty
        ? { code: "input/empty", message: "the input holds nothing but white space", byteOffset: 0 }
        : framer.fault,
    }
  }

  /** Decides the mode, if the bytes so far tell it, and takes them up. */
  *#decide(): Generator<FramedBlock> {
    this.#mode = this.#head.mode(this.#isEnd, this.#limits.maxRecordBytes)
    if (this.#mode === null) return
    for (const piece of this.#head.take()) {
      yield* this.#advance(piece)
      this.#buffers.release(piece)
    }
  }

  #placeBehindLines(byteCount: number): FramingPlace | null {
    if (this.#hadLongLine) return null
    const byteOffset = this.#buffer.byteOffset + byteCount
    return { byteOffset, within: "lines", expect: Expect.elementOrEnd, valueCount: 0, first: null }
  }

  #newFramer(from: FramingPlace | null = null): Framer {
    // A line that is longer than a block may be taken back when what was passed of it is decoded already.
    const finder = this.#mode === "lines" ? null : this.#finder
    return new Framer(this.#limits, this.#mode ?? "documents", this.#buffer.byteOffset, finder, from)
  }

  *#advance(piece: Uint8Array): Generator<FramedBlock> {
    if (this.#framer?.fault?.code === "input/corrupt") {
      this.#account.damageBytes += piece.length
      return
    }
    this.#buffer.append(piece)
    if (this.#mode === "documents") {
      this.#framer ??= this.#newFramer()
      return yield* this.#runFramer(this.#framer)
    }
    if (this.#framer !== null) yield* this.#runLongLine(this.#framer)
    const { blockBytes, maxRecordBytes } = this.#limits
    if (this.#framer === null) yield* this.#cutLines(Math.min(blockBytes, maxRecordBytes + 1))
    if (this.#framer === null && this.#buffer.byteCount > maxRecordBytes) {
      this.#framer = this.#newFramer()
      yield* this.#runFramer(this.#framer)
    }
  }

  /** Hands out the whole lines, if there are enough bytes. */
  *#cutLines(leastBytes: number): Generator<FramedBlock> {
    if (this.#buffer.byteCount < leastBytes) return
    const end = this.#buffer.bytes.lastIndexOf(LF) + 1
    if (end === 0) return
    yield this.#block(this.#buffer.bytes.subarray(0, end), null, this.#placeBehindLines(end))
    this.#buffer.dropFirst(end)
  }

  /** Frames a long line up to its end, where lines are cut again. */
  *#runLongLine(framer: Framer): Generator<FramedBlock> {
    const { bytes, byteOffset } = this.#buffer
    const scanned = framer.scannedTo() - byteOffset
    const lineEnd = bytes.indexOf(LF, scanned)
    if (lineEnd < 0) return yield* this.#runFramer(framer)
    framer.scan(bytes, byteOffset, lineEnd + 1, true)
    framer.end()
    this.#framer = null
    this.#hadLongLine = true
    yield* this.#cutItems(framer, lineEnd + 1)
  }

  *#runFramer(framer: Framer): Generator<FramedBlock> {
    const { bytes, byteOffset } = this.#buffer
    framer.scan(bytes, byteOffset, bytes.length, false)
    if (bytes.length < this.#limits.blockBytes) return
    const keepFrom = framer.keepFrom()
    framer.letGo(keepFrom)
    if (framer.table.itemCount > 0) yield* this.#cutItems(framer, keepFrom - byteOffset)
    else if (keepFrom > byteOffset) this.#buffer.dropFirst(keepFrom - byteOffset)
  }

  /** Hands out the items framed so far, and keeps the bytes behind the first `dropCount`. */
  *#cutItems(framer: Framer, dropCount: number): Generator<FramedBlock> {
    const behind = framer.placeBehind()
    const account = framer.takeAccount()
    const items = framer.table.take(framer.counters, account)
    if (isNothing(items)) addBytes(this.#account, account)
    else yield this.#block(this.#buffer.bytes, items, countBytes(this.#account) === 0 ? behind : null)
    if (dropCount > 0) this.#buffer.dropFirst(dropCount)
  }

  #block(bytes: Uint8Array, items: ItemTable | null, behind: FramingPlace | null): FramedBlock {
    this.#buffers.retain(bytes)
    return {
      blockIndex: this.#blockCount++,
      byteOffset: this.#buffer.byteOffset,
      bytes,
      items,
      isLines: this.#mode === "lines",
      behind,
    }
  }
}

/** Each by itself: where a line was taken back, the count of records is negative. */
function isNothing({ itemCount, lineCount, recordCount }: ItemTable): boolean {
  return itemCount === 0 && lineCount === 0 && recordCount === 0
}
