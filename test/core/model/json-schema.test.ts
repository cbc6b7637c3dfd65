import { describe, expect, it } from "vitest"
import { sessionJsonSchema } from "#core/model/json-schema.ts"
import { SESSION_PROPERTIES } from "#core/model/known-properties.ts"

interface Fragment {
  readonly $schema?: string
  readonly $ref?: string
  readonly $defs?: Record<string, Fragment>
  readonly type?: string
  readonly pattern?: string
  readonly description?: string
  readonly examples?: readonly string[]
  readonly properties?: Record<string, Fragment>
  readonly required?: readonly string[]
  readonly additionalProperties?: unknown
  readonly items?: Fragment
  readonly anyOf?: readonly Fragment[]
  readonly allOf?: readonly Fragment[]
}

const schema = sessionJsonSchema() as Fragment
const definition = (name: string): Fragment => schema.$defs?.[name] ?? {}
const objects = Object.entries(schema.$defs ?? {}).filter(([, of]) => of.properties !== undefined)

/** The pattern of a property that is a text. */
function pattern(name: string, property: string): RegExp {
  const of = definition(name).properties?.[property]
  return new RegExp(of?.pattern ?? of?.anyOf?.[0]?.pattern ?? "^none$")
}

describe("sessionJsonSchema", () => {
  it("is a document of JSON Schema 2020-12 about a session", () => {
    expect(schema.$schema).toBe("https://json-schema.org/draft/2020-12/schema")
    expect(schema.$ref).toBe("#/$defs/session")
    expect(JSON.parse(JSON.stringify(schema))).toEqual(schema)
  })

  it("requires what a session needs, and nothing else of anybody", () => {
    expect(definition("session").required).toEqual(["id", "modalities", "startDateTime", "endDateTime"])
    for (const [, of] of objects.filter(([name]) => name !== "session")) expect(of.required).toBeUndefined()
  })

  it("names the properties of the model", () => {
    expect(Object.keys(definition("session").properties ?? {})).toEqual([...SESSION_PROPERTIES.properties.keys()])
    expect(objects.map(([name]) => name).toSorted()).toEqual([
      "deviceInfo",
      "endpoint",
      "failureInfo",
      "identity",
      "identitySet",
      "media",
      "mediaStream",
      "networkInfo",
      "segment",
      "session",
      "traceRouteHop",
      "userAgent",
      "userFeedback",
    ])
  })

  it.each(objects)("describes %s and each of its properties", (_, of) => {
    expect(of.description).toMatch(/^microsoft\.graph\./)
    for (const property of Object.values(of.properties ?? {}))
      expect(JSON.stringify(property)).toContain('"description"')
  })

  it.each(objects)("lets %s hold more than the model knows", (_, of) => {
    expect([true, undefined, {}]).toContainEqual(of.additionalProperties)
  })

  it("lets all but what is required be null", () => {
    for (const [name, of] of objects) {
      for (const [property, { anyOf }] of Object.entries(of.properties ?? {})) {
        if (name === "session" && definition("session").required?.includes(property) === true) continue
        expect(anyOf).toContainEqual({ type: "null" })
      }
    }
  })

  it("lists the members of enums as examples, for more may come", () => {
    const stage = definition("failureInfo").properties?.["stage"]
    expect(stage?.anyOf?.[0]).toMatchObject({
      type: "string",
      examples: ["unknown", "callSetup", "midcall", "unknownFutureValue"],
    })
  })

  it("says what numbers may be", () => {
    expect(JSON.stringify(schema)).not.toContain("Infinity")
    expect(JSON.stringify(definition("endpoint").properties?.["cpuCoresCount"])).toContain('"maximum":2147483647')
    expect(JSON.stringify(definition("mediaStream").properties?.["averagePacketLossRate"])).toContain(
      '["NaN","INF","-INF"]',
    )
  })

  it("says what instants and durations look like", () => {
    for (const text of ["2026-01-01T00:00:03.8251657Z", "2026-01-01T00:00+02:00", "/Date(1582656741216+0200)/"])
      expect(text).toMatch(pattern("session", "startDateTime"))
    for (const text of ["PT0.016S", "-1.00:00:00.5"]) expect(text).toMatch(pattern("mediaStream", "averageJitter"))
    expect("2026-01-01").not.toMatch(pattern("session", "startDateTime"))
    expect("1.5").not.toMatch(pattern("mediaStream", "averageJitter"))
  })

  it("has a definition for every reference", () => {
    const references = [...JSON.stringify(schema).matchAll(/"\$ref":"#\/\$defs\/(\w+)"/g)].map(
      (match) => match[1] ?? "",
    )
    expect(references.length).toBeGreaterThan(10)
    for (const name of references) expect(schema.$defs).toHaveProperty(name)
  })
})
