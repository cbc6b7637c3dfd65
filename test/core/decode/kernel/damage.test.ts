/** Every kind of damage at every byte of a small export, and every kind of JSON text in every kind of place. */
import { describe, expect, it } from "vitest"
import { ALL_LISTED, bothResults } from "./engines.ts"

const SESSION =
  '{"id":"48732409-1c5a-4d75-9457-6613baf7c600","modalities":["audio","video"],"startDateTime":"2026-01-05T05:32:48.7999034Z",' +
  '"endDateTime":"2026-01-05T05:41:18Z","isTest":false,"failureInfo":{"stage":"callSetup","reason":"J\\u00fcrg \\ud83d\\ude00"},' +
  '"caller":{"@odata.type":"#x","name":"Zoë","cpuCoresCount":6,"userAgent":{"platform":"windows","role":null},"identity":{"phone":null,' +
  '"user":{"id":"0ab2c924-c9ef-4c16-96b9-625ae81c519f","displayName":"R","tenantId":"T"}},"feedback":{"tokens":{"a":true}}},' +
  '"callee":{"associatedIdentity":{"@odata.type":"#microsoft.graph.userIdentity","id":"8:orgid:0ab2c924-c9ef-4c16-96b9-625ae81c519a"}},' +
  '"segments":[{"startDateTime":"2026-01-05T05:32:48Z","endDateTime":null,"media":[{"streams":[{"averageJitter":"PT0.016S",' +
  '"averagePacketLossRate":1.5e-7,"packetUtilization":-12,"wasMediaBypassed":true}]}]}],"x":[1,{"y":null}]}'
const CALL = `{"id":"c","version":12,"sessions":[${SESSION},{"id":"s"}],"participants":[{"user":{"id":"u"}}]}`
const EXPORT = Buffer.from(
  `${SESSION}\r\n${CALL}\n${SESSION.slice(0, 124)}"endDateTime":"2026-01-05T05:41:18Z","isTest":true}\n`,
)

function expectEqual(bytes: Uint8Array): void {
  const { fast, slow } = bothResults(bytes)
  expect(fast).toEqual(slow)
  // Where nothing is listed any more, the reference sees nothing of what the kernel takes.
  const counted = bothResults(bytes, {}, ALL_LISTED)
  expect(counted.fast).toEqual(counted.slow)
}

function spliced(at: number, removed: number, inserted: Uint8Array): Buffer {
  return Buffer.concat([EXPORT.subarray(0, at), inserted, EXPORT.subarray(at + removed)])
}

const LINE_FEED = Buffer.from("\n")
const NOTHING = new Uint8Array(0)
const INSERTED = [
  '"',
  "\\",
  "{",
  "}",
  "[",
  "]",
  ",",
  ":",
  "\n",
  "\r\n",
  " ",
  "\0",
  "0",
  "-",
  "e",
  "n",
  "\u00e9",
  "\ufeff",
].map((text) => Buffer.from(text))
const BAD_BYTES = [0x80, 0xc0, 0xed, 0xf5, 0xff].map((byte) => Uint8Array.of(byte))
const places = Array.from({ length: EXPORT.length }, (_, at) => at)

describe("the engines agree at every byte of an export on", () => {
  it("a cut", () => {
    for (const at of places) expectEqual(EXPORT.subarray(0, at))
  })

  it("a cut where the block ends, while the line goes on behind it", () => {
    for (const at of places) expectEqual(Buffer.concat([EXPORT.subarray(at), EXPORT.subarray(0, at), LINE_FEED]))
  })

  it("a flipped bit", () => {
    for (const at of places) expectEqual(spliced(at, 1, Uint8Array.of((EXPORT[at] ?? 0) ^ (1 << (at % 8)))))
  })

  it("a byte that is missing or twice there", () => {
    for (const at of places) {
      expectEqual(spliced(at, 1, NOTHING))
      expectEqual(spliced(at, 0, EXPORT.subarray(at, at + 1)))
    }
  })

  it("bytes put in and put in place of others", () => {
    for (const at of places) {
      const inserted = INSERTED[at % INSERTED.length] ?? NOTHING
      expectEqual(spliced(at, 0, inserted))
      expectEqual(spliced(at, 1, BAD_BYTES[at % BAD_BYTES.length] ?? NOTHING))
    }
  })

  it("a piece of the export put in", () => {
    for (const at of places)
      expectEqual(spliced(at, (at * 7) % 40, EXPORT.subarray((at * 13) % 900, ((at * 13) % 900) + 60)))
  })
})

