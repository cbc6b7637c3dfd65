/** What `analyze` and `merge` print: the summary, or the report document. */
import { reportText, type Report } from "@callsift/core"
import { Stdout } from "../output/stdout.ts"
import { hintLines } from "../render/hints.ts"
import { layoutFor } from "../render/style.ts"
import { summaryLines } from "../render/summary.ts"

/** Flags that say what is printed. */
export interface PrintFlags {
  readonly output?: string
  readonly json?: true
  readonly quiet?: true
  readonly color: boolean
}

/** Prints a report on standard output, or nothing where it is to be quiet. */
export async function printReport(report: Report, flags: PrintFlags): Promise<void> {
  const stdout = new Stdout()
  if (flags.json === true) return stdout.write(reportText(report))
  if (flags.quiet === true) return
  const layout = layoutFor(process.stdout, flags.color)
  await stdout.writeLines([...summaryLines(report, layout), ...hintLines(report, flags.output ?? null, layout)])
}
