import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { detectMode } from "#core/framing/detection.ts"
import { InputHead } from "#core/framing/input-head.ts"
import { SharedBuffers } from "#core/framing/shared-buffers.ts"

const part = fc.oneof(
  fc.constantFrom("\n", " ", "\r\n", "\uFEFF", "\0", '{"a":1}', "[", "]", '{"id":', "1}", ",", "{}", '"x"'),
  fc.nat(30).map((length) => "x".repeat(length)),
)

describe("the beginning of an input", () => {
  it("tells the same however it comes, and as soon as it is long enough", () => {
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 12 }),
        fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 5 }),
        fc.constantFrom(0, 5, 20, 1000),
        fc.boolean(),
        (parts, sizes, maxLineBytes, isShared) => {
          const bytes = Buffer.from(parts.join(""))
          const buffers = new SharedBuffers(1)
          const head = new InputHead(buffers)
          let mode: ReturnType<InputHead["mode"]> = null
          for (let at = 0, step = 0; at < bytes.length && mode === null; step++) {
            const size = sizes[step % sizes.length] ?? 1
            const source = bytes.subarray(at, at + size)
            const piece = (isShared ? buffers.takeChunk() : new Uint8Array(size)).subarray(0, source.length)
            piece.set(source)
            head.add(piece)
            at += source.length
            mode = head.mode(false, maxLineBytes)
          }
          expect(mode ?? head.mode(true, maxLineBytes)).toBe(detectMode(bytes, true, maxLineBytes))
        },
      ),
      { numRuns: 5000 },
    )
  })

  it("is given back as it came", () => {
    const head = new InputHead(new SharedBuffers(1))
    for (const text of ["[1,", "2]"]) head.add(Buffer.from(text))
    expect(head.take().map((piece) => Buffer.from(piece).toString())).toEqual(["[1,", "2]"])
    expect(head.take()).toEqual([])
  })
})
