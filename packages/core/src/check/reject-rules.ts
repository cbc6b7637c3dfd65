/** What each reject's code stands for, as data. `rules.ts` gives it its type. */
import { SESSION, session } from "./example-text.ts"

export const REJECT_RULES = {
  "json/too-large": {
    title: "Larger than --max-record",
    meaning: "A session, a record without sessions, or what stands around sessions is larger than --max-record.",
    advice: "Raise --max-record to read it.",
    example: { text: `${SESSION}\n${session({ note: "x".repeat(1000) })}`, option: "--max-record=1KiB" },
  },
  "json/invalid-utf8": {
    title: "Not valid UTF-8",
    meaning: "The record's bytes are no UTF-8: another encoding, or damage.",
    advice: "Export it again as UTF-8; Set-Content of Windows PowerShell needs -Encoding utf8.",
    example: { text: `${SESSION}\n${session({ note: "é" })}`, encoding: "latin1" },
  },
  "json/too-deep": {
    title: "Nested deeper than --max-depth",
    meaning: "More lists and objects lie in each other than --max-depth allows.",
    advice: "Call records nest ten deep; look at what wrote the file, or raise --max-depth.",
    example: { text: `${SESSION}\n${session({ note: [[[[[[[[1]]]]]]]] })}`, option: "--max-depth=8" },
  },
  "json/truncated": {
    title: "Cut off by the end of the input",
    meaning: "The input ends within the record.",
    advice: "Copy or export it again; what stood before is kept.",
    example: { text: `[${SESSION},{"id":"s2","modal` },
  },
  "json/malformed": {
    title: "Not valid JSON",
    meaning: "The record's text keeps not to JSON (RFC 8259).",
    advice: "The message names the byte. It was damaged when it was written or copied, or edited by hand.",
    example: { text: `${SESSION}\n{"id":s2}` },
  },
  "session/not-an-object": {
    title: "No JSON object where a session should be",
    meaning: "The record is a number, a text, a literal or a list.",
    advice: "Look at what wrote the file.",
    example: { text: `${SESSION}\nnull` },
  },
  "session/missing-property": {
    title: "A property that a session needs is missing",
    meaning: "id, modalities, startDateTime or endDateTime is absent or null, or the record is of no known shape.",
    advice: "Export sessions whole, without $select.",
    example: { text: `${SESSION}\n${session({ id: "s2", endDateTime: undefined })}` },
  },
  "session/wrong-type": {
    title: "A property that facts come from has another type",
    meaning: "A property that facts come from, or an object or list on the way to one, is something else.",
    advice:
      "A text in place of an object or list is the mark of PowerShell: export again by ConvertTo-Json -Depth 100.",
    example: { text: `${SESSION}\n${session({ id: "s2", caller: "System.Object" })}` },
  },
  "session/bad-timestamp": {
    title: "A text that is no instant",
    meaning: "startDateTime or endDateTime names no instant, or one that does not exist.",
    advice: "Expected is 2026-01-01T00:00:00Z, with up to seven digits behind the seconds.",
    example: { text: `${SESSION}\n${session({ id: "s2", startDateTime: "2026-02-30T09:00:00Z" })}` },
  },
  "session/unset-timestamp": {
    title: 'The value that .NET writes for "not set"',
    meaning: "startDateTime or endDateTime is 0001-01-01T00:00:00Z or 9999-12-31T23:59:59.9999999Z.",
    advice: "The program that wrote it had no date; export the session from Graph again.",
    example: { text: `${SESSION}\n${session({ id: "s2", endDateTime: "0001-01-01T00:00:00Z" })}` },
  },
  "session/bad-id": {
    title: "An empty id",
    meaning: "id is a text without a character.",
    advice: "Look at what wrote the file: Graph gives every session an id.",
    example: { text: `${SESSION}\n${session({ id: "" })}` },
  },
  "worker/failed": {
    title: "A record that ended its worker each time; please report it",
    meaning: "The worker that read the record failed, twice with others and once alone.",
    advice: "This is a fault of callsift; report it with the bytes at the offset.",
    example: null,
  },
} as const
