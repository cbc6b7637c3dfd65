import { describe, expect, it } from "vitest"
import type { Anomaly, AnomalyCode, GenerateOptions, LayoutName } from "#cli/generate/index.ts"
import { bytesOf, rowsOf, textOf } from "./reading.ts"

/** The lines of an NDJSON export as latin1 text, and what was said to be wrong with it. */
function generated(options: GenerateOptions): { lines: string[]; anomalies: Anomaly[] } {
  const anomalies: Anomaly[] = []
  const bytes = bytesOf({ ...options, onAnomaly: (anomaly) => anomalies.push(anomaly) })
  return { lines: bytes.toString("latin1").split("\n").slice(0, -1), anomalies }
}

function codesOf(options: GenerateOptions): Set<AnomalyCode> {
  return new Set(generated(options).anomalies.map(({ code }) => code))
}

interface Session {
  readonly id?: unknown
  readonly startDateTime: string
  readonly endDateTime: string
  readonly modalities: unknown
  readonly isTest: unknown
  readonly segments: readonly { readonly startDateTime: string; readonly endDateTime: string }[]
}

const parses = (line: string): boolean => {
  try {
    JSON.parse(line)
    return true
  } catch {
    return false
  }
}
const session = (line: string): Session => JSON.parse(line)
const isUtf8 = (line: string): boolean => {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(line, "latin1"))
    return true
  } catch {
    return false
  }
}
const milliseconds = (line: string): number =>
  Date.parse(session(line).endDateTime) - Date.parse(session(line).startDateTime)
const SOUND_INSTANT = /^2026-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?Z$/

