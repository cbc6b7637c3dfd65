import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { decodeSession } from "#core/decode/decode-session.ts"
import { sourcePointer } from "#core/decode/source-pointer.ts"
import type { Json } from "../../arbitraries/json.ts"
import { powerShellSession } from "../../arbitraries/powershell.ts"
import { session } from "../../arbitraries/session.ts"
import { LIMITS } from "./decoding.ts"

/** What stands at a JSON Pointer (RFC 6901); undefined where nothing does. */
function at(value: unknown, pointer: string): unknown {
  const tokens = pointer.split("/").slice(1)
  return tokens.reduce<unknown>((inside, token) => {
    const key = token.replaceAll("~1", "/").replaceAll("~0", "~")
    return typeof inside === "object" && inside !== null && Object.hasOwn(inside, key)
      ? (inside as Record<string, unknown>)[key]
      : undefined
  }, value)
}

/** An instant as Graph writes it. */
const IN_UTC = /T(\d\d):.*Z$/

describe("sourcePointer", () => {
  it("leads to what stands in the input, for every finding about a session of PowerShell's", () => {
    fc.assert(
      fc.property(session, (value) => {
        const odd: Json = JSON.parse(
          JSON.stringify(powerShellSession(value), (_key, member: unknown) =>
            typeof member === "string" && IN_UTC.test(member) ? member.replace("Z", "+01:00") : member,
          ),
        )
        const { session: decoded } = decodeSession(odd, LIMITS)
        if (!decoded.ok) throw new Error("a whole session was rejected")
        for (const { pointer } of decoded.findings) expect([pointer, at(odd, pointer)]).not.toContain(undefined)
        expect(decoded.findings.find(({ code }) => code === "session/not-utc")?.pointer).toBe("/StartDateTime")
      }),
      { numRuns: 200 },
    )
  })

  const caller = { UserAgent: { Platform: "WINDOWS" }, AdditionalProperties: { identity: { user: { id: "*" } } } }
  it.each<readonly [unknown, string, string]>([
    [{ Caller: caller }, "/caller/userAgent/platform", "/Caller/UserAgent/Platform"],
    [{ Caller: caller }, "/caller/identity/user", "/Caller/AdditionalProperties/identity/user"],
    [{ Segments: { value: [{}, { Id: "2" }], Count: 2 } }, "/segments/1/id", "/Segments/value/1/Id"],
    [{ segments: { id: 5 } }, "/segments/0/id", "/segments/id"],
    [{ Modalities: "audio smell" }, "/modalities/1", "/Modalities"],
    [{ modalities: ["a", "b"] }, "/modalities/1", "/modalities/1"],
    // The object's own value goes before the bag's, unless it says nothing.
    [{ Id: "1", AdditionalProperties: { id: "2" } }, "/id", "/Id"],
    [{ Caller: null, AdditionalProperties: { caller: 5 } }, "/caller", "/AdditionalProperties/caller"],
    [{ Caller: {}, AdditionalProperties: { caller: 5 } }, "/caller", "/AdditionalProperties/caller"],
    // What is missing has the model's name; what is null that under which it stands.
    [{ Id: "1" }, "/endDateTime", "/endDateTime"],
    [{ EndDateTime: null }, "/endDateTime", "/EndDateTime"],
    [{ id: "1", Id: 5 }, "/id", "/id"],
    [{}, "", ""],
  ])("in %j turns %s into %s", (parsed, pointer, source) => {
    expect(sourcePointer(parsed, pointer)).toBe(source)
  })
})
