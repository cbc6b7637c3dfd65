/** The kernel's tables are bounded: what does not fit any more costs speed, never a result. */
import { describe, expect, it } from "vitest"
import { bothResults } from "./engines.ts"

const session = (id: string, more = ""): string =>
  `{"id":"${id}","modalities":["audio"],"startDateTime":"2026-01-05T05:32:48Z","endDateTime":"2026-01-05T05:41:18Z","isTest":false${more}}`

function expectEqual(lines: readonly string[]): number {
  const { fast, slow, handedOverCount } = bothResults(Buffer.from(lines.join("\n")))
  expect(fast).toEqual(slow)
  return handedOverCount
}

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index)

describe("a block with more than the kernel has room for:", () => {
  it("rows", () => {
    expect(expectEqual(range(10_000).map((index) => session(`s${index}`)))).toBe(0)
  })

  it("rows of one callRecord", () => {
    expectEqual([`{"id":"c","sessions":[${range(5000).map((index) => session(`s${index}`))}]}`, session("last")])
  })

  it("lines that are left to the reference", () => {
    expect(expectEqual(range(3000).map((index) => (index % 2 === 0 ? "[1" : session(`s${index}`))))).toBe(1500)
  })

  it("texts", () => {
    const reasons = range(70_000).map((index) =>
      session("s", `,"failureInfo":{"stage":"midcall","reason":"r${index}"}`),
    )
    expect(expectEqual(reasons)).toBeGreaterThan(0)
    // Forgotten between blocks, so that the next has room again.
    expect(expectEqual(reasons.slice(0, 1000))).toBe(0)
  })

  it("long texts", () => {
    const reason = (index: number): string => `${index}${"x".repeat(100_000)}`
    expectEqual(
      range(60).map((index) => session("s", `,"failureInfo":{"stage":"midcall","reason":"${reason(index)}"}`)),
    )
  })

  it("unknown properties, in one session and in many", () => {
    expect(
      expectEqual([
        session(
          "s",
          range(70)
            .map((index) => `,"a${index}":1`)
            .join(""),
        ),
      ]),
    ).toBe(1)
    expectEqual(range(2000).map((index) => session(`s${index}`, `,"b${index}":null`)))
    // Those that are known already are still taken.
    expect(expectEqual([session("s", ',"a1":1')])).toBe(0)
  })

  it("bytes", () => {
    const padding = range(40).map((index) => session(`s${index}`, `,"x":"${"y".repeat(200_000)}"`))
    expect(expectEqual(padding)).toBe(0)
  })
})

describe("what was learnt changes no result:", () => {
  it("keys in an order of their own in each session", () => {
    const members = [
      '"id":"s"',
      '"modalities":[]',
      '"startDateTime":"2026-01-05T05:32:48Z"',
      '"endDateTime":"2026-01-05T05:41:18Z"',
      '"isTest":true',
      '"segments":null',
    ]
    const rotated = range(500).map((index) => {
      const from = index % members.length
      const order = [...members.slice(from), ...members.slice(0, from)]
      return `{${(index % 7 < 3 ? order : order.toReversed()).join(",")}}`
    })
    expect(expectEqual(rotated)).toBe(0)
  })

  it("white space that changes from record to record", () => {
    expect(expectEqual(range(500).map((index) => session("s").replaceAll(",", `,${" ".repeat(index % 5)}`)))).toBe(0)
  })

  it("null and numbers in turn behind the same key", () => {
    const values = ["null", "1", "-3", '"x"', "true", "1.5", "{}", "[]"]
    expectEqual(
      range(800).map((index) => session("s", `,"caller":{"cpuCoresCount":${values[(index * 7) % 8]},"name":null}`)),
    )
  })
})
