/** Whether callsift and DuckDB say the same: counts and texts exactly, other numbers to a rounding or two. */
import type { Report } from "@callsift/core"
import type { Answers } from "./audit.ts"
import type { Question, Row, Value } from "./question.ts"

/** DuckDB's means and deviations are running sums of doubles; callsift's come from exact integers. */
const TOLERANCE = 1e-9

/** Where the two differ, in words; empty where they agree in every answer. */
export function differences(report: Report, answers: Answers, questions: readonly Question[]): string[] {
  return questions.flatMap(({ name, expected }) => {
    const ours = expected(report)
    const theirs = answers[name] ?? []
    const length =
      ours.length === theirs.length ? [] : [`${name}: ${ours.length} rows of callsift, ${theirs.length} of DuckDB`]
    return [...length, ...ours.flatMap((row, index) => rowDifferences(`${name}, row ${index}`, row, theirs[index]))]
  })
}

function rowDifferences(place: string, ours: Row, theirs: Row | undefined): string[] {
  if (theirs === undefined) return []
  return Object.entries(ours)
    .filter(([column, value]) => !isSame(value, theirs[column]))
    .map(([column, value]) => `${place}, ${column}: callsift ${String(value)}, DuckDB ${String(theirs[column])}`)
}

function isSame(ours: Value, theirs: Value | undefined): boolean {
  if (typeof ours !== "number" || typeof theirs !== "number") return ours === theirs
  if (Number.isInteger(ours) && Number.isInteger(theirs)) return ours === theirs
  return Math.abs(ours - theirs) <= TOLERANCE * Math.max(Math.abs(ours), Math.abs(theirs))
}
