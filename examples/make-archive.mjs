// Makes the sample archive, the same each time: `node examples/make-archive.mjs` after `npm run setup`.
import { spawnSync } from "node:child_process"
import { mkdirSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { gzipSync } from "node:zlib"

const here = dirname(fileURLToPath(import.meta.url))
const archive = join(here, "archive")
const callsift = join(here, "../packages/cli/dist/callsift.js")

rmSync(archive, { recursive: true, force: true })

const sessions = generate({ sessions: 90, seed: 2, layout: "ndjson", anomalies: 0.06 })
put("january/calls.json", generate({ sessions: 140, seed: 1, layout: "callRecords", anomalies: 0.03 }))
put("january/sessions.ndjson", sessions)
put("january/full.json", generate({ sessions: 14, seed: 7, layout: "callRecord", profile: "full" }))
put("february/pages.ndjson", generate({ sessions: 70, seed: 3, layout: "pages-ndjson", anomalies: 0.02 }))
put("february/answers.ndjson", generate({ sessions: 45, seed: 4, layout: "batch" }))
put("february/messages.ndjson.gz", gzipSync(generate({ sessions: 40, seed: 5, layout: "messages", shapes: "varied" })))
put("february/copy of sessions.ndjson", sessions)
put("march/concatenated.json", generate({ sessions: 40, seed: 6, layout: "concatenated" }))
put("march/powershell.json", powerShell(generate({ sessions: 20, seed: 8, layout: "array" })))
put("march/cut.json", cut(generate({ sessions: 40, seed: 9, layout: "array" })))
put(
  "march/not found.json",
  Buffer.from('{"error":{"code":"NotFound","message":"The requested resource does not exist.","innerError":{}}}\n'),
)
put("notes.txt", Buffer.from("Exported once a month. The export of 12 March stopped in the middle.\n"))

function generate(options) {
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)])
  const { status, stdout } = spawnSync(process.execPath, [callsift, "generate", ...args], { maxBuffer: 2 ** 26 })
  if (status !== 0) throw new Error(`callsift generate ${args.join(" ")} exited with ${status}`)
  return stdout
}

function put(name, bytes) {
  mkdirSync(dirname(join(archive, name)), { recursive: true })
  writeFileSync(join(archive, name), bytes)
}

/** As `Get-MgCommunicationCallRecordSession | ConvertTo-Json > file` of Windows PowerShell 5.1 leaves it: names in PascalCase, UTF-16. */
function powerShell(json) {
  const renamed = JSON.parse(json.toString(), (_key, value) =>
    value === null || typeof value !== "object" || Array.isArray(value)
      ? value
      : Object.fromEntries(
          Object.entries(value).map(([key, member]) => [
            /^[a-z]/.test(key) ? key[0].toUpperCase() + key.slice(1) : key,
            member,
          ]),
        ),
  )
  return Buffer.from(`\uFEFF${JSON.stringify(renamed, null, 4).replaceAll("\n", "\r\n")}\r\n`, "utf16le")
}

function cut(bytes) {
  return bytes.subarray(0, Math.floor(bytes.length * 0.6))
}
