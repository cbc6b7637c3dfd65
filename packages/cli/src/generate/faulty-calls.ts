/**
 * Which calls and sessions get which problem, and their text. Sound calls and sessions pass through as they are. The
 * draws have random numbers of their own, so that the rest of an export does not depend on them.
 */
import { sessionFaults, type AnomalyCode, type CallFaultCode, type SessionFault } from "./anomalies.ts"
import type { Call, Leg } from "./call.ts"
import type { CallCopy } from "./call-record-text.ts"
import { PAGE_SESSIONS } from "./layout.ts"
import type { GeneratePlan } from "./options.ts"
import { Random } from "./random.ts"
import type { SessionTexts, SessionWriter } from "./session-text.ts"

type CodedFault = SessionFault & { readonly code: AnomalyCode }

const MILLION = 1_000_000

/** The problems of one export. */
export class FaultyCalls {
  private readonly random: Random
  private readonly perMillion: number
  private readonly callFaults: readonly CallFaultCode[]
  private readonly faults: readonly CodedFault[]
  private readonly report: GeneratePlan["onAnomaly"]
  /** Of the call that is being written. */
  private faultOfLeg = new Map<Leg, CodedFault>()
  private soundText = ""
  /** Sessions of the call being written whose callRecord is there in a higher version. */
  private supersededCount = 0
  private sessionIndex = 0

  /** `callFaults`: what can be wrong with calls in the layout of the export. */
  constructor(plan: GeneratePlan, callFaults: readonly CallFaultCode[]) {
    this.random = new Random(plan.seed, "anomalies")
    this.perMillion = plan.anomaliesPerMillion
    this.callFaults = callFaults
    this.faults = sessionFaults(plan.profile === "full")
    this.report = plan.onAnomaly
  }

  /** How the call is written: as a rule once, with at most `remaining` sessions in all. Problems go into its legs. */
  copies(call: Call, remaining: number): readonly CallCopy[] {
    const legs = call.legs.slice(0, remaining)
    const fault = this.drawCallFault(legs, remaining)
    if (fault === null) this.bendLegs(legs)
    else if (fault !== "session/superseded") this.report({ code: fault, sessionIndex: null })
    const copy: CallCopy = { call, legs, version: call.version, fault }
    if (fault !== "session/superseded") return [copy]
    const older = legs.slice(0, Math.ceil(legs.length / 2))
    this.supersededCount = older.length
    return [
      { ...copy, legs: older },
      { ...copy, version: call.version + 1 },
    ]
  }

  /** The text of a session of the call that `copies` was last asked for; in the order of its copies. */
  sessionText(leg: Leg, writer: SessionWriter): string {
    const fault = this.faultOfLeg.get(leg)
    const sessionIndex = this.sessionIndex
    this.sessionIndex += 1
    if (fault !== undefined) {
      this.report({ code: fault.code, sessionIndex })
      return this.faultyText(leg, fault, writer)
    }
    if (this.supersededCount > 0) {
      this.supersededCount -= 1
      this.report({ code: "session/superseded", sessionIndex })
    }
    return (this.soundText = writer.text(leg))
  }

  /** Not more than one call in four, so that most sessions are left to have problems of their own. */
  private drawCallFault(legs: readonly Leg[], remaining: number): CallFaultCode | null {
    if (this.callFaults.length === 0 || !this.random.chance(Math.min(this.perMillion, MILLION / 4), MILLION))
      return null
    const code = this.random.pick(this.callFaults)
    const isTooLong = code === "session/superseded" && legs.length + Math.ceil(legs.length / 2) > remaining
    const isPaged = code === "export/count-mismatch" && legs.length > PAGE_SESSIONS
    return isTooLong || isPaged ? null : code
  }

  private bendLegs(legs: readonly Leg[]): void {
    this.faultOfLeg = new Map()
    let earlier: Leg | null = null
    for (const leg of legs) {
      if (!this.random.chance(this.perMillion, MILLION)) {
        earlier = leg
        continue
      }
      const fault = this.drawFault(earlier !== null)
      fault.bend?.(leg, earlier)
      this.faultOfLeg.set(leg, fault)
    }
  }

  private drawFault(hasEarlier: boolean): CodedFault {
    for (;;) {
      const fault = this.random.pick(this.faults)
      if (hasEarlier || fault.needs !== "earlier-session") return fault
    }
  }

  private faultyText(leg: Leg, fault: CodedFault, writer: SessionWriter): string {
    if (fault.code === "session/duplicate") return this.soundText
    if (fault.whole !== undefined) return fault.whole(this.random)
    const texts: SessionTexts = { ...writer.texts(leg, fault.segment?.(leg)), ...fault.texts?.(leg, this.random) }
    const text = writer.object(texts)
    return fault.extra === undefined ? text : `${text.slice(0, -1)},${fault.extra(leg, this.random)}}`
  }
}
