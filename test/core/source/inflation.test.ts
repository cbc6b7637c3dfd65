import { describe, expect, it } from "vitest"
import { limitInflation } from "#core/source/inflation.ts"

const MIB = 1 << 20

/** How many MiB of `totalMib` pass, when `storedBytes` have gone in, and the error. */
async function passed(
  totalMib: number,
  storedBytes: number,
): Promise<{ readonly mib: number; readonly error: string | null }> {
  const chunk = new Uint8Array(MIB)
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let index = 0; index < totalMib; index += 1) yield chunk
  }
  let mib = 0
  try {
    for await (const each of limitInflation(chunks(), null, () => storedBytes)) mib += each.length / MIB
    return { mib, error: null }
  } catch (cause) {
    return { mib, error: (cause as { error: { code: string } }).error.code }
  }
}

describe("limitInflation", () => {
  it("allows any ratio up to 1 GiB, and 500 to 1 past it", async () => {
    expect(await passed(1024, 1)).toEqual({ mib: 1024, error: null })
    expect(await passed(1100, 1)).toEqual({ mib: 1024, error: "input/inflation-limit" })
    expect(await passed(1100, 2 * MIB)).toEqual({ mib: 1000 + 24, error: "input/inflation-limit" })
    expect(await passed(1100, 3 * MIB)).toEqual({ mib: 1100, error: null })
  })
})
