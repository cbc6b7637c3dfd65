import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { ListKey } from "#core/framing/block.ts"
import { listKeyOf } from "#core/framing/list-key.ts"

const keyOf = (json: string): ListKey | null => {
  const bytes = Buffer.from(`..${json}..`)
  return listKeyOf(bytes, 2, bytes.length - 2)
}

const NAMES = [
  ["value", ListKey.value],
  ["Value", ListKey.value],
  ["sessions", ListKey.sessions],
  ["Sessions", ListKey.sessions],
  ["session", ListKey.sessions],
  ["Session", ListKey.sessions],
  ["responses", ListKey.responses],
  ["body", ListKey.body],
  ["Documents", ListKey.documents],
] as const

describe("a list key", () => {
  it("is known however its characters are written", () => {
    const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`
    fc.assert(
      fc.property(
        fc.constantFrom(...NAMES),
        fc.array(fc.boolean(), { minLength: 9, maxLength: 9 }),
        ([name, key], escapes) => {
          const text = [...name]
            .map((character, at) => (escapes[at] === true ? escaped(character) : character))
            .join("")
          expect(keyOf(`"${text}"`)).toBe(key)
        },
      ),
    )
  })

  it.each([
    '""',
    '"segments"',
    '"callee"',
    '"valuE"',
    '"values"',
    '"\\\\value"',
    '"value\\u0000"',
    '"\\value"',
    '"\\u00"',
    `"${"x".repeat(500)}"`,
  ])("%s is none", (json) => {
    expect(keyOf(json)).toBeNull()
  })
})
