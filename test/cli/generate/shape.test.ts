import { describe, expect, it } from "vitest"
import { Random } from "#cli/generate/random.ts"
import { objectType, UNIFORM, variedShape } from "#cli/generate/shape.ts"

const TYPE = objectType(["@odata.type", "id", "name", "note"], ["id"])

describe("shapes", () => {
  it("are all properties in order where they are uniform; control information only if there is any", () => {
    expect(UNIFORM.object(TYPE, { id: '"a"' })).toBe('{"id":"a","name":null,"note":null}')
    expect(UNIFORM.object(TYPE, { "@odata.type": '"t"', name: "1" })).toBe(
      '{"@odata.type":"t","id":null,"name":1,"note":null}',
    )
  })

  it("come in every order where they vary, and keep what is kept", () => {
    const shape = variedShape(new Random(1, "shapes"))
    const texts = Array.from({ length: 2000 }, () =>
      shape.object(TYPE, { "@odata.type": '"t"', id: '"a"', name: '"b"' }),
    )
    const objects = texts.map((text): Record<string, unknown> => JSON.parse(text))
    expect(objects.every(({ id }) => id === "a")).toBe(true)
    expect(new Set(objects.map(({ name }) => name))).toEqual(new Set(["b", null, undefined]))
    expect(objects.some((object) => !("note" in object)) && objects.some((object) => object["note"] === null)).toBe(
      true,
    )
    const orders = new Set(
      objects.filter((object) => Object.keys(object).length === 4).map((object) => Object.keys(object).join()),
    )
    expect(orders.size).toBe(24)
  })
})
