/** Memory that kernels share: each takes regions of it that nobody else has, and all see the blocks that lie in it. */

const PAGE_BYTES = 64 * 1024
/** 2 GiB: addresses stay positive where JavaScript reads them as signed. As in build.mjs. */
const MAX_PAGES = 2 ** 15
/** The kernel loads up to so many bytes behind those that it looks at. */
const READ_AHEAD_BYTES = 128

/** A shared `WebAssembly.Memory`. It can be sent to other threads. */
export interface KernelMemory {
  /** All of it, as long as it is now. */
  readonly buffer: ArrayBuffer | SharedArrayBuffer
  /** As in WebAssembly. */
  readonly grow: (pages: number) => number
}

/** Memory of one page, which nobody uses. */
export function openKernelMemory(): KernelMemory {
  return new WebAssembly.Memory({ initial: 1, maximum: MAX_PAGES, shared: true })
}

/** A memory has no room for one more region. */
export class MemoryFull extends Error {
  override readonly name = "MemoryFull"
}

/** Takes a region of so many bytes, all zero, and gives its first address. Throws `MemoryFull`. */
export function takeRegion(memory: KernelMemory, byteCount: number): number {
  try {
    return memory.grow(Math.ceil((byteCount + READ_AHEAD_BYTES) / PAGE_BYTES)) * PAGE_BYTES
  } catch (cause) {
    throw cause instanceof RangeError ? new MemoryFull("the kernels' memory is full", { cause }) : cause
  }
}
