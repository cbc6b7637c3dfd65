import { describe, expect, it } from "vitest"
import { buildReport } from "#core/report/build.ts"
import { findingJsonSchema, isReport, rejectJsonSchema, reportJsonSchema } from "#core/report/schema.ts"
import { buildFacts } from "../aggregate/facts-builder.ts"
import { reportParts } from "./report-parts.ts"

interface Node {
  readonly $ref?: string
  readonly type?: string
  readonly description?: string
  readonly properties?: Readonly<Record<string, Node>>
  readonly required?: readonly string[]
  readonly items?: Node
  readonly anyOf?: readonly Node[]
  readonly allOf?: readonly Node[]
}
type Document = Node & { readonly $schema: string; readonly $defs: Readonly<Record<string, Node>> }

const document = (schema: object): Document => schema as Document

/** Every property with its path, references followed. */
function properties(root: Document, node: Node, path = ""): [string, Node][] {
  const target = node.$ref === undefined ? node : (root.$defs[node.$ref.replace("#/$defs/", "")] ?? {})
  const own = Object.entries(target.properties ?? {}).flatMap(([name, each]): [string, Node][] => [
    [`${path}/${name}`, each],
    ...properties(root, each, `${path}/${name}`),
  ])
  const parts = [
    ...(target.items === undefined ? [] : [target.items]),
    ...(target.anyOf ?? []),
    ...(target.allOf ?? []),
  ]
  return [...own, ...parts.flatMap((each) => properties(root, each, path))]
}

describe("JSON Schema", () => {
  it("is of 2020-12 and describes every property whose name does not say it all", () => {
    const root = document(reportJsonSchema())
    expect(root.$schema).toBe("https://json-schema.org/draft/2020-12/schema")
    const all = properties(root, root)
    expect(all.length).toBeGreaterThan(150)
    const bare = all
      .filter(([, node]) => node.description === undefined && node.$ref === undefined)
      .map(([path]) => path)
    expect(bare).toEqual(["/format", "/formatVersion"])
  })

  it("says the unit of every number whose name ends in one", () => {
    const root = document(reportJsonSchema())
    const wrong = properties(root, root).filter(
      ([path, { description = "" }]) =>
        (/Seconds$|\/seconds$/.test(path) && !description.includes("In seconds")) ||
        (/Bytes$|\/bytes$/.test(path) && !description.includes("In bytes")),
    )
    expect(wrong.map(([path]) => path)).toEqual([])
  })

  it("of lines names what evidence must have", () => {
    const reject = properties(document(rejectJsonSchema()), document(rejectJsonSchema())).map(([path]) => path)
    expect(reject).toEqual([
      "/code",
      "/input",
      "/entry",
      "/offset",
      "/length",
      "/line",
      "/record",
      "/callId",
      "/sessionId",
      "/pointer",
      "/message",
      "/sha256",
    ])
    expect(document(rejectJsonSchema()).$defs["reject"]?.required).toContain("sha256")
    expect(document(findingJsonSchema()).$defs["finding"]?.required).toEqual([
      "code",
      "severity",
      "input",
      "offset",
      "length",
      "line",
      "record",
      "message",
    ])
  })
})

describe("isReport", () => {
  const report = buildReport(reportParts(buildFacts([{ start: 0n, end: 1n, caller: "ann", modalities: ["audio"] }])))

  it("takes a report, with keys of later versions too", () => {
    expect(isReport({ ...report, later: 1 })).toBe(true)
  })

  it("refuses what departs from it", () => {
    expect(isReport({ ...report, formatVersion: "2.0" })).toBe(false)
    expect(isReport({ ...report, totals: { ...report.totals, sessions: -1 } })).toBe(false)
    expect(isReport({ ...report, totals: { ...report.totals, firstStart: "2026-01-01T00:00:00Z" } })).toBe(false)
    expect(isReport({ ...report, concurrency: { ...report.concurrency, meanSessions: Number.NaN } })).toBe(false)
    expect(isReport({ ...report, rejects: undefined })).toBe(false)
    expect(isReport(null)).toBe(false)
  })
})
