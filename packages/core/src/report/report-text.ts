/** The report document as it is written. */
import type { Report } from "./schema.ts"

/** The text of `report.json`: the same document gives the same bytes. */
export function reportText(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`
}
