/** Which departure from the model rejects a session: the first of which a fact comes, in the model's order. */
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { decodeSession } from "#core/decode/decode-session.ts"
import { factPart } from "#core/decode/fact-part.ts"
import { normalizeSession } from "#core/decode/normalize.ts"
import { sourcePointer } from "#core/decode/source-pointer.ts"
import { isFactPath } from "#core/model/fact-path.ts"
import { pointerOf } from "#core/model/pointer.ts"
import { isSession, Session, sessionIssues } from "#core/model/session.ts"
import { session } from "../../arbitraries/session.ts"
import { typesByPath, withValueAt, wrongValuesOf, type Path } from "../model/model-values.ts"
import { LIMITS } from "./decoding.ts"

/** Each place of the model with a value that does not belong there. */
const FAULTS = typesByPath(Session.ast)
  .filter(({ path }) => path.length > 0)
  .flatMap(({ path, ast }) => wrongValuesOf(ast).map((value): readonly [Path, unknown] => [path, value]))

const faulty = fc
  .tuple(session, fc.uniqueArray(fc.constantFrom(...FAULTS), { minLength: 1, maxLength: 4 }))
  .map(([whole, faults]) => faults.reduce<unknown>((value, [path, wrong]) => withValueAt(value, path, wrong), whole))

describe("a session with faults", () => {
  it("is rejected for the first that a fact comes from, else kept with the first as a finding", () => {
    fc.assert(
      fc.property(faulty, (value) => {
        const { session: decoded } = decodeSession(value, LIMITS)
        const issues = sessionIssues(normalizeSession(value).value)
        const first = issues.find(({ path }) => isFactPath(path))
        // Issues lie in the normalized session, pointers lead into the record as it was written.
        const written = (path: Path): string => sourcePointer(value, pointerOf(path))
        expect(decoded.ok).toBe(first === undefined)
        if (!decoded.ok) expect(decoded.pointer).toBe(written(first?.path ?? []))
        else {
          const offModel = decoded.findings.filter(({ code }) => code === "session/off-model")
          expect(offModel.map(({ pointer }) => pointer)).toEqual(issues.slice(0, 1).map(({ path }) => written(path)))
        }
      }),
      { numRuns: 500 },
    )
  })

  it("has its pointer into the record: an object in place of a list is no element of one", () => {
    const modalities = { a: "b" }
    const value = { id: "1", modalities, startDateTime: "2026-03-02T08:00:00Z", endDateTime: "2026-03-02T08:00:00Z" }
    const expected = { ok: false, code: "session/wrong-type", pointer: "/modalities" }
    expect(decodeSession(value, LIMITS).session).toMatchObject(expected)
  })

  it("has faults of both kinds in what is tried here", () => {
    const isFact = FAULTS.map(([path]) => isFactPath(path))
    expect(isFact).toContain(true)
    expect(isFact).toContain(false)
  })
})

describe("factPart", () => {
  it("of a session that keeps to the model keeps to it too, and gives the same facts", () => {
    fc.assert(
      fc.property(session, (value) => {
        const part = factPart(value)
        expect(isSession(part)).toBe(true)
        const [whole, fromPart] = [value, part].map((each) => decodeSession(each, LIMITS).session)
        if (whole?.ok !== true || fromPart?.ok !== true) throw new Error("a whole session was rejected")
        expect({ ...fromPart.facts, unknownProperties: null }).toEqual({ ...whole.facts, unknownProperties: null })
      }),
    )
  })

  it("takes no key for a prototype", () => {
    const value: unknown = JSON.parse('{"id":"1","__proto__":{"isTest":true},"caller":{"__proto__":{"polluted":1}}}')
    expect(factPart(value)).toEqual({ id: "1", caller: {} })
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })
})
