/** The texts that examples of rules are made of: as little as a session, callRecord or page can be. */

const GOOD = {
  id: "s1",
  modalities: ["audio"],
  startDateTime: "2026-01-05T09:00:00Z",
  endDateTime: "2026-01-05T09:10:00Z",
}
const CALL_ID = "00000000-0000-4000-8000-00000000000c"
const CONTEXT = `https://graph.microsoft.com/v1.0/$metadata#communications/callRecords('${CALL_ID}')/sessions`

/** A session that breaks no rule. */
export const SESSION = session({})

/** A session with other properties; undefined takes one away. */
export function session(changes: object): string {
  return JSON.stringify({ ...GOOD, ...changes })
}

/** A callRecord with sessions. */
export function callRecord(changes: object, ...sessions: readonly string[]): string {
  return withList({ id: CALL_ID, version: 1, ...changes }, "sessions", sessions)
}

/** A page of List sessions. */
export function page(control: object, ...sessions: readonly string[]): string {
  return withList({ "@odata.context": CONTEXT, ...control }, "value", sessions)
}

function withList(properties: object, name: string, elements: readonly string[]): string {
  return `${JSON.stringify(properties).slice(0, -1)},"${name}":[${elements.join(",")}]}`
}
