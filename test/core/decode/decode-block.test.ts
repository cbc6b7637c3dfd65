/** One block → its facts. What holds for every session and every value in its place. */
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { smallJson, unknownName, type Json, type JsonObject } from "../../arbitraries/json.ts"
import { powerShellSession } from "../../arbitraries/powershell.ts"
import { session, type Session } from "../../arbitraries/session.ts"
import { inKeyOrder, printed, textStyle, type TextStyle } from "../../arbitraries/text-style.ts"
import { decodeText, LIMITS, type DecodedRow } from "./decoding.ts"

const inCall = (text: string): string => `{"id":"A","version":1,"sessions":[${text}]}`
/** Without the line's end that would make a record of NDJSON of it. */
const oneLine = (value: Json | Session): string => JSON.stringify(value)

/** A session of which one value, at any depth, is another. */
const nearSession: fc.Arbitrary<Json> = fc
  .tuple(session, smallJson, fc.infiniteStream(fc.nat()), fc.nat({ max: 6 }))
  .map(([whole, other, choices, depth]) => replaced(whole, other, choices, depth))

function replaced(value: Json, other: Json, choices: Iterator<number>, depth: number): Json {
  if (depth === 0 || value === null || typeof value !== "object") return other
  const entries = Object.entries(value)
  const chosen = (choices.next().value ?? 0) % Math.max(1, entries.length)
  const changed = entries.map(([key, member], index): [string, Json] => [
    key,
    index === chosen ? replaced(member ?? null, other, choices, depth - 1) : (member ?? null),
  ])
  return Array.isArray(value) ? changed.map(([, member]) => member) : Object.fromEntries(changed)
}

/** A row without what tells unknown properties. */
const known = (row: DecodedRow): object => ({ ...row, unknownProperties: null })

describe("decodeBlock", () => {
  it("makes exactly one row or reject of any value in a list of sessions", async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(session, nearSession, smallJson), async (value) => {
        const { rows, rejects, foreign, envelopes } = await decodeText(inCall(oneLine(value)))
        expect(rows.length + rejects.length).toBe(1)
        expect(foreign).toEqual([])
        expect(envelopes).toHaveLength(1)
      }),
      { numRuns: 300 },
    )
  })

  it("makes of any other line exactly one row, reject, callRecord or foreign value", async () => {
    const line = fc.oneof(nearSession, smallJson).filter((value) => !Array.isArray(value))
    await fc.assert(
      fc.asyncProperty(line, async (value) => {
        const { rows, rejects, envelopes, foreign } = await decodeText(`${oneLine(value)}\n`)
        expect(rows.length + rejects.length + envelopes.length + foreign.length).toBe(1)
      }),
      { numRuns: 300 },
    )
  })

  it("takes every session, and says the same of it however it is written", async () => {
    await fc.assert(
      fc.asyncProperty(session, textStyle, fc.constantFrom(16, 100, 1 << 20), async (value, style, blockBytes) => {
        const plain = await decodeText(inCall(oneLine(value)))
        const styled = await decodeText(inCall(written(value, style)), { blockBytes })
        expect(plain.rejects).toEqual([])
        expect(styled.rows).toEqual(plain.rows)
        expect(styled.findings.map(({ code, pointer }) => [code, pointer])).toEqual(
          plain.findings.map(({ code, pointer }) => [code, pointer]),
        )
      }),
      { numRuns: 200 },
    )
  })

  it("reads no fact from a property that the model does not know", async () => {
    await fc.assert(
      fc.asyncProperty(session, unknownName, smallJson, async (value, name, more) => {
        fc.pre(!Object.hasOwn(value, name))
        const before = await decodeText(inCall(oneLine(value)))
        const text = oneLine(value).replace("{", () => `{${JSON.stringify(name)}:${JSON.stringify(more)},`)
        const after = await decodeText(inCall(text))
        expect(after.rows.map(known)).toEqual(before.rows.map(known))
        const pointers = JSON.parse(after.rows[0]?.unknownProperties ?? "[]") as string[]
        const pointer = `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`
        expect(pointers.includes(pointer)).toBe(!name.includes("@"))
      }),
      { numRuns: 300 },
    )
  })

  it("undoes what the Graph PowerShell module does to names and bags", async () => {
    await fc.assert(
      fc.asyncProperty(session, async (value) => {
        const graph = await decodeText(inCall(oneLine(value)))
        const powerShell = await decodeText(inCall(oneLine(powerShellSession(value))))
        expect(powerShell.rejects).toEqual([])
        expect(powerShell.rows.map(known)).toEqual(graph.rows.map(known))
      }),
      { numRuns: 200 },
    )
  })

  it("says in no message what stands in the input", async () => {
    const canary = "canary"
    await fc.assert(
      fc.asyncProperty(nearSession, async (value) => {
        // Reasons, ids, members and unknown names are what a report is about; all else is not to be told.
        const text = JSON.stringify(value, (key, member: unknown) =>
          typeof member === "string" && !REPORTED.has(key) ? `${canary}${member}` : member,
        )
        const { rejects, findings, foreign } = await decodeText(inCall(text))
        const messages = [...rejects, ...findings, ...foreign].map(({ message }) => message)
        expect(messages.filter((message) => message.includes(canary))).toEqual([])
      }),
      { numRuns: 300 },
    )
  })
})

/** List indices stand for the members of `modalities`. */
const REPORTED: ReadonlySet<string> = new Set(["0", "1", "2", "3", "4", "5"])

function written(value: Session, style: TextStyle): string {
  return printed(inKeyOrder(value as JsonObject, style), style)
}

describe("sessions in a JSON text", () => {
  const row = (text: string): string => `${JSON.stringify({ callid: "A", session: text })}\n`

  it("are read", async () => {
    const [whole] = fc.sample(session, { numRuns: 1, seed: 7 })
    if (whole === undefined) throw new Error("fast-check gave no session")
    const { rows } = await decodeText(row(JSON.stringify([whole, whole])))
    expect(rows.map(({ sessionId }) => sessionId)).toEqual(Array(2).fill(rows[0]?.sessionId))
    expect(rows).toHaveLength(2)
  })

  it("are rejected where they are nested deeper than the limit, however deep", async () => {
    for (const depth of [LIMITS.maxDepth - 1, 100_000]) {
      const { rows, rejects } = await decodeText(row(`[{"id":"1","x":${"[".repeat(depth)}${"]".repeat(depth)}}]`))
      expect(rows).toEqual([])
      expect(rejects).toMatchObject([{ code: "json/too-deep", pointer: "/session" }])
    }
  })
})
