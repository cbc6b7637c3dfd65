// Whole records: each a session, a callRecord with its sessions, or a page of sessions.
import { addCall } from "./call"
import { countBytes } from "./counts"
import { addEvent, EVENT_CALL, EVENT_PAGE } from "./events"
import { parseObject } from "./object"
import { nextRecord, placeEnvelope, placeSession, recordNumber, setRecord } from "./place"
import { bytesOfRows, dropRows, isFull, rowCount } from "./row"
import { parseSession } from "./session"
import { maxRecordBytes } from "./state"
import { trailsOf } from "./tables"
import { placeTrails } from "./trails"
import { beginDepth, forgetList, listCount, listEnd, listStart } from "./value"

/** What a record may be. */
const KIND_SESSION: i32 = 0
const KIND_CALL: i32 = 1
const KIND_PAGE: i32 = 2
const KINDS: i32 = 3

/** The nodes of these kinds. */
export let sessionNode: usize = 0
let callNode: usize = 0
let pageNode: usize = 0
/** What the last record with sessions was: most are like it. */
let lastKind: i32 = KIND_SESSION

export function placeRoots(session: usize, call: usize, page: usize): void {
  sessionNode = session
  callNode = call
  pageNode = page
  placeTrails(trailsOf(session))
}

/** What `parseRoot` found. */
let kind: i32 = KIND_SESSION

/** Behind the record at `p`; 0 where it is left to the reference: then there may be rows, and records, to be taken back. */
export function parseRoot(p: usize, base: usize, end: usize): usize {
  if (load<u8>(p) != 0x7b) return 0
  const firstRow = rowCount
  const firstRecord = recordNumber
  let bare: bool = false
  for (let tried = -1; tried < KINDS; tried++) {
    kind = tried < 0 ? lastKind : tried
    if (tried == lastKind || (bare && kind == KIND_PAGE)) continue
    const next = parseAs(kind, p, base, end)
    if (isFull) return 0
    // A callRecord without sessions may as well be a session, of which it knows nothing.
    if (next != 0 && (kind == KIND_SESSION || listStart != 0)) {
      lastKind = kind
      return next
    }
    if (next != 0 && kind == KIND_CALL) bare = true
    dropRows(firstRow)
    setRecord(firstRecord)
  }
  if (!bare) return 0
  kind = KIND_CALL
  return parseAs(KIND_CALL, p, base, end)
}

function parseAs(kind: i32, p: usize, base: usize, end: usize): usize {
  beginDepth()
  forgetList()
  placeEnvelope(kind == KIND_SESSION ? -1 : <i32>(p - base))
  placeSession(-1)
  const next = kind == KIND_SESSION ? parseSession(sessionNode, p + 1) : parseObject(kind == KIND_CALL ? callNode : pageNode, p + 1)
  return next > end ? 0 : next
}

/**
 * Takes the record from `p` to `next` that `parseRoot` found, whose sessions are the rows from `firstRow` on: counts it, and
 * keeps what it says of itself where it is an envelope, or leaves that to the host.
 */
export function takeRoot(p: usize, next: usize, base: usize, firstRow: i32, line: i32, firstRecord: i32): void {
  if (kind != KIND_PAGE) nextRecord()
  if (kind == KIND_SESSION) return countBytes(next - p, 0, 0)
  const hasList = listStart != 0
  if (kind == KIND_CALL && hasList && takeCall(p, next, base, firstRow, line, firstRecord)) return
  const event = kind == KIND_CALL ? EVENT_CALL : EVENT_PAGE
  const listAt = hasList ? listStart - base : 0
  addEvent(event, p - base, next - base, firstRow, line, firstRecord, listAt, listEnd - base, hasList ? listCount : 0)
}

/** False where the host has to look at the callRecord's text. */
function takeCall(p: usize, end: usize, base: usize, firstRow: i32, line: i32, record: i32): bool {
  const around = listStart - p + end - listEnd
  if (around > <usize>maxRecordBytes || !addCall(p, end, base, line, record, listCount)) return false
  const sessionBytes = bytesOfRows(firstRow, rowCount)
  countBytes(sessionBytes, around, listEnd - listStart - sessionBytes)
  return true
}
