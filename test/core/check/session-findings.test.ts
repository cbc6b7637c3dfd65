import { describe, expect, it } from "vitest"
import { sessionFindings, type RuleContext, type SessionFinding } from "#core/check/session-findings.ts"
import { parseInstant, type Instant } from "#core/model/instant.ts"
import type { Session } from "#core/model/session.ts"

const GOOD: Session = {
  id: "s1",
  modalities: ["audio"],
  startDateTime: "2026-01-05T09:00:00Z",
  endDateTime: "2026-01-05T09:10:00Z",
}

function instant(text: string): Instant {
  const read = parseInstant(text)
  if (!read.ok) throw new Error("no instant")
  return read
}

function findings(changes: Partial<Session>, context: Partial<RuleContext> = {}): SessionFinding[] {
  const session = { ...GOOD, ...changes }
  return sessionFindings(session, {
    start: instant(session.startDateTime),
    end: instant(session.endDateTime),
    maxDurationTicks: 864_000_000_000n,
    asOfTicks: null,
    unidentified: [],
    ...context,
  })
}
const places = (found: readonly SessionFinding[]): string[] => found.map(({ code, pointer }) => `${code} ${pointer}`)

describe("sessionFindings", () => {
  it("finds nothing in a session as Graph writes it", () => expect(findings({})).toEqual([]))

  it("gives one finding of a code, at the first place", () => {
    const segment = { id: "g", startDateTime: "2026-01-05T09:05:00Z", endDateTime: "2026-01-05T09:04:00Z" }
    const found = findings({
      modalities: ["audio", "Video", "hologram", "AUDIO", "smell"],
      startDateTime: "2026-01-05T11:00+02:00",
      endDateTime: "2026-01-05T11:10+02:00",
      segments: [{ ...segment, endDateTime: "2026-01-05T09:06:00Z" }, segment, segment],
    })
    expect(places(found)).toEqual([
      "session/not-utc /startDateTime",
      "session/unusual-timestamp /startDateTime",
      "session/unknown-modality /modalities/2",
      "session/unusual-spelling /modalities/1",
      "segment/start-after-end /segments/1/startDateTime",
    ])
  })

  it("says nothing of the form of a segment's dates, and nothing of those that cannot be read", () => {
    const odd = { startDateTime: "2026-01-05T10:01+01:00", endDateTime: "2026-01-05T10:02+01:00" }
    const unset = { startDateTime: "0001-01-01T00:00:00Z", endDateTime: "9999-12-31T23:59:59.9999999Z" }
    expect(findings({ segments: [odd, unset, { startDateTime: null }, {}] })).toEqual([])
  })

  it.each(["unknown", "unknownFutureValue", "videoBasedScreenSharing"])("knows the member %s", (member) => {
    expect(findings({ modalities: [member] })).toEqual([])
  })

  it("points to each end that is not identified only once, wherever it stands", () => {
    const found = findings({}, { unidentified: [["segments", 0, "callee"], ["caller"]] })
    expect(places(found)).toEqual(["participant/unidentified /segments/0/callee"])
  })

  describe("names an unknown member", () => {
    const message = (member: string): string => findings({ modalities: [member] })[0]?.message ?? ""

    it("as it is where it is plain", () => expect(message("hologram 2")).toMatch(/^"hologram 2" is no modality/))

    it("without what a terminal, a page or a reader could take for something else", () => {
      const hostile = '\u001b[31m\u202e"\\\u0085\u007f\ud83d\u00e9'
      expect(message(hostile)).toMatch(/^"\\u001b\[31m\\u202e\\u0022\\u005c\\u0085\\u007f\\ud83d\\u00e9" is no/)
    })

    it("no longer than a line", () => {
      expect(message("x".repeat(1_000_000)).length).toBeLessThan(120)
      expect(message("\u202e".repeat(1000)).length).toBeLessThan(330)
    })
  })
})
