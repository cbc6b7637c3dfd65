/** What suites are made of: cases that run in turn, and figures that are drawn from them. All plain data. */
import type { AuditLayout } from "./audit/load.ts"
import type { Command } from "./command.ts"
import type { Sample } from "./sample.ts"

/** One program over one file. */
export interface Case {
  /** Different from all others of its suite. */
  readonly name: string
  /** What it reads; null where it reads nothing. */
  readonly sample: Sample | null
  /** What runs, given the path of the sample. Made before anything is measured. */
  readonly command: (file: string) => Command
  /** Work before each run that is not measured, such as clearing what the last one left. */
  readonly prepare?: (file: string) => void | Promise<void>
  /** Why it cannot run here, or null. */
  readonly missing?: () => string | null
  /** The layout of the sample where its output is DuckDB's answers, which must be those of the callsift case named. */
  readonly answers?: { readonly of: string; readonly layout: AuditLayout }
  /** Whether the output says how many seconds its work took, the start of the process and preparations apart. */
  readonly saysSeconds?: boolean
  /** A folder whose greatest size is measured. */
  readonly watchedFolder?: string
  /** Units of work, where it is no bytes: such as sessions. */
  readonly units?: { readonly name: string; readonly count: number }
}

/**
 * What a figure compares. `speed`: MB (or units) a second. `wall`: seconds. `peak`: memory in MB. `disk`: bytes for each
 * unit in the watched folder.
 */
export type Measure = "speed" | "wall" | "peak" | "disk"

/** A figure to reach: one case against another of the same run, or by itself. */
export interface Target {
  readonly what: string
  readonly measure: Measure
  readonly of: string
  /** Null: the measured value itself. */
  readonly against: string | null
  /** Whether it is good to be large. */
  readonly isAtLeast: boolean
  readonly required: number
  readonly aim: number
}

/** Cases that run in turn, alternating in order. */
export interface Suite {
  readonly name: string
  /** One line on what is compared. */
  readonly about: string
  readonly cases: readonly Case[]
  readonly targets: readonly Target[]
  readonly repeats: number
  /** Whether it runs only where it is named: it takes long. */
  readonly onDemand?: boolean
}
