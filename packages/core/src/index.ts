/** callsift as a library: exports of call records in, one report out. */
export type { Analysis } from "./analyze.ts"
export { AnalyzeError, type AnalyzeErrorCode } from "./analyze-error.ts"
export type { Export, ExportOptions } from "./export-facts.ts"
export { EXPORT_FORMATS, type ExportFormat } from "./export/format.ts"
export type { ByteSink } from "./export/output.ts"
export type { MergeOptions, Merged, RefusedPartial } from "./merge.ts"
export type { PartialErrorCode } from "./partial/partial-error.ts"
export type { AnalyzeOptions, StartedWorkers, StateOptions, Tuning } from "./options.ts"
export type { Progress } from "./progress.ts"
export type { RunDocument, InputRun } from "./run-document.ts"
export type { Report, ReportInput, RejectLine, FindingLine } from "./report/schema.ts"
export { csvLines, type ReportTable } from "./report/table.ts"
export {
  FINDING_CODES,
  REJECT_CODES,
  findingRule,
  rejectTitle,
  type FindingCode,
  type FindingRule,
  type RejectCode,
  type Severity,
} from "./check/rules.ts"
export { parseInstant, printInstant, type Instant, type InstantFault } from "./model/instant.ts"
export { MODALITIES, type Modality } from "./model/modality.ts"
export { reportText } from "./report/report-text.ts"
export { analyze, exportFacts, mergePartials } from "./start.ts"
export { TOOL } from "./version.ts"
