/** Models of exports: calls with their sessions, before anything is laid out. */
import * as fc from "fast-check"
import { graphInstantText, graphInstantTicks } from "./instant.ts"
import { unknownProperties, withMembers, type JsonObject } from "./json.ts"
import { MODALITIES, session, type Session } from "./session.ts"

/** A callRecord without its sessions. */
export interface CallHead extends JsonObject {
  readonly id: string
  readonly version: number
  readonly type: string
  readonly modalities: readonly string[]
  readonly startDateTime: string
  readonly endDateTime: string
  readonly lastModifiedDateTime: string
}

/** One call. */
export interface Call {
  readonly head: CallHead
  readonly sessions: readonly Session[]
}

/** An export: calls with ids that differ. */
export interface ExportModel {
  readonly calls: readonly Call[]
}

const callId = (index: number): string => `dddddddd-0000-4000-8000-${String(index).padStart(12, "0")}`

/** The instants that all sessions lie between. */
function extentOf(sessions: readonly Session[]): { readonly startDateTime: string; readonly endDateTime: string } {
  const ticks = sessions.flatMap((each) => [graphInstantTicks(each.startDateTime), graphInstantTicks(each.endDateTime)])
  const edge = (choose: (a: bigint, b: bigint) => boolean): string =>
    graphInstantText(ticks.reduce((kept, next) => (choose(next, kept) ? next : kept), ticks[0] ?? 0n))
  return { startDateTime: edge((a, b) => a < b), endDateTime: edge((a, b) => a > b) }
}

/** A callRecord with the sessions expanded, for one session or more; sessions lie within it. */
export const callRecord: fc.Arbitrary<Call> = callWith(fc.constant(callId(0)))

function callWith(id: fc.Arbitrary<string>): fc.Arbitrary<Call> {
  return fc
    .record({
      id,
      version: fc.integer({ min: 1, max: 3 }),
      type: fc.constantFrom("groupCall", "peerToPeer", "unknown"),
      modalities: fc.subarray([...MODALITIES]),
      sessions: fc.array(session, { minLength: 1, maxLength: 5 }),
      unknown: unknownProperties,
    })
    .map(({ sessions, unknown, ...own }) => {
      const head = { ...own, ...extentOf(sessions), lastModifiedDateTime: "2026-03-02T12:00:00.5Z" }
      return { head: withMembers(head, unknown), sessions }
    })
}

/** One to six calls of one to five sessions: of nothing, some layouts write no file, or an empty one. */
export const exportModel: fc.Arbitrary<ExportModel> = fc
  .array(callRecord, { minLength: 1, maxLength: 6 })
  .map((calls) => ({
    calls: calls.map((call, index) => ({ ...call, head: withMembers(call.head, { id: callId(index) }) })),
  }))

/** All sessions in order. */
export function sessionsOf(model: ExportModel): Session[] {
  return model.calls.flatMap(({ sessions }) => sessions)
}
