import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { MODALITIES, modalityNames, readModality } from "#core/model/modality.ts"

const UNKNOWN_FUTURE_VALUE = 6

describe("readModality", () => {
  it("reads a member in any letter case, and notes it where it is not the model's", () => {
    fc.assert(
      fc.property(
        fc.nat(MODALITIES.length - 1),
        fc.array(fc.boolean(), { minLength: 30, maxLength: 30 }),
        (index, capitals) => {
          const name = MODALITIES[index] ?? ""
          const text = [...name]
            .map((letter, at) => (capitals[at] === true ? letter.toUpperCase() : letter.toLowerCase()))
            .join("")
          expect(readModality(text)).toEqual({ index, isKnown: true, isUnusual: text !== name })
        },
      ),
    )
  })

  it("reads any other text as unknownFutureValue", () => {
    const other = fc.string().filter((text) => !MODALITIES.some((name) => name.toLowerCase() === text.toLowerCase()))
    fc.assert(
      fc.property(other, (text) => {
        expect(readModality(text)).toEqual({ index: UNKNOWN_FUTURE_VALUE, isKnown: false, isUnusual: false })
      }),
    )
  })

  it.each(["__proto__", "constructor", "toString", "hasOwnProperty", "", "audio ", "audio video", "vİdeo"])(
    "knows no member %j",
    (text) => {
      expect(readModality(text)).toMatchObject({ index: UNKNOWN_FUTURE_VALUE, isKnown: false })
    },
  )
})

describe("modalityNames", () => {
  it("lists the members of a set in the model's order", () => {
    expect(MODALITIES).toEqual([
      "unknown",
      "audio",
      "video",
      "videoBasedScreenSharing",
      "data",
      "screenSharing",
      "unknownFutureValue",
    ])
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom(...MODALITIES)), (names) => {
        const bits = names.reduce((set, name) => set | (1 << readModality(name).index), 0)
        expect(modalityNames(bits)).toEqual(MODALITIES.filter((name) => names.includes(name)))
      }),
    )
  })
})
