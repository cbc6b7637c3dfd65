import { describe, expect, it } from "vitest"
import { isFactPath } from "#core/model/fact-path.ts"
import { Session } from "#core/model/session.ts"
import { typesByPath } from "./model-values.ts"

const IDENTITY = ["id", "displayName", "tenantId"]
const KINDS =
  "user guest onPremises encrypted azureCommunicationServicesUser acsUser spoolUser phone applicationInstance acsApplicationInstance spoolApplicationInstance application conversation device".split(
    " ",
  )
const below = (names: readonly string[], path: string): string[] => [path, ...names.map((name) => `${path}/${name}`)]
const who = (end: string): string[] => [
  ...below(IDENTITY, `${end}/associatedIdentity`),
  `${end}/identity`,
  ...KINDS.flatMap((kind) => below(IDENTITY, `${end}/identity/${kind}`)),
]

describe("isFactPath", () => {
  it("says so of exactly these places in the model", () => {
    const facts = typesByPath(Session.ast)
      .map(({ path }) => path)
      .filter(isFactPath)
      .map((path) => path.join("/"))
    const failures = ["failureInfo", "segments/0/failureInfo"].flatMap((at) => below(["stage", "reason"], at))
    const agents = ["caller", "callee"].flatMap((end) =>
      below(["platform", "productFamily", "role"], `${end}/userAgent`),
    )
    const ends = ["caller", "callee", "segments/0/caller", "segments/0/callee"]
    const own = [
      "",
      "id",
      "modalities",
      "modalities/0",
      "startDateTime",
      "endDateTime",
      "isTest",
      "segments",
      "segments/0",
    ]
    expect(facts.toSorted()).toEqual([...own, ...failures, ...agents, ...ends, ...ends.flatMap(who)].toSorted())
  })

  it("says so of every element of a list", () => {
    expect(isFactPath(["modalities", 7])).toBe(true)
    expect(isFactPath(["segments", 12, "failureInfo", "stage"])).toBe(true)
    expect(isFactPath(["segments", 12, "media"])).toBe(false)
  })

  it.each(["__proto__", "constructor", "toString"])("is not misled by %s", (name) => {
    expect(isFactPath([name])).toBe(false)
    expect(isFactPath(["caller", name])).toBe(false)
    expect(isFactPath(["caller", "identity", name, "id"])).toBe(false)
  })
})
