/**
 * `npm run bench [-- --quick] [-- --suite NAME]… [-- --repeats N]`: runs suites, prints their tables, and writes
 * RESULTS.md anew from the last result of every suite. A quick run reads a quarter of the bytes once and keeps nothing.
 */
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { thisMachine } from "./machine.ts"
import { BENCHMARKS } from "./places.ts"
import { document, suiteSection, targetTable, type Measured } from "./render.ts"
import { keepResult, keptResult, type CaseRun } from "./result.ts"
import { runSuite } from "./run-suite.ts"
import type { Sample } from "./sample.ts"
import type { Suite } from "./suite.ts"
import { SUITES } from "./suites/all.ts"

const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    suite: { type: "string", multiple: true, default: [] },
    repeats: { type: "string" },
    list: { type: "boolean", default: false },
  },
})

if (values.list) for (const { name, about } of SUITES) console.log(`${name.padEnd(12)} ${about}`)
else await runSuites(chosen(values.suite))

/** The suites of these names; all that are not run on demand alone where there are none. */
function chosen(names: readonly string[]): readonly Suite[] {
  const unknown = names.filter((name) => SUITES.every((suite) => suite.name !== name))
  if (unknown.length > 0) {
    console.error(`no suite ${unknown.join(", ")}; there are ${SUITES.map(({ name }) => name).join(", ")}`)
    process.exit(2)
  }
  return names.length === 0
    ? SUITES.filter((suite) => !suite.onDemand)
    : SUITES.filter(({ name }) => names.includes(name))
}

async function runSuites(suites: readonly Suite[]): Promise<void> {
  const measured: Measured[] = []
  for (const suite of suites) {
    const result = await runOne(suite)
    measured.push({ suite, result })
    if (!values.quick) keep(result)
  }
  if (measured.length > 1) console.log(`\n${targetTable(measured)}`)
  if (values.quick)
    return console.log("\nOver a quarter of the bytes, once: what it costs to start counts for more than it should.")
}

async function runOne(suite: Suite): Promise<Measured["result"]> {
  process.stderr.write(`${suite.name}:\n`)
  const repeats = values.repeats === undefined ? (values.quick ? 1 : suite.repeats) : Number(values.repeats)
  const result = await runSuite(suite, {
    command: commandLine(suite),
    repeats,
    maxRounds: values.quick ? repeats : 3 * repeats,
    resize: values.quick ? quarter : (sample) => sample,
    machine: thisMachine(),
    onRun: reportRun,
  })
  console.log(
    [suiteSection({ suite, result }), ...(suite.targets.length > 0 ? [targetTable([{ suite, result }])] : []), ""].join(
      "\n\n",
    ),
  )
  return result
}

/** At once, so that a run that is ended loses no more than its last suite. */
function keep(result: Measured["result"]): void {
  keepResult(result)
  const notRun = SUITES.filter((suite) => kept(suite).length === 0)
  writeFileSync(join(BENCHMARKS, "RESULTS.md"), document(SUITES.flatMap(kept), notRun))
}

function reportRun(name: string, { seconds, wallSeconds, othersShare }: CaseRun): void {
  const others = othersShare === null ? "" : `, others had ${(othersShare * 100).toFixed(0)} %`
  process.stderr.write(`  ${(seconds ?? wallSeconds).toFixed(3)} s  ${name}${others}\n`)
}

function kept(suite: Suite): Measured[] {
  const result = keptResult(suite.name)
  return result === null ? [] : [{ suite, result }]
}

/** Small samples stay as they are. */
function quarter(sample: Sample): Sample {
  return sample.megabytes <= 10 ? sample : { ...sample, megabytes: sample.megabytes / 4 }
}

function commandLine(suite: Suite): string {
  const repeats = values.repeats === undefined ? "" : ` --repeats ${values.repeats}`
  return `npm run bench -- --suite ${suite.name}${repeats}${values.quick ? " --quick" : ""}`
}
