// What the WebAssembly module exports.
import { callCount } from "./call"
import { beginBytes, envelopeBytes, recordBytes, separatorBytes } from "./counts"
import { parseElements } from "./elements"
import { beginEvents, eventCount } from "./events"
import { beginTexts } from "./intern"
import { parseLines } from "./lines"
import { beginPlace, lineCount, recordNumber } from "./place"
import { rowCount } from "./row"
import { beginSpace } from "./value"
import { parseValues } from "./values"

export { forgetTexts, placeTexts, textsAreMany, usedTexts } from "./intern"
export { placeRoots } from "./roots"
export { placeScratch } from "./scratch"
export { decide, placeOutput } from "./state"
export { forgetProperties, placeNames, placeTables, propertiesAreMany } from "./tables"

/** What a block holds. */
const FORM_LINES: i32 = 0
const FORM_ELEMENTS: i32 = 1
let form: i32 = FORM_LINES

/** Begins a block whose first line, element or value is at `at`. */
export function begin(at: usize, ofForm: i32): void {
  beginTexts()
  form = ofForm
  beginPlace(at, form == FORM_LINES)
  beginSpace(form != FORM_LINES)
  beginBytes()
}

/** Goes on with the block at `base` from `p` to `end`; gives where it stopped. */
export function run(p: usize, end: usize, base: usize): usize {
  beginEvents()
  if (form == FORM_LINES) return parseLines(p, end, base)
  return form == FORM_ELEMENTS ? parseElements(p, end, base) : parseValues(p, end, base)
}

export function rows(): i32 {
  return rowCount
}
export function callsMade(): i32 {
  return callCount
}
export function eventsMade(): i32 {
  return eventCount
}
/** Lines and records taken so far in the block. */
export function linesTaken(): i32 {
  return lineCount()
}
export function recordsTaken(): i32 {
  return recordNumber
}
export function bytesOfRecords(): f64 {
  return recordBytes
}
export function bytesOfEnvelopes(): f64 {
  return envelopeBytes
}
export function bytesOfSeparators(): f64 {
  return separatorBytes
}