/** What shows that a line has the problem. `earlier` are the lines before it. */
const SIGNS: Partial<Record<AnomalyCode, (line: string, earlier: readonly string[]) => boolean>> = {
  "json/malformed": (line) => !parses(line),
  "json/invalid-utf8": (line) => !isUtf8(line),
  "json/too-deep": (line) => parses(line) && line.includes("[".repeat(200)),
  "session/not-an-object": (line) => parses(line) && !line.startsWith("{"),
  "session/missing-property": (line) =>
    Object.entries(session(line)).filter(
      ([name, value]) => /^(id|modalities|startDateTime|endDateTime)$/.test(name) && value === null,
    ).length === 1,
  "session/wrong-type": (line) => /"startDateTime":\d|"isTest":"no"|"caller":\[\]|"modalities":\{/.test(line),
  "session/bad-timestamp": (line) => /2026-02-30T|T24:00|03\/02\/2026|"2026-03-02"/.test(line),
  "session/unset-timestamp": (line) => /"0001-01-01T00:00:00Z"|"9999-12-31T23:59:59\.9999999Z"/.test(line),
  "session/bad-id": (line) => session(line).id === "",
  "session/start-after-end": (line) => session(line).startDateTime > session(line).endDateTime,
  "session/repeated-id": (line, earlier) =>
    earlier.some(
      (other) => parses(other) && other.startsWith("{") && session(other).id === session(line).id && other !== line,
    ),
  "session/duplicate": (line, earlier) => earlier.includes(line),
  "session/duplicate-key": (line) => line.split('"endDateTime":"').length === 4,
  "session/off-model": (line) => line.includes('"cpuCoresCount":"eight"'),
  "session/implausible-duration": (line) => milliseconds(line) > 24 * 3_600_000,
  "session/unknown-modality": (line) => line.includes('"immersiveSpace"'),
  "session/no-modality": (line) => line.includes('"modalities":[]'),
  "session/zero-duration": (line) => session(line).startDateTime === session(line).endDateTime,
  "session/test-call": (line) => session(line).isTest === true,
  "session/lone-surrogate": (line) => line.includes("\\ud83d"),
  "session/flattened-list": (line) => typeof session(line).modalities === "string",
  "session/unusual-spelling": (line) => line.includes('["Audio"]'),
  "session/not-utc": (line) => session(line).startDateTime.endsWith("+02:00") && milliseconds(line) > 0,
  "session/unusual-timestamp": (line) => !SOUND_INSTANT.test(session(line).startDateTime),
  "segment/start-after-end": (line) => session(line).segments.some((each) => each.startDateTime > each.endDateTime),
  "segment/outside-session": (line) =>
    session(line).segments.some((each) => each.startDateTime < session(line).startDateTime),
  "participant/unidentified": (line) =>
    line.includes('"associatedIdentity":{"@odata.type":') && line.includes('"id":"",'),
}

describe("anomalies", () => {
  const options: GenerateOptions = { sessions: 4000, seed: 11, profile: "full", anomalyRate: 0.25 }
  const { lines, anomalies } = generated(options)

  it("are about as many as asked for", () => {
    expect(anomalies.length / options.sessions).toBeCloseTo(0.25, 1)
    expect(generated({ ...options, anomalyRate: 0 }).anomalies).toEqual([])
  })

  it("leave the number of sessions as it is", () => {
    expect(lines).toHaveLength(options.sessions)
  })

  it.each(Object.entries(SIGNS))("are what they are called: %s", (code, sign) => {
    const found = anomalies.filter((anomaly) => anomaly.code === code)
    expect(found.length).toBeGreaterThan(0)
    for (const { sessionIndex } of found) {
      const index = sessionIndex ?? -1
      expect(sign(lines[index] ?? "", lines.slice(Math.max(0, index - 40), index))).toBe(true)
    }
  })

  it("have a sign each in this test", () => {
    expect(Object.keys(SIGNS).toSorted()).toEqual([...new Set(anomalies.map(({ code }) => code))].toSorted())
  })

  it("touch no other session", () => {
    const lean: GenerateOptions = { ...options, profile: "lean" }
    const faulty = generated(lean)
    const touched = new Set(faulty.anomalies.map(({ sessionIndex }) => sessionIndex))
    const sound = generated({ ...lean, anomalyRate: 0 }).lines
    const untouched = [...sound.keys()].filter((index) => !touched.has(index))
    expect(untouched.length).toBeGreaterThan(2500)
    for (const index of untouched) expect(faulty.lines[index]).toBe(sound[index])
  })

  it.each<[AnomalyCode, string]>([
    ["session/lone-surrogate", "\\ud83d"],
    ["session/off-model", '"cpuCoresCount":"eight"'],
    ["session/test-call", '"isTest":true'],
    ["participant/unidentified", '"id":""'],
    ["session/unknown-modality", '"immersiveSpace"'],
  ])("are found in varied shapes too: %s", (code, sign) => {
    const varied = generated({ ...options, shapes: "varied" })
    const found = varied.anomalies.filter((anomaly) => anomaly.code === code)
    expect(found.length).toBeGreaterThan(0)
    for (const { sessionIndex } of found) expect(varied.lines[sessionIndex ?? -1]).toContain(sign)
  })
})

describe("anomalies of calls", () => {
  it.each<[LayoutName, AnomalyCode[]]>([
    ["ndjson", []],
    ["callRecords", ["call/incomplete-pages", "call/off-model", "call/session-outside-call", "session/superseded"]],
    [
      "batch",
      [
        "call/incomplete-pages",
        "call/off-model",
        "call/session-outside-call",
        "export/error-response",
        "session/superseded",
      ],
    ],
    ["pages-array", ["call/incomplete-pages", "export/count-mismatch"]],
    ["messages", ["call/off-model", "call/session-outside-call"]],
  ])("are those that the layout can have: %s", (layout, expected) => {
    const codes = [...codesOf({ sessions: 2000, seed: 3, layout, anomalyRate: 0.2 })]
    const own = codes.filter((code) => /^(call|export)\/|superseded/.test(code)).toSorted()
    expect(own).toEqual(expected)
  })

  /** Exports in which calls, but no sessions, have problems, so that `JSON.parse` can read them. */
  const readable = Array.from({ length: 400 }, (_, seed) => {
    const anomalies: Anomaly[] = []
    const options: GenerateOptions = { sessions: 30, seed, layout: "batch", anomalyRate: 0.03 }
    const text = bytesOf({ ...options, onAnomaly: (anomaly) => anomalies.push(anomaly) }).toString("utf8")
    return { text, codes: anomalies.map(({ code }) => code) }
  }).filter(({ codes }) => codes.length > 0 && codes.every((code) => /^(call|export)\/|superseded/.test(code)))
  const having = (code: AnomalyCode) => readable.filter(({ codes }) => codes.includes(code))

  it("keep the number of sessions where a call is there in two versions", () => {
    expect(having("session/superseded").length).toBeGreaterThan(3)
    for (const { text, codes } of having("session/superseded")) {
      const ids = text
        .split("\n")
        .filter((line) => line !== "")
        .flatMap((line): { body: { sessions?: Session[] } }[] => JSON.parse(line).responses)
        .flatMap(({ body }) => body.sessions ?? [])
        .map(({ id }) => id)
      expect(ids).toHaveLength(30)
      expect(30 - new Set(ids).size).toBe(codes.filter((code) => code === "session/superseded").length)
    }
  })

  it("are what they are called", () => {
    const signs = {
      "export/error-response": '"status":404',
      "call/incomplete-pages": '"sessions@odata.nextLink"',
      "call/off-model": '"version":"first"',
    } as const
    for (const [code, sign] of Object.entries(signs)) {
      for (const { text, codes } of readable) expect(text.includes(sign)).toBe(codes.some((each) => each === code))
    }
  })
})

describe("exports without anomalies", () => {
  it("have callRecords that hold their sessions", () => {
    const text = textOf({ sessions: 800, seed: 2, layout: "callRecords" })
    const records: { startDateTime: string; endDateTime: string; sessions: Session[] }[] = JSON.parse(text)
    for (const record of records) {
      for (const each of record.sessions) {
        expect(each.startDateTime >= record.startDateTime && each.endDateTime <= record.endDateTime).toBe(true)
      }
    }
    expect(rowsOf("callRecords", text)).toHaveLength(800)
  })
})
