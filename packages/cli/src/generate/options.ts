/** What a caller may decide about an export, and the decisions that follow from it. */
import type { Anomaly } from "./anomalies.ts"
import { LAYOUT_NAMES, type LayoutName } from "./layout-names.ts"

/** How much stands in a session: `lean` has no segments (about 1.2 kB), `full` has segments, media and streams (about 9 kB). */
export const PROFILES = ["lean", "full"] as const
export type Profile = (typeof PROFILES)[number]

/** `uniform`: all properties in the order of Graph; `varied`: random nulls, absences and order. */
export const SHAPES = ["uniform", "varied"] as const
export type ShapeName = (typeof SHAPES)[number]

/** An export is the same, byte by byte, for the same options. */
export interface GenerateOptions {
  /** How many sessions the export holds, as `analyze` counts them. A whole number from 0 to 2³¹. */
  readonly sessions: number
  /** A whole number from 0 to 2⁵³ − 1. Default 1. */
  readonly seed?: number
  /** Default `lean`. */
  readonly profile?: Profile
  /** Default `ndjson`. */
  readonly layout?: LayoutName
  /** Default `uniform`. */
  readonly shapes?: ShapeName
  /** Share of sessions, and of calls, that get one of the known problems, from 0 to 1. Default 0. */
  readonly anomalyRate?: number
  /** Told each problem when it is written. */
  readonly onAnomaly?: (anomaly: Anomaly) => void
}

/** All decisions. */
export interface GeneratePlan {
  readonly sessionCount: number
  readonly seed: number
  readonly profile: Profile
  readonly layout: LayoutName
  readonly shapes: ShapeName
  readonly anomaliesPerMillion: number
  readonly memberCount: number
  readonly weekCount: number
  readonly onAnomaly: (anomaly: Anomaly) => void
}

const MAX_SESSIONS = 2 ** 31
/** Sessions of one member in a week, about. */
const WEEKLY_SESSIONS = 20

/** The decisions that follow from the options. Throws a `RangeError` that names the option and what is possible. */
export function planExport(options: GenerateOptions): GeneratePlan {
  const { sessions, seed = 1, anomalyRate = 0, profile = "lean", layout = "ndjson", shapes = "uniform" } = options
  requireWhole("sessions", sessions, MAX_SESSIONS)
  requireWhole("seed", seed, Number.MAX_SAFE_INTEGER)
  requireMember("profile", profile, PROFILES)
  requireMember("layout", layout, LAYOUT_NAMES)
  requireMember("shapes", shapes, SHAPES)
  if (!(anomalyRate >= 0 && anomalyRate <= 1)) throw new RangeError(`anomalies must be from 0 to 1, not ${anomalyRate}`)
  const memberCount = Math.min(20 + Math.floor(sessions / 250), 20_000)
  return {
    sessionCount: sessions,
    seed,
    profile,
    layout,
    shapes,
    anomaliesPerMillion: Math.round(anomalyRate * 1_000_000),
    memberCount,
    weekCount: Math.min(Math.max(Math.ceil(sessions / (memberCount * WEEKLY_SESSIONS)), 2), 48),
    onAnomaly: options.onAnomaly ?? (() => undefined),
  }
}

function requireWhole(name: string, value: number, most: number): void {
  if (Number.isSafeInteger(value) && value >= 0 && value <= most) return
  throw new RangeError(`${name} must be a whole number from 0 to ${most}, not ${value}`)
}

function requireMember(name: string, value: string, members: readonly string[]): void {
  if (members.includes(value)) return
  throw new RangeError(`${name} must be one of ${members.join(", ")}, not ${JSON.stringify(value)}`)
}
