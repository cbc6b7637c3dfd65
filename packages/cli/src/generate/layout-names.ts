/** The names of the layouts that an export can have; layout.ts says what they are. */
export const LAYOUT_NAMES = [
  "ndjson",
  "array",
  "odata-page",
  "pages-ndjson",
  "pages-array",
  "concatenated",
  "callRecords",
  "callRecords-ndjson",
  "callRecord",
  "batch",
  "messages",
  "rows",
] as const
export type LayoutName = (typeof LAYOUT_NAMES)[number]
