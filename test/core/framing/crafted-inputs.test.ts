/** Crafted inputs, and each layout of an export: what is framed of them, for any block size. */
import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { FramingVerdict, ItemKind, type FramingEnd, type FramingLimits } from "#core/framing/block.ts"
import { RunFinder } from "#core/framing/run-framer.ts"
import { absoluteItems, type AbsoluteItem } from "./absolute-items.ts"

const LIMITS: FramingLimits = { maxRecordBytes: 1 << 20, maxDepth: 128, blockBytes: 1 << 20 }
const folder = new URL("../../fixtures/acceptance/", import.meta.url)

/** A letter an item: **s**ession, **r**ecord, **e**nvelope, rejected **l**ine, run of **n**ul bytes; `!` and the verdict if there is one. */
function summary(items: readonly AbsoluteItem[]): string {
  return items
    .map(({ kind, verdict }) => KINDS[kind] + (verdict === FramingVerdict.none ? "" : `!${VERDICTS[verdict]}`))
    .join(" ")
}

const KINDS: Readonly<Record<number, string>> = {
  [ItemKind.session]: "s",
  [ItemKind.record]: "r",
  [ItemKind.envelope]: "e",
  [ItemKind.rejectedLine]: "l",
  [ItemKind.nulRun]: "n",
}
const VERDICTS: Readonly<Record<number, string>> = Object.fromEntries(
  Object.entries(FramingVerdict).map(([name, verdict]) => [verdict, name]),
)

const sizes = (byteCount: number): number[] => (byteCount > 100_000 ? [1000, 1 << 20] : [1, 64, 1000, 1 << 20])

async function expectFramed(
  bytes: Buffer,
  layout: FramingEnd["layout"],
  items: string,
  fault: string | null,
): Promise<void> {
  const finders = [null, new RunFinder(1)]
  for (const [blockBytes, finder] of sizes(bytes.length).flatMap((size) =>
    finders.map((each) => [size, each] as const),
  )) {
    const framed = await absoluteItems(bytes, { ...LIMITS, blockBytes }, Math.min(blockBytes, 4096), finder)
    expect([framed.end.layout, summary(framed.items), framed.end.fault?.code ?? null]).toEqual([layout, items, fault])
    expect(framed.accountedBytes).toBe(bytes.length)
  }
}

describe("crafted inputs", () => {
  it.each([
    ["F01-array.json", "array", "r r r", null],
    ["F03-page-value-first.json", "odata-page", "r e", null],
    ["F05-no-final-newline.ndjson", "ndjson", "r r", null],
    ["F06-crlf.ndjson", "ndjson", "r r", null],
    ["F08-u2028.ndjson", "single", "r", null],
    ["F10-single-object.json", "single", "r", null],
    ["F11-pretty.json", "array", "r r", null],
    ["F13-null.ndjson", "ndjson", "r r r", null],
    ["F15-ws-only.json", "single", "", "input/empty"],
    ["F16-empty-array.json", "array", "", null],
    ["F18-value-object.json", "odata-page", "r e", null],
    ["F20-nested-value.json", "odata-page", "r e", null],
    ["F21-nextlink.json", "odata-page", "r e", null],
    ["F23-callrecord-sessions-paged.json", "single", "s e", null],
    ["F25-trailing-comma.json", "array", "r r", "input/corrupt"],
    ["F26-missing-comma.json", "array", "r", "input/corrupt"],
    ["F28-trunc-mid-record.json", "array", "r r!truncated", "input/truncated"],
    ["F30-trunc-no-bracket.json", "array", "r", "input/truncated"],
    ["F31-trunc-last-line.ndjson", "ndjson", "r r!truncated", "input/truncated"],
    ["F33-trailer.ndjson", "ndjson", "r l!malformed r", null],
    ["F35-nul-tail.ndjson", "ndjson", "r r n!malformed", null],
    ["F36-nul-middle.ndjson", "ndjson", "r n!malformed r", null],
    ["E03-bom-mid.ndjson", "ndjson", "r r", null],
    ["E08-bad-utf8-array.json", "array", "r r r", null],
    ["E13-trunc-utf8-eof.ndjson", "ndjson", "r r!truncated", "input/truncated"],
    ["L02-deep-5000.ndjson", "ndjson", "r r!tooDeep r", null],
    ["L04-long-string.ndjson", "ndjson", "r r!tooLarge r", null],
  ] as const)("%s is %s: %s", async (file, layout, items, fault) => {
    await expectFramed(readFileSync(new URL(file, folder)), layout, items, fault)
  })
})

const S = '{"id":"S1","modalities":["audio"],"startDateTime":"2026-03-02T08:00:00Z"}'
const bare = '{"version":1,"type":"peerToPeer","id":"A","lastModifiedDateTime":"2026-03-02T08:00:00Z"}'
const call = `{"version":1,"type":"peerToPeer","id":"A","sessions":[${S}],"sessions@odata.nextLink":"x"}`
const page = `{"@odata.context":"…callRecords('A')/sessions","value":[${S}],"@odata.nextLink":"x"}`

describe("layouts of exports", () => {
  it.each([
    ["a page of sessions", page, "odata-page", "r e"],
    ["a callRecord with its sessions", call, "single", "s e"],
    ["a callRecord without", bare, "single", "r"],
    [
      "a page of callRecords",
      `{"@odata.context":"…#communications/callRecords","value":[${bare},${call}]}`,
      "odata-page",
      "r s e e",
    ],
    ["an array of both", `[${S},${bare},${call}]`, "array", "r r s e"],
    ["NDJSON of all", `${S}\n${bare}\n${call}\n${page}\n`, "ndjson", "r r s e r e"],
    ["a session", S, "single", "r"],
    ["documents one after the other", `${page}${call} ${S}`, "concatenated", "r e s e r"],
    ["an array of pages", `[${page},${page}]`, "array", "r e r e"],
    [
      "a batch",
      `{"responses":[{"id":"1","status":200,"body":${call}},{"id":"2","status":404,"body":{"error":{"code":"NotFound"}}},{"id":"3","body":${page}}]}`,
      "batch",
      "s e e r e r e e e",
    ],
    ["messages with a session each", `{"id":"A","sessions":[${S}]}\n${bare}\n`, "ndjson", "s e r"],
    [
      "rows of Data Explorer",
      `{"callid":"A","session":[${S}]}\n{"callid":"B","session":[${S}]}\n`,
      "ndjson",
      "s e s e",
    ],
    ["a query page of Cosmos DB", `{"_rid":"x","Documents":[${call},${bare}],"_count":2}`, "odata-page", "s e r e"],
    ["PowerShell's wrapper around an array", `{"value":[${S},${S}],"Count":2}`, "odata-page", "r r e"],
  ] as const)("%s", async (_name, input, layout, items) => {
    await expectFramed(Buffer.from(input), layout, items, null)
  })
})
