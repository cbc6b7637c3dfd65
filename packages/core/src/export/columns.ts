/**
 * The columns of the exported facts, in their order. Names are as in the report and in Graph; a new column comes at the
 * end of its group, and into docs/queries.md, which a test compares with this.
 */
import { secondsOf } from "../aggregate/rational.ts"
import { hasFlag } from "../aggregate/selection.ts"
import { sessionIdOf } from "../facts/evidence.ts"
import { RowFlag, RowStatus } from "../facts/facts.ts"
import { rowCodes } from "../facts/row-codes.ts"
import { MODALITIES, modalityNames, type Modality } from "../model/modality.ts"
import type { Privacy } from "../report/identities.ts"
import {
  column,
  ids,
  notNull,
  numbersOf,
  repeatedText,
  stringText,
  type FactColumn,
  type SourceRows,
} from "./column.ts"
import { placeColumns, type InputName } from "./place-columns.ts"
import { sideColumns } from "./side-columns.ts"
import { remembered, wellFormed } from "./texts.ts"

/** What the columns need to know beside the facts. */
export interface ColumnContext extends Privacy {
  /** By their number in the facts. */
  readonly inputs: readonly InputName[]
  /** Whether test calls count in the figures. */
  readonly includeTests: boolean
}

/** All columns; those of display names only where names are shown. */
export function factColumns(context: ColumnContext): readonly FactColumn[] {
  return [
    ROW_NUMBER,
    ...standingColumns(context),
    ...TIME_COLUMNS,
    ...ID_COLUMNS,
    ...MODALITY_COLUMNS,
    ...FAILURE_COLUMNS,
    ...sideColumns("caller", context),
    ...sideColumns("callee", context),
    FINDINGS,
    ...placeColumns(context.inputs),
  ]
}

const ROW_NUMBER = column(
  "int64",
  "rowNumber",
  "Counts rows from 0 in the order of inputs and bytes, those outside the filters too",
  ({ rowNumber }, row) => rowNumber[row] ?? 0,
)

/** By `RowStatus`, in the words of the report. */
const STATUS_NAMES = ["accepted", "duplicate", "superseded"] as const

function standingColumns({ includeTests }: ColumnContext): FactColumn[] {
  const isCounted = (rows: SourceRows, row: number): boolean =>
    rows.status[row] === RowStatus.counted && (includeTests || !hasFlag(rows, row, RowFlag.test))
  return [
    notNull(
      repeatedText(
        "status",
        "accepted, duplicate (equals one that stands before it) or superseded (its callRecord is there in a higher version)",
        numbersOf("status"),
        () => (status) => STATUS_NAMES[status] ?? null,
      ),
    ),
    column(
      "flag",
      "counted",
      "Whether it is in the report's figures: accepted, and no test call unless --include-tests",
      isCounted,
    ),
    column(
      "flag",
      "timed",
      "Whether it is in the report's figures of time: counted, and starts no later than it ends",
      (rows, row) => isCounted(rows, row) && durationOf(rows, row) >= 0n,
    ),
  ]
}

const startOf = ({ startTicks }: SourceRows, row: number): bigint => startTicks[row] ?? 0n
const endOf = ({ endTicks }: SourceRows, row: number): bigint => endTicks[row] ?? 0n
const durationOf = (rows: SourceRows, row: number): bigint => endOf(rows, row) - startOf(rows, row)

const TICKS = "100 ns ticks since 1970-01-01T00:00:00Z"
const TIME_COLUMNS: readonly FactColumn[] = [
  column("instant", "startDateTime", "When it starts", startOf),
  column("instant", "endDateTime", "When it ends: an instant that is not within it any more", endOf),
  column("int64", "startTicks", `When it starts, exact: ${TICKS}`, startOf),
  column("int64", "endTicks", `When it ends, exact: ${TICKS}`, endOf),
  column(
    "int64",
    "durationTicks",
    "End − start, exact, in 100 ns ticks; negative where it starts after it ends",
    durationOf,
  ),
  column("double", "durationSeconds", "End − start in seconds, rounded once", (rows, row) =>
    secondsOf(durationOf(rows, row)),
  ),
]

const ID_COLUMNS: readonly FactColumn[] = [
  column("text", "sessionId", "Its id; a GUID in lower case", (rows, row) =>
    wellFormed(sessionIdOf(rows, row, rows.strings)),
  ),
  ids(callText("callId", "The call's id; a GUID in lower case. Null: of no known call, so a call of its own", "id")),
  callText("callType", "The call's type, as the callRecord says that is taken for it", "type"),
  callText("callVersion", "The version of that callRecord, decimal digits", "version"),
]

/** A text of the call that a session is of. */
function callText(name: string, description: string, key: "id" | "type" | "version"): FactColumn {
  return repeatedText(
    name,
    description,
    numbersOf("call"),
    ({ calls }) =>
      (call) =>
        wellFormed(calls.get(call)?.[key] ?? null),
  )
}

const modalitySet = remembered(modalityNames)

const MODALITY_COLUMNS: readonly FactColumn[] = [
  column("texts", "modalities", "Its modalities in the order of the model, each once", ({ modalities }, row) =>
    modalitySet(modalities[row] ?? 0),
  ),
  ...MODALITIES.map(modalityFlag),
]

function modalityFlag(modality: Modality, bit: number): FactColumn {
  const name = `has${modality.charAt(0).toUpperCase()}${modality.slice(1)}`
  return column("flag", name, `Whether ${modality} is among its modalities`, ({ modalities }, row) => {
    return (((modalities[row] ?? 0) >>> bit) & 1) === 1
  })
}

const FAILURE_COLUMNS: readonly FactColumn[] = [
  flag("isTest", "Whether it is of a test call", RowFlag.test),
  flag("failed", "Whether it failed: its failureInfo has a stage or a reason", RowFlag.failed),
  flag("segmentFailed", "Whether it did not fail itself but holds a failed segment", RowFlag.segmentFailed),
  stringText("failureStage", "Where it failed", "failureStage"),
  stringText("failureReason", "Why it failed, in the service's words", "failureReason"),
]

function flag(name: string, description: string, bit: number): FactColumn {
  return column("flag", name, description, (rows, row) => hasFlag(rows, row, bit))
}

const FINDINGS = column(
  "texts",
  "findings",
  "Codes of what the report finds in it alone, or between it and the session or callRecord that it is compared with",
  rowCodes,
)
