/** Arbitrary scripts of inputs. Ids, instants and versions are few, so that they often meet. */
import * as fc from "fast-check"
import { session, type EnvelopeFields, type Step, type TestSession } from "./block-results.ts"

const guid = (digit: string): string =>
  `${digit.repeat(8)}-${digit.repeat(4)}-${digit.repeat(4)}-${digit.repeat(4)}-${digit.repeat(12)}`
/** GUIDs and other texts; some are ids of calls as well as of sessions. */
const IDS = [guid("a"), guid("b"), "text", "Text"]
const CALL_IDS = [guid("a"), guid("c"), "text", "call", "CALL"]

export const sessions: fc.Arbitrary<TestSession> = fc.record({
  id: fc.constantFrom(...IDS),
  start: fc.constantFrom(0n, 1n, -1n, 2n ** 40n),
  end: fc.constantFrom(5n, 2n ** 40n),
  modalities: fc.constantFrom(0, 1),
  caller: fc.constantFrom(null, guid("a"), "tel"),
  callee: fc.constantFrom(null, guid("d")),
  stage: fc.constantFrom(null, "midcall"),
  reason: fc.constantFrom(null, "lost"),
  endpoints: fc.constantFrom("[]", "[1]"),
  isTest: fc.boolean(),
  findings: fc.subarray(["session/not-utc", "session/zero-duration"]),
})

/** Sessions that differ in few ways, so that most are duplicates of each other. */
export const similarSessions: fc.Arbitrary<TestSession> = fc
  .record({ id: fc.constantFrom(...IDS), start: fc.constantFrom(0n, 1n), isTest: fc.boolean() })
  .map(({ id, start, isTest }) => session(id, { start, isTest }))

const callIds = fc.constantFrom(null, ...CALL_IDS)

const callRecordFields: fc.Arbitrary<EnvelopeFields> = fc.record({
  callId: callIds,
  version: fc.constantFrom(null, "1", "2", "10", "9999999999999999999"),
  type: fc.constantFrom(null, "groupCall", "peerToPeer"),
  startTicks: fc.constantFrom(null, 0n, 3n),
  endTicks: fc.constantFrom(null, 4n, 2n ** 41n),
  lastModifiedTicks: fc.constantFrom(null, 7n, 8n),
  hasNextLink: fc.boolean(),
})

const pageFields: fc.Arbitrary<EnvelopeFields> = fc.record({
  callId: fc.constantFrom(...CALL_IDS),
  hasNextLink: fc.boolean(),
  declaredCount: fc.constantFrom(null, 0, 1, 2, 3),
})

/** Steps inside an envelope. */
const insides = (one: fc.Arbitrary<TestSession>): fc.Arbitrary<Step[]> =>
  fc.array(
    fc.oneof(
      { weight: 6, arbitrary: one.map((given): Step => ({ step: "session", session: given })) },
      {
        weight: 1,
        arbitrary: fc.constantFrom<Step>(
          { step: "reject", code: "session/bad-timestamp", pointer: "/startDateTime" },
          { step: "reject", code: "json/malformed", pointer: null },
        ),
      },
      { weight: 1, arbitrary: fc.constant<Step>({ step: "finding", code: "call/off-model" }) },
    ),
    { maxLength: 5 },
  )

const enveloped = (
  kind: "callRecord" | "sessionsPage" | "wrapper",
  inside: fc.Arbitrary<Step[]>,
  fields: fc.Arbitrary<EnvelopeFields>,
): fc.Arbitrary<Step[]> =>
  fc.tuple(inside, fields).map(([steps, given]) => {
    const elementCount = steps.filter(({ step }) => step === "session" || step === "reject").length
    const close: Step = { step: "close", fields: { elementCount, ...given } }
    return steps.toSpliced(0, 0, { step: "open", kind }).concat(close)
  })

/** One value of the input's sequence. */
export const values = (one: fc.Arbitrary<TestSession>): fc.Arbitrary<Step[]> => {
  const record = enveloped("callRecord", insides(one), callRecordFields)
  const page = enveloped("sessionsPage", insides(one), pageFields)
  return fc.oneof(
    insides(one),
    record,
    page,
    enveloped(
      "wrapper",
      fc.array(fc.oneof(insides(one), record, page), { maxLength: 3 }).map((parts) => parts.flat()),
      fc.record({ hasNextLink: fc.boolean() }),
    ),
    callRecordFields.map((fields): Step[] => [{ step: "bareCallRecord", fields: { ...fields, hasNextLink: false } }]),
    fc.constant<Step[]>([{ step: "nul" }]),
  )
}

/** A whole script. */
export const scripts = (one: fc.Arbitrary<TestSession> = sessions, maxLength = 6): fc.Arbitrary<Step[]> =>
  fc.array(values(one), { maxLength }).map((parts) => parts.flat())

/** Any cuts of a script, block by block or nearly whole. */
export const cutsOf = (steps: readonly Step[]): fc.Arbitrary<number[]> =>
  fc.oneof(fc.constant(steps.map((_, index) => index)), fc.array(fc.nat(Math.max(steps.length, 1)), { maxLength: 6 }))
