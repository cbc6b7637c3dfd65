// What the WebAssembly module exports.
import { callCount } from "./call"
import { beginElements, parseElements } from "./elements"
import { beginEvents, eventCount } from "./events"
import { beginTexts } from "./intern"
import { beginLines, envelopeBytes, parseLines, recordBytes, separatorBytes } from "./lines"
import { lineCount, recordNumber } from "./place"
import { rowCount } from "./row"

export { forgetTexts, placeTexts, textsAreMany, usedTexts } from "./intern"
export { placeRoots } from "./lines"
export { placeScratch } from "./scratch"
export { decide, placeOutput } from "./state"
export { forgetProperties, placeNames, placeTables, propertiesAreMany } from "./tables"

let isLines: bool = false

/** Begins a block of whole lines at `at`, or of elements, the first of which is there. */
export function begin(at: usize, ofLines: bool): void {
  beginTexts()
  isLines = ofLines
  if (ofLines) beginLines(at)
  else beginElements(at)
}

/** Goes on with the block at `base` from `p` to `end`; gives where it stopped. */
export function run(p: usize, end: usize, base: usize): usize {
  beginEvents()
  return isLines ? parseLines(p, end, base) : parseElements(p, end, base)
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
