// `npm run bench [-- --quick]`: makes its data, runs callsift and its peers in turn in fresh processes on the same
// files, repeated, and prints and writes a table of medians and ratios. The table says what its columns mean; RESULTS.md here keeps the last one.
import { spawnSync } from "node:child_process"
import { existsSync, mkdirSync, statSync, writeFileSync } from "node:fs"
import { cpus } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { measure, median } from "./measure.mjs"

const here = dirname(fileURLToPath(import.meta.url))
const root = dirname(here)
const callsift = join(root, "packages/cli/dist/callsift.js")
const quick = process.argv.includes("--quick")
const repeats = quick ? 1 : 3
/** A lean session takes about 1.3 kB. */
const sessionsOf = (megabytes) => Math.round((megabytes * 1e6) / 1320)
const megabytes = quick ? 50 : 500

mkdirSync(join(here, "data"), { recursive: true })
const lean = sample(`lean-${megabytes}MB.ndjson`, ["--sessions", String(sessionsOf(megabytes))])
const array = sample(`lean-${megabytes}MB-array.json`, [
  "--sessions",
  String(sessionsOf(megabytes)),
  "--layout",
  "array",
])
const full = sample(`full-${megabytes}MB.ndjson`, [
  "--sessions",
  String(Math.round(sessionsOf(megabytes) / 7.2)),
  "--profile",
  "full",
])
const small = sample("lean-1MB.ndjson", ["--sessions", String(sessionsOf(1))])

const analyze = (file, workers) => [callsift, "analyze", file, "--json", "--workers", String(workers)]
const cases = [
  { name: "callsift, lean NDJSON, 2 workers", file: lean, args: analyze(lean, 2) },
  { name: "callsift, lean NDJSON, 1 worker", file: lean, args: analyze(lean, 1) },
  { name: "callsift, lean array, 2 workers", file: array, args: analyze(array, 2) },
  { name: "callsift, full NDJSON, 2 workers", file: full, args: analyze(full, 2) },
  { name: "peer: JSON.parse of each line", file: lean, args: [join(here, "peers/json-parse.mjs"), lean] },
  { name: "peer: stream-json array pipeline", file: array, args: [join(here, "peers/stream-json.mjs"), array] },
  { name: "callsift, 1 MB NDJSON", file: small, args: analyze(small, 2) },
  { name: "callsift --help", file: null, args: [callsift, "--help"] },
]

const runs = new Map(cases.map(({ name }) => [name, []]))
for (let round = 0; round < repeats; round++) {
  for (const each of round % 2 === 0 ? cases : cases.toReversed()) {
    runs.get(each.name).push(measure(each.args))
    process.stderr.write(".")
  }
}
process.stderr.write("\n")

const rows = cases.map(({ name, file }) => {
  const samples = runs.get(name)
  const seconds = median(samples.map((run) => run.wallSeconds))
  const bytes = file === null ? null : statSync(file).size
  return {
    name,
    seconds,
    rate: bytes === null ? null : bytes / 1e6 / seconds,
    cpu: median(samples.map((run) => run.cpuSeconds)),
    peak: median(samples.map((run) => run.peakBytes)) / 1e6,
    main: median(samples.map((run) => (run.mainThreadSeconds ?? Number.NaN) / run.wallSeconds)),
  }
})
const base = rows[0].rate
const table = [
  "| what | wall s | MB/s | of the first | CPU s | peak MB | main thread |",
  "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
  ...rows.map(
    ({ name, seconds, rate, cpu, peak, main }) =>
      `| ${name} | ${seconds.toFixed(2)} | ${rate?.toFixed(0) ?? ""} | ${rate === null ? "" : (rate / base).toFixed(2)} | ${cpu.toFixed(2)} | ${peak.toFixed(0)} | ${Number.isNaN(main) ? "" : `${(main * 100).toFixed(0)} %`} |`,
  ),
].join("\n")

const machine = `${cpus()[0]?.model.trim()}, ${cpus().length} cores, Node ${process.version}`
const text = `${machine}; median of ${repeats}, ${megabytes} MB files, page cache warm

${table}

"of the first" is the ratio of throughputs in this run; wall time includes the start of the process. "main thread" is its CPU
time by the wall time (Linux).
`
console.log(text)
const command = `npm run bench${quick ? " -- --quick" : ""}`
if (!quick) writeFileSync(join(here, "RESULTS.md"), `# Results\n\nMade by \`${command}\`.\n\n${text}`)

/** The data file of that name, generated where it is not there yet. */
function sample(name, args) {
  const path = join(here, "data", name)
  if (!existsSync(path)) {
    const { status } = spawnSync(process.execPath, [callsift, "generate", "--seed", "1", ...args, "-o", path], {
      stdio: "inherit",
    })
    if (status !== 0) throw new Error(`generate ${name} failed`)
  }
  return path
}
