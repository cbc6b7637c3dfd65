/** One stage over one file, in a process of its own: `run.js STAGE FILE` says the seconds it took. */
import { readFileSync } from "node:fs"
import { loadCore } from "./core.ts"
import { STAGES, timeStage } from "./stages.ts"

const [wanted, file = ""] = process.argv.slice(2)
const name = STAGES.find((stage) => stage === wanted)
if (name === undefined) throw new Error(`no stage ${wanted}; there are ${STAGES.join(", ")}`)
const seconds = await timeStage(await loadCore(), name, readFileSync(file))
process.stdout.write(`${JSON.stringify({ seconds })}\n`)
