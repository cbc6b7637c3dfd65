/**
 * How far an input was read. Nothing of what stands before certain places is needed behind them (`Block.behind`), so that
 * reading can begin again there, if the bytes before are still the same.
 */
import type { XXHash, XXHashAPI } from "xxhash-wasm"
import type { FramedBlock } from "./framing/block.ts"
import { loadHash } from "./partial/container.ts"
import type { Mark } from "./partial/recorder.ts"

/** Follows the blocks of one input from its beginning, or from a mark. */
export class ReadingMarks {
  readonly #sum: XXHash<bigint>
  #decodedBytes = 0
  /** Every byte so far was in a block. */
  #isWhole = true

  private constructor(hash: XXHashAPI) {
    this.#sum = hash.create64()
  }

  /** At the beginning of an input. */
  static async open(): Promise<ReadingMarks> {
    return new ReadingMarks(await loadHash())
  }

  /** The mark behind the next block; null where reading could not begin again there. */
  behind({ behind, byteOffset, bytes }: FramedBlock): Mark | null {
    const end = behind === null ? byteOffset + bytes.length : behind.byteOffset
    this.#isWhole &&= byteOffset <= this.#decodedBytes
    // Where the block before gave no place, more of it was summed than may stand before this one's.
    if (!this.#isWhole || end < this.#decodedBytes) return null
    this.#add(bytes.subarray(this.#decodedBytes - byteOffset, end - byteOffset))
    return behind === null ? null : { place: behind, xxh64: String(this.#sum.digest()) }
  }

  /**
   * Goes on to a mark: takes the bytes before it off the chunks. Gives what follows, or null where the bytes are not
   * those that were read then. Chunks that are passed over are given to `release`.
   */
  async goOnTo(
    mark: Mark,
    chunks: AsyncGenerator<Uint8Array>,
    release: (chunk: Uint8Array) => void,
  ): Promise<AsyncGenerator<Uint8Array> | null> {
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) {
      const chunk = next.value
      const before = chunk.subarray(0, mark.place.byteOffset - this.#decodedBytes)
      this.#add(before)
      if (this.#decodedBytes < mark.place.byteOffset) release(chunk)
      else {
        const isSame = String(this.#sum.digest()) === mark.xxh64
        if (isSame && before.length < chunk.length) return withFirst(chunk.subarray(before.length), chunks)
        release(chunk)
        return isSame ? chunks : null
      }
    }
    return null
  }

  #add(bytes: Uint8Array): void {
    this.#sum.update(bytes)
    this.#decodedBytes += bytes.length
  }
}

async function* withFirst(first: Uint8Array, chunks: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first
  yield* chunks
}
