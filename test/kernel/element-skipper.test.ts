/** Passing elements 64 bytes at a time against passing them byte by byte. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { ElementSkipper, type Passable, type Passed } from "../../packages/kernel/dist/index.js"

const PASSABLE: Passable = { maxDepth: 60, maxBytes: 1 << 20, envelopes: "none", hasCommas: true }
const code = (character: string): number => character.charCodeAt(0)
const SPACES = new Set([..." \t\r\n"].map(code))

/** Where the object at `start` ends; null where it does not, or is nothing that may be passed. */
function objectEnd(bytes: Buffer, start: number, { maxDepth, maxBytes }: Passable): number | null {
  const open: number[] = []
  let isInString = false
  for (let at = start; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0
    if (byte === code("\\") && isInString) at += 1
    else if (byte === code("\\")) return null
    else if (byte === code('"')) isInString = !isInString
    else if (isInString) continue
    else if (byte === code("{") || byte === code("[")) {
      if (open.push(byte) > Math.min(maxDepth, 60)) return null
    } else if (byte === code("}") || byte === code("]")) {
      if ((open.pop() ?? 0) + 2 !== byte) return null
      if (open.length === 0) return at + 1 - start > maxBytes ? null : at + 1
    }
  }
  return null
}

function passedByBytes(bytes: Buffer, passable: Passable): Passed | null {
  let end = 0
  let elementCount = 0
  let elementBytes = 0
  const skipSpaces = (from: number): number => {
    let at = from
    while (SPACES.has(bytes[at] ?? 0)) at += 1
    return at
  }
  for (let start = 0; bytes[start] === code("{");) {
    const next = objectEnd(bytes, start, passable)
    if (next === null) break
    elementCount += 1
    elementBytes += next - start
    end = next
    start = skipSpaces(next)
    if (passable.hasCommas && bytes[start] !== code(",")) break
    if (passable.hasCommas) start = skipSpaces(start + 1)
  }
  const lineCount = bytes.subarray(0, end).filter((byte) => byte === code("\n")).length
  return elementCount === 0 ? null : { byteLength: end, elementCount, lineCount, elementBytes }
}

const part = fc.oneof(
  fc.constantFrom('"', "\\", "\\\\", '\\"', "{", "}", "[", "]", ",", ":", "\n", " "),
  fc.constantFrom('{"a":"', '"}', "},{", '"},\n{"', "{}", ",{}", '":[', "]}"),
  fc.nat(130).map((length) => "x".repeat(length)),
  fc.integer({ min: 1, max: 70 }).map((length) => "\\".repeat(length)),
  fc.integer({ min: 1, max: 70 }).map((length) => `{"k":"${"\\\\".repeat(length)}${'\\"'.repeat(length % 5)}"},`),
)
const windows = fc.constantFrom(64, 100, 4096)

describe("elements", () => {
  it("are passed as byte by byte, in windows of any size", () => {
    const skippers = new Map([64, 100, 4096].map((bytes) => [bytes, new ElementSkipper(bytes)]))
    const passables = fc.record({
      maxDepth: fc.constantFrom(1, 3, 60, 128),
      maxBytes: fc.constantFrom(20, 200, 1 << 20),
      envelopes: fc.constant("none" as const),
      hasCommas: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), passables, windows, (parts, passable, windowBytes) => {
        const bytes = Buffer.from(`{${parts.join("")}`)
        const passed = skippers.get(windowBytes)?.pass(bytes, passable) ?? null
        const expected = passedByBytes(bytes, passable)
        // Where the end of a window cuts what stands between two elements, the run may end there.
        if (passed === null || expected === null || bytes.length > windowBytes) {
          expect(passed === null).toBe(expected === null)
          expect(passed?.elementCount ?? 0).toBeLessThanOrEqual(expected?.elementCount ?? 0)
        } else expect(passed).toEqual(expected)
      }),
      { numRuns: 5000 },
    )
  })

  it("are passed to the last in many windows", () => {
    const element = '{"id":"1","modalities":["audio"]},\n'
    const bytes = Buffer.from(element.repeat(50_000))
    expect(new ElementSkipper().pass(bytes, PASSABLE)).toEqual({
      byteLength: bytes.length - 2,
      elementCount: 50_000,
      lineCount: 49_999,
      elementBytes: 50_000 * (element.length - 2),
    })
  })

  it("may be larger than any window", () => {
    const large = `{"text":"${"x".repeat(3 << 20)}"}`
    const bytes = Buffer.from(`${large},${large},{}`)
    const passed = { byteLength: bytes.length, elementCount: 3, lineCount: 0, elementBytes: bytes.length - 2 }
    expect(new ElementSkipper().pass(bytes, { ...PASSABLE, maxBytes: 1 << 24 })).toEqual(passed)
    expect(new ElementSkipper().pass(bytes, PASSABLE)).toBeNull()
  })

  it.each([
    ['{"value":[]}', 0],
    ['{"a":1,"Sessions" : {}}', 1],
    ['{"a":1,"sessions" : [{},]}', 0],
    ['{"v\\u0061lu\\u0065":[]}', 0],
    ['{"responses":[]}', 0],
    ['{"Documents":[]}', 0],
    ['{"session":[]}', 1],
    ['{"body":{"session":[]}}', 0],
    ['{"value":1,"a":{"value":[]}}', 1],
    ['{"text":"\\\\ \\"value\\":[","segments":[],"modalities":["a"]}', 1],
  ])("that may be other envelopes than callRecords are not passed where these are: %s", (text, elementCount) => {
    const passed = new ElementSkipper().pass(Buffer.from(text), { ...PASSABLE, envelopes: "calls" })
    expect(passed?.elementCount ?? 0).toBe(elementCount)
  })

  it.each([
    ['{"value":[]}', 1],
    ['{"id":"A","sessions" : [ {} , {"a":[1,2]}\n]}', 1],
    ['{"sessions":[{"value":[{},{}]}],"b":[1,,2]}', 1],
    ['{"responses":[{"body":{"sessions":[{}]}}]}', 1],
    ['{"session":{}}', 1],
    ['{"value":[{}],"sessions":[{}]}', 0],
    ['{"sessions":{},"value":[{}]}', 0],
    ['{"value":[{},]}', 0],
    ['{"value":[{},,{}]}', 0],
    ['{"value":[,{}]}', 0],
    ['{"value":[{}{}]}', 0],
    ['{"value":[{},1]}', 0],
    ['{"value":[1]}', 0],
    ['{"value":[{"sessions":[{},]}]}', 0],
    ['{"v\\u0061lue":[{}]}', 0],
    ['{"a"[]}', 0],
  ])("that are envelopes are passed where their lists are whole: %s", (text, elementCount) => {
    for (const windowBytes of [64, 4096]) {
      const bytes = Buffer.from(`${text},{}`)
      const passed = new ElementSkipper(windowBytes).pass(bytes, { ...PASSABLE, envelopes: "any" })
      expect(passed?.elementCount ?? 0).toBe(elementCount === 0 ? 0 : 2)
    }
  })
})
