/** Every suite, in the order of the results. */
import type { Suite } from "../suite.ts"
import { growth, startup } from "./growth.ts"
import { compressed, engines, full, layouts, lean, reference, shapes, workers } from "./reading.ts"
import { merge, spill, state, stream } from "./lasting.ts"
import { smoke } from "./smoke.ts"
import { stages } from "./stages.ts"

export const SUITES: readonly Suite[] = [
  lean,
  full,
  layouts,
  shapes,
  compressed,
  workers,
  engines,
  reference,
  growth,
  startup,
  stages,
  spill,
  stream,
  state,
  merge,
  smoke,
]