const VALUES = [
  "0",
  "-0",
  "1",
  "-1",
  "10",
  "01",
  "-",
  "+1",
  "1.",
  ".5",
  "1.5",
  "1e5",
  "1E+5",
  "1e-5",
  "1e",
  "1e+",
  "0x1",
  "1_0",
  "Infinity",
  "NaN",
  "1e400",
  "-1e400",
  "123456789012345678901234567890",
  "2147483647",
  "2147483648",
  "-2147483648",
  "-2147483649",
  "1.0",
  "9e999999",
  "true",
  "True",
  "tru",
  "truE",
  "false",
  "fals",
  "null",
  "nul",
  "NULL",
  "undefined",
  "",
  '""',
  '"a"',
  '"\\n"',
  '"\\u00e9"',
  '"\\ud83d\\ude00"',
  '"\\ud83d"',
  '"\\ude00"',
  '"\\ud83dx"',
  '"\\u12g4"',
  '"\\x"',
  '"\\',
  '"	"',
  '"a',
  "'a'",
  '""',
  '"\u2028"',
  '"NaN"',
  '"INF"',
  '"-INF"',
  '"12"',
  '"-99999999999999999999"',
  '"+1"',
  '"1.5"',
  '"PT1S"',
  '"PT"',
  '"P1D"',
  '"-PT1S"',
  '"PT1.5S"',
  '"PT1.S"',
  '"PT1M2H"',
  '"PT1H2M3.004S"',
  '"00:00:01"',
  '"PT12345678901S"',
  '"2026-01-01T00:00:00Z"',
  '"2026-01-01T00:00:00.1234567Z"',
  '"2026-01-01T00:00:00.12345678Z"',
  '"2026-02-30T00:00:00Z"',
  '"2024-02-29T23:59:59.9Z"',
  '"2026-01-01T24:00:00Z"',
  '"2026-01-01T00:00:60Z"',
  '"2026-01-01t00:00:00z"',
  '"2026-01-01T00:00Z"',
  '"2026-01-01T00:00:00+02:00"',
  '"2026-01-01T00:00:00-23:59"',
  '"/Date(1767225600000)/"',
  '"0001-01-01T00:00:00Z"',
  '"9999-12-31T23:59:59.9999999Z"',
  '"0000-01-01T00:00:00Z"',
  '"2026-01-01T00:00:00.Z"',
  '"2026-13-01T00:00:00Z"',
  '"2026-01-01 00:00:00Z"',
  '"00000000-0000-0000-0000-000000000000"',
  '"ABCDEF01-2345-6789-abcd-EF0123456789"',
  '"abcdef01-2345-6789-abcd-ef012345678g"',
  '"+14255550100"',
  '"+1425555****"',
  '"anonymous"',
  '"  "',
  '"28:app"',
  '"teamsvisitor:1"',
  '"8:acs:x"',
  '"8:orgid:x"',
  '"0"',
  "{}",
  '{"value":"x","DisplayHint":2}',
  "[]",
  "{ }",
  "[ ]",
  '{"a":1}',
  "[1,2]",
  "[1,]",
  "[,1]",
  "{,}",
  '{,"id":"u1"}',
  '{"id":"u1",}',
  '{"id":"u1","displayName":null,,"tenantId":null}',
  '{"id":"u1" "displayName":null}',
  '{"a"}',
  '{"a":}',
  '{"a":1,}',
  '{"a":1 "b":2}',
  "{1:2}",
  "{'a':1}",
  '["audio"]',
  '["AUDIO"]',
  '["hologram"]',
  "[null]",
  '["audio","audio"]',
  '["a]b"]',
  '"audio video"',
  '"audio"',
  '[{"user":null}]',
  '{"user":{"id":"u1"}}',
  '{"id":"x","id":"y"}',
  '{"@a":1,"@a":2}',
  '{"__proto__":1}',
  '{"value":[1]}',
  '{"id":null,"AdditionalProperties":{}}',
  "[[[[[[[[]]]]]]]]",
  `${"[".repeat(140)}${"]".repeat(140)}`,
  `"${"x".repeat(70)}"`,
  `{"${"k".repeat(70)}":1}`,
  '{"a\\u0062":1}',
]

const PLACES = [
  "id",
  "modalities",
  "startDateTime",
  "endDateTime",
  "isTest",
  "failureInfo",
  "failureInfo/stage",
  "failureInfo/reason",
  "caller",
  "caller/name",
  "caller/cpuCoresCount",
  "caller/userAgent",
  "caller/userAgent/platform",
  "caller/userAgent/role",
  "caller/identity",
  "caller/identity/phone",
  "caller/identity/user",
  "caller/identity/user/id",
  "caller/identity/user/tenantId",
  "caller/identity/newKind",
  "caller/identity/assertedIdentity",
  "caller/associatedIdentity",
  "caller/associatedIdentity/id",
  "caller/associatedIdentity/@odata.type",
  "caller/feedback",
  "caller/feedback/tokens",
  "segments",
  "segments/0/startDateTime",
  "segments/0/caller/identity/user/id",
  "segments/0/callee/userAgent/role",
  "segments/0/failureInfo",
  "segments/0/media/0/streams/0/averageJitter",
  "segments/0/media/0/streams/0/averagePacketLossRate",
  "segments/0/media/0/streams/0/packetUtilization",
  "segments/0/media/0/streams/0/wasMediaBypassed",
  "unknown",
  "@odata.etag",
  "Id",
  "AdditionalProperties",
  "sessions",
  "value",
  "version",
]

describe("the engines agree on any text as", () => {
  it.each(PLACES)("%s", (place) => {
    const lines = VALUES.map((value) => withText(place, value))
    for (const line of lines) expectEqual(Buffer.from(`${line}\n${SESSION}\n`))
    for (const line of lines) expectEqual(Buffer.from(`{"id":"c1","sessions":[${SESSION},${line}]}`))
    // What was learnt from one line must not change the next.
    expectEqual(Buffer.from(lines.join("\n")))
  })
})

/** The session with a text in place of a value, which may not be there yet. */
function withText(place: string, value: string): string {
  const session = JSON.parse(SESSION)
  const keys = place.split("/")
  const last = keys.pop() ?? ""
  const holder = keys.reduce((object, key) => (object[key] ??= {}), session)
  holder[last] = "@@@"
  return JSON.stringify(session).replace('"@@@"', () => value)
}

it("the engines agree on what PowerShell wraps in an object", () => {
  const wrapped = '{"value":"#microsoft.graph.communicationsPhoneIdentity","DisplayHint":2}'
  for (const place of [
    "caller/identity/newKind",
    "caller/associatedIdentity/@odata.type",
    "caller/name",
    "startDateTime",
  ]) {
    const line = withText(place, wrapped).replace('"isTest"', '"IsTest"')
    expectEqual(Buffer.from(line))
    expectEqual(Buffer.from(line.replace('"user":{', '"user":null,"x":{')))
  }
})
