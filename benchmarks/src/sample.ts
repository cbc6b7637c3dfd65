/** The exports that suites read. They are made by `callsift generate`, once, and kept in the data folder. */
import { spawnSync } from "node:child_process"
import { createReadStream, createWriteStream, existsSync, mkdirSync, renameSync, statfsSync, statSync } from "node:fs"
import { join } from "node:path"
import { pipeline } from "node:stream/promises"
import { createGzip } from "node:zlib"
import { CALLSIFT, DATA } from "./places.ts"

/** What an export is like. The same one gives the same bytes. */
export interface Sample {
  readonly profile: "lean" | "full"
  readonly layout: "ndjson" | "array" | "odata-page" | "callRecords" | "callRecords-ndjson"
  readonly shapes: "uniform" | "varied"
  /** Size before compression, about. */
  readonly megabytes: number
  readonly gzip: boolean
}

const PLAIN: Sample = { profile: "lean", layout: "ndjson", shapes: "uniform", megabytes: 500, gzip: false }

/** A sample like the plain one, 500 MB of lean sessions, one a line, but for what is given. */
export function sample(differences: Partial<Sample> = {}): Sample {
  return { ...PLAIN, ...differences }
}

/** Sizes of one session, measured: they only have to be near. */
const BYTES_PER_SESSION = { lean: 1321, full: 9500 } as const
const VARIED_SHARE = { lean: 0.887, full: 0.95 } as const

/** How many sessions a sample has. */
export function sessionCount({ profile, shapes, megabytes }: Sample): number {
  const bytes = BYTES_PER_SESSION[profile] * (shapes === "varied" ? VARIED_SHARE[profile] : 1)
  return Math.round((megabytes * 1e6) / bytes)
}

/** The file's name says what is in it. */
export function sampleName({ profile, layout, shapes, megabytes, gzip }: Sample): string {
  const name = [
    profile,
    ...(shapes === "uniform" ? [] : [shapes]),
    `${megabytes}MB`,
    ...(layout === "ndjson" ? [] : [layout]),
  ].join("-")
  return `${name}.${layout.endsWith("ndjson") ? "ndjson" : "json"}${gzip ? ".gz" : ""}`
}

/** Arguments of `callsift generate` for a sample. */
export function generateArguments(of: Sample): string[] {
  const options = { sessions: sessionCount(of), seed: 1, profile: of.profile, layout: of.layout, shapes: of.shapes }
  return ["generate", ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)])]
}

/** The sample's file, made where it is not there yet. Throws where it cannot be made. */
export async function sampleFile(of: Sample): Promise<string> {
  const path = join(DATA, sampleName(of))
  if (existsSync(path)) return path
  mkdirSync(DATA, { recursive: true })
  process.stderr.write(`making ${sampleName(of)}\n`)
  if (of.gzip) {
    const unfinished = `${path}.unfinished`
    const plain = await sampleFile({ ...of, gzip: false })
    await pipeline(createReadStream(plain, { highWaterMark: 1 << 20 }), createGzip(), createWriteStream(unfinished))
    renameSync(unfinished, path)
  } else {
    const { status } = spawnSync(process.execPath, [CALLSIFT, ...generateArguments(of), "-o", path], {
      stdio: ["ignore", "ignore", "inherit"],
    })
    if (status !== 0) throw new Error(`callsift generate of ${sampleName(of)} ended with ${status}`)
  }
  return path
}

/** What must stay free on the disk, in bytes. */
const RESERVE_BYTES = 2e9

/** Whether the disk has room for a sample that is not there yet. */
export function hasRoomFor(of: Sample): boolean {
  const path = join(DATA, sampleName(of))
  if (existsSync(path)) return true
  mkdirSync(DATA, { recursive: true })
  const { bavail, bsize } = statfsSync(DATA)
  return bavail * bsize > of.megabytes * 1e6 + RESERVE_BYTES
}

/** Bytes of a sample before compression. */
export function plainBytes(of: Sample): number {
  return statSync(join(DATA, sampleName({ ...of, gzip: false }))).size
}
