import { describe, expect, it } from "vitest"
import { faultMessage, faultOf } from "#cli/fault.ts"

const CANARY = "Canary Bird"

function thrown(action: () => unknown): unknown {
  try {
    return action()
  } catch (cause) {
    return cause
  }
}

function raise(cause: Error): never {
  throw cause
}

describe("faults", () => {
  it.each([
    ["of the parser", () => JSON.parse(CANARY)],
    ["of numbers", () => BigInt(CANARY)],
    ["of any kind, with lines that look like calls", () => raise(new Error(`\n    at ${CANARY} (${CANARY}:1:1)`))],
  ])("%s never quote what they are about", (_name, action) => {
    const cause = thrown(action)
    expect(String(cause)).toContain("Canary")
    expect(faultMessage(cause)).not.toContain("Canary")
    expect(JSON.stringify(faultOf(cause))).not.toContain("Canary")
  })

  it("name their kind and place, in one line", () => {
    const cause = thrown(() => (undefined as unknown as { key: string }).key)
    expect(faultMessage(cause)).toMatch(
      /^a fault of callsift itself: TypeError at fault\.test\.ts:\d+:\d+; please report/,
    )
    expect(faultMessage(cause)).not.toContain("\n")
    expect(faultOf(cause)).toMatchObject({ name: "TypeError" })
    expect(faultOf(cause).stack[0]).toContain("fault.test.ts")
  })

  it("say what to do where WebAssembly has too few addresses", () => {
    for (const message of [
      "WebAssembly.Memory(): could not allocate memory",
      "WebAssembly.Instance(): Out of memory: Cannot allocate Wasm memory for new instance",
    ])
      expect(faultMessage(new RangeError(message))).toContain("ulimit -v")
    expect(faultMessage(new RangeError("Invalid array length"))).toMatch(/^a fault of callsift itself/)
  })

  it.each([undefined, null, "text", 5, { message: CANARY }])("may be anything that is thrown: %j", (cause) => {
    expect(faultMessage(cause)).toContain("a fault of callsift itself")
    expect(faultMessage(cause)).not.toContain("Canary")
  })
})
