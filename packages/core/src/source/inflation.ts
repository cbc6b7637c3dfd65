/** Keeps a compressed input from becoming more than anybody meant it to. */
import { SourceFault } from "./input.ts"

const GIB = 2 ** 30
/** Past 1 GiB, more than this many bytes out for one in is a bomb: JSON of call records compresses about 10 to 30 times. */
const MAX_RATIO = 500

/**
 * Passes inflated chunks on until they are too many: exactly `maxInflatedBytes`, or what the ratio allows.
 * `storedBytes` says how many compressed bytes have gone in.
 */
export async function* limitInflation(
  chunks: AsyncIterable<Uint8Array>,
  maxInflatedBytes: number | null,
  storedBytes: () => number,
): AsyncGenerator<Uint8Array> {
  let inflatedBytes = 0
  for await (const chunk of chunks) {
    inflatedBytes += chunk.length
    if (maxInflatedBytes !== null && inflatedBytes > maxInflatedBytes) {
      const allowed = chunk.subarray(0, chunk.length - (inflatedBytes - maxInflatedBytes))
      if (allowed.length > 0) yield allowed
      throw new SourceFault(
        "input/inflation-limit",
        "the input inflates to more than the limit; raise --max-inflated to read it",
      )
    }
    if (inflatedBytes > GIB && inflatedBytes > MAX_RATIO * storedBytes()) {
      throw new SourceFault(
        "input/inflation-limit",
        `the input inflates more than ${MAX_RATIO} to 1, as no export does; unpack it and look at it`,
      )
    }
    yield chunk
  }
}
