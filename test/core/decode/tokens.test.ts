import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { completeProperties, findRepeatedKey } from "#core/decode/tokens.ts"
import { SESSION_PROPERTIES } from "#core/model/known-properties.ts"
import { session } from "../../arbitraries/session.ts"

describe("completeProperties", () => {
  it("are those whose values stand whole, wherever the text is cut", () => {
    fc.assert(
      fc.property(session, fc.nat(), (value, at) => {
        const text = JSON.stringify(value)
        const cut = text.slice(0, at % text.length)
        const plain = Object.entries(value).filter(([, member]) => typeof member !== "object" || member === null)
        for (const [name, member] of Object.entries(completeProperties(cut)))
          expect(plain).toContainEqual([name, member])
        const first = `{"id":${JSON.stringify(value.id)},`
        if (cut.startsWith(first)) expect(completeProperties(cut)["id"]).toBe(value.id)
      }),
    )
  })
})

describe("findRepeatedKey", () => {
  it("finds none in what JSON.stringify writes", () => {
    fc.assert(
      fc.property(session, (value) => {
        expect(findRepeatedKey(JSON.stringify(value), SESSION_PROPERTIES)).toBeNull()
      }),
    )
  })

  it.each([
    ['{"id":"1","id":"2"}', "/id", 1],
    ['{"segments":[{"id":"1"},{"id":"2","id":"3","id":"4"}]}', "/segments/1/id", 2],
    ['{"@odata.type":"a","@odata.type":"b"}', "/@odata.type", 1],
    ['{"\\u0069d":"1","id":"2"}', "/id", 1],
  ])("finds it in %s", (text, pointer, count) => {
    expect(findRepeatedKey(text, SESSION_PROPERTIES)).toEqual({ pointer, count })
  })

  it.each(['{"note":1,"note":2}', '{"note":{"id":1,"id":2}}', '{"caller":{"id":"1"},"id":"2"}'])(
    "is only of the model: %s",
    (text) => expect(findRepeatedKey(text, SESSION_PROPERTIES)).toBeNull(),
  )
})
