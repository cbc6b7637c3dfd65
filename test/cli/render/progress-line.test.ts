import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { Progress } from "@callsift/core"
import { ProgressLine, progressText, restoreTerminal } from "#cli/render/progress-line.ts"
import { columnsOf } from "#cli/render/style.ts"

const PROGRESS: Progress = {
  inputsDone: 1,
  inputCount: 3,
  decodedBytes: 25_000_000,
  totalBytes: 100_000_000,
  sessionCount: 12_345,
  rejectCount: 2,
  elapsedMs: 500,
}

class FakeTerminal {
  readonly isTTY: boolean
  readonly columns: number
  text = ""

  constructor(isTTY: boolean, columns = 100) {
    this.isTTY = isTTY
    this.columns = columns
  }

  readonly write = (text: string): void => {
    this.text += text
  }
}

describe("progressText", () => {
  it("says bytes, rate, time left, sessions, rejects, inputs", () =>
    expect(progressText(PROGRESS, 100)).toBe(
      "██▌        25.0 MB of 100.0 MB · 50.0 MB/s · 2 s left · 12,345 sessions · 2 rejected · 1 of 3 inputs",
    ))

  it("knows no time left where an input has no size, or inflates to more than it", () => {
    for (const totalBytes of [null, 0, 24_999_999]) {
      const text = progressText({ ...PROGRESS, totalBytes }, 100)
      expect(text).toBe("25.0 MB · 50.0 MB/s · 12,345 sessions · 2 rejected · 1 of 3 inputs")
    }
  })

  it("never shows what is not a number, is negative or too wide, whatever the clock does", () => {
    const amount = fc.nat(Number.MAX_SAFE_INTEGER)
    const progress = fc.record({
      inputsDone: fc.nat(),
      inputCount: fc.nat(),
      decodedBytes: amount,
      totalBytes: fc.option(amount),
      sessionCount: amount,
      rejectCount: amount,
      elapsedMs: fc.double({ min: -1e6, max: 1e12, noNaN: true }),
    })
    fc.assert(
      fc.property(progress, fc.integer({ min: 10, max: 200 }), (each, columns) => {
        const text = progressText(each, columns)
        expect(text).not.toMatch(/NaN|Infinity|-|undefined/)
        expect(columnsOf(text)).toBeLessThanOrEqual(columns)
      }),
    )
  })
})

describe("ProgressLine", () => {
  it("draws over itself, and leaves the terminal as it was", () => {
    const terminal = new FakeTerminal(true)
    const line = new ProgressLine(terminal, false)
    line.update(PROGRESS)
    line.update({ ...PROGRESS, sessionCount: 5 })
    line.clear()
    line.clear()
    const shown = (progress: Progress): string => `\r\u001b[2K${progressText(progress, 99)}`
    expect(terminal.text).toBe(
      `\u001b[?25l${shown(PROGRESS)}${shown({ ...PROGRESS, sessionCount: 5 })}\r\u001b[2K\u001b[?25h`,
    )
  })

  it.each([
    ["no terminal", false, false],
    ["quiet", true, true],
  ])("writes nothing: %s", (_name, isTTY, isQuiet) => {
    const terminal = new FakeTerminal(isTTY)
    const line = new ProgressLine(terminal, isQuiet)
    line.update(PROGRESS)
    line.clear()
    expect(terminal.text).toBe("")
  })

  it("is narrower than the terminal, so that it never wraps", () => {
    const terminal = new FakeTerminal(true, 40)
    new ProgressLine(terminal, false).update(PROGRESS)
    expect(columnsOf(terminal.text)).toBeLessThan(40)
  })
})

describe("restoreTerminal", () => {
  it("shows the cursor of a terminal, and writes nowhere else", () => {
    const [terminal, file] = [new FakeTerminal(true), new FakeTerminal(false)]
    restoreTerminal(terminal)
    restoreTerminal(file)
    expect([terminal.text, file.text]).toEqual(["\u001b[?25h", ""])
  })
})
