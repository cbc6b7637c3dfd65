/** The pieces of text that make an export, in order: what a layout wants around sessions, and the sessions. */
import { FaultyCalls } from "./faulty-calls.ts"
import { CallRecordWriter, type CallCopy } from "./call-record-text.ts"
import { drawCall } from "./call.ts"
import { EndpointWriter } from "./endpoint-text.ts"
import { createLayout, type Layout } from "./layout.ts"
import { SegmentWriter } from "./segment-text.ts"
import type { GeneratePlan } from "./options.ts"
import { Population } from "./people.ts"
import { Random } from "./random.ts"
import { SessionWriter } from "./session-text.ts"
import { UNIFORM, variedShape } from "./shape.ts"

/** Byte texts whose concatenation is the export of a plan. Holds one call at a time. */
export function* exportPieces(plan: GeneratePlan): Generator<string> {
  const { layout, sessions, faults } = writersOf(plan)
  let callCount = 0
  yield layout.head
  for (const copy of copiesOf(plan, faults)) {
    if (callCount > 0) yield layout.betweenCalls()
    callCount += 1
    yield* piecesOf(copy, layout, sessions, faults)
  }
  yield layout.tail(callCount)
}

function* piecesOf(copy: CallCopy, layout: Layout, sessions: SessionWriter, faults: FaultyCalls): Generator<string> {
  yield layout.before(copy)
  for (let index = 0; index < copy.legs.length; index++) {
    const leg = copy.legs[index]
    if (leg === undefined) break
    if (index > 0) yield layout.between(copy, index)
    yield faults.sessionText(leg, sessions)
  }
  yield layout.after(copy)
}

/** Every call as often as it is written, with as many sessions as the plan wants in all. */
function* copiesOf(plan: GeneratePlan, faults: FaultyCalls): Generator<CallCopy> {
  const random = new Random(plan.seed, "calls")
  const people = new Population(new Random(plan.seed, "people"), plan.memberCount)
  for (let position = 0; position < plan.sessionCount;) {
    const call = drawCall(random, people, position, plan.sessionCount, plan.weekCount)
    for (const copy of faults.copies(call, plan.sessionCount - position)) {
      yield copy
      position += copy.legs.length
    }
  }
}

function writersOf(plan: GeneratePlan): { layout: Layout; sessions: SessionWriter; faults: FaultyCalls } {
  const shape = plan.shapes === "uniform" ? UNIFORM : variedShape(new Random(plan.seed, "shapes"))
  const endpoints = new EndpointWriter(shape, plan.profile === "full")
  const segments = plan.profile === "full" ? new SegmentWriter(shape, new Random(plan.seed, "media")) : null
  const layout = createLayout(plan.layout, new CallRecordWriter(shape, endpoints))
  return {
    layout,
    sessions: new SessionWriter(shape, endpoints, segments),
    faults: new FaultyCalls(plan, layout.callFaults),
  }
}
