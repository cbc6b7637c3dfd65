import { closeSync, existsSync, openSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { Writable } from "node:stream"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { Stdout, type Sink } from "#cli/output/stdout.ts"
import { temporaryFolder } from "./temporary-folder.ts"

/** A pipe that takes some bytes, and then fails. */
class Pipe extends Writable {
  text = ""
  readonly #limit: number
  readonly #code: string

  constructor(limit = Infinity, code = "EPIPE") {
    super({ decodeStrings: false })
    this.#limit = limit
    this.#code = code
  }

  override _write(chunk: string | Buffer, _encoding: string, done: (error?: Error) => void): void {
    if (this.text.length + chunk.length > this.#limit)
      return done(Object.assign(new Error("failed"), { code: this.#code }))
    this.text += chunk.toString()
    setImmediate(done)
  }
}

const sinkOf = (stream: Sink["stream"]): Sink => ({ stream, fileDescriptor: null })
const lines = fc.array(fc.string({ unit: "grapheme-ascii" }))

function* endless(onLine: () => void): Generator<string> {
  for (;;) {
    onLine()
    yield "x".repeat(1000)
  }
}

describe("Stdout", () => {
  it("writes everything in order, added or written", async () => {
    await fc.assert(
      fc.asyncProperty(lines, lines, fc.string(), lines, async (added, written, text, last) => {
        const pipe = new Pipe()
        const stdout = new Stdout(sinkOf(pipe))
        for (const line of added) stdout.addLine(line)
        await stdout.writeLines(written)
        await stdout.write(text)
        await stdout.writeLines(last)
        const asText = (list: readonly string[]): string => list.map((line) => `${line}\n`).join("")
        expect(pipe.text).toBe(asText(added) + asText(written) + text + asText(last))
      }),
    )
  })

  it("stops in silence where the reader has gone, and asks for no more lines", async () => {
    const stdout = new Stdout(sinkOf(new Pipe(100_000)))
    let lineCount = 0
    await stdout.writeLines(endless(() => lineCount++))
    await stdout.write("more")
    expect(stdout.isClosed).toBe(true)
    expect(lineCount).toBeLessThan(300)
  })

  it("tells of a reader that has gone also where nothing is waited for", async () => {
    const stdout = new Stdout(sinkOf(new Pipe(0)))
    for (let count = 0; count < 100; count++) stdout.addLine("x".repeat(1000))
    await new Promise((resolve) => setImmediate(resolve))
    expect(stdout.isClosed).toBe(true)
  })

  it("throws whatever else goes wrong, with its cause, once and for all", async () => {
    const stdout = new Stdout(sinkOf(new Pipe(0, "EIO")))
    for (let count = 0; count < 2; count++) {
      await expect(stdout.write("text")).rejects.toMatchObject({ exitCode: 4, message: expect.stringContaining("EIO") })
    }
  })

  it("shows a terminal each line when it is added", () => {
    const terminal = Object.assign(new Pipe(), { isTTY: true })
    new Stdout(sinkOf(terminal)).addLine("line")
    expect(terminal.text).toBe("line\n")
  })

  it("writes files by itself, to the last byte", async () => {
    const path = join(temporary, "file")
    const fileDescriptor = openSync(path, "w")
    const stdout = new Stdout({ stream: new Pipe(0), fileDescriptor })
    await stdout.writeLines(["é", "x".repeat(200_000)])
    await stdout.write(new Uint8Array([65]))
    closeSync(fileDescriptor)
    expect(readFileSync(path, "utf8")).toBe(`é\n${"x".repeat(200_000)}\nA`)
  })

  it.skipIf(!existsSync("/dev/full"))("throws where the device is full", async () => {
    const fileDescriptor = openSync("/dev/full", "w")
    const stdout = new Stdout({ stream: new Pipe(), fileDescriptor })
    await expect(stdout.write("text")).rejects.toMatchObject({
      exitCode: 4,
      message: "standard output could not be written: the device is full (ENOSPC)",
    })
    closeSync(fileDescriptor)
  })
})

const temporary = temporaryFolder()
