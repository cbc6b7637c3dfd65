/**
 * Which rows repeat an earlier one: equal in everything that a duplicate must equal, or in call and session id
 * alone. Hash tables over typed arrays find the candidates and the columns decide; no row is compared with more
 * than a few, however often an id is repeated.
 */
import { IdForm, RowFlag } from "../worker/protocol.ts"
import type { CallIds } from "./call-ids.ts"
import { textIndexOf } from "./evidence.ts"
import { guidWords } from "./id-table.ts"
import { finishHash, HASH_SEED, mixWord } from "./hash.ts"
import type { RowTable } from "./row-table.ts"
import { RowStatus } from "./facts.ts"

/** What stands for the call of a session of no known call, and the first number of those that several bear. */
const NO_OTHER = -1
const FIRST_SHARED = -2

/**
 * Marks the duplicates in `status`, and gives for each row the earlier one: of a duplicate the first of its equals,
 * of a session that repeats call and id only the first with them, else -1. Rows that are superseded take no part.
 * Counted rows of no known call that bear the same id get the same number for their call, as in `FactBatch.call`.
 */
export function findDuplicates(
  rows: RowTable,
  calls: CallIds,
  texts: readonly string[],
  status: Uint8Array,
): Int32Array {
  const columns = comparedColumns(rows, calls, texts)
  const earlier = new Int32Array(rows.rowCount).fill(-1)
  const firsts = new RowSet(rows.rowCount, columns.hashOfId, columns.hasSameId)
  // Rows that repeat an id with other facts are few as a rule, so their set grows.
  const ownCalls = new OwnCalls(rows.columns.call)
  const others = new RowSet(0, columns.hashOfFacts, (a, b) => columns.hasSameId(a, b) && columns.isEqual(a, b))
  for (let row = 0; row < rows.rowCount; row++) {
    if (status[row] === RowStatus.superseded) continue
    const first = firsts.findOrAdd(row)
    if (first === row) continue
    const equal = columns.isEqual(first, row) ? first : others.findOrAdd(row)
    earlier[row] = equal === row ? first : equal
    if (equal !== row) status[row] = RowStatus.duplicate
    else ownCalls.join(first, row)
  }
  return earlier
}

/** Numbers for calls that are none but the sessions that bear their id, where these are several. */
class OwnCalls {
  readonly #call: Int32Array
  /** By a row that is of a known call: the number of the own call of those that bear its id but name no call. */
  readonly #besideKnown = new Map<number, number>()
  #count = 0

  constructor(call: Int32Array) {
    this.#call = call
  }

  /** Puts a row of no known call into that of the first row with its id. */
  join(first: number, row: number): void {
    if ((this.#call[row] ?? -1) >= 0) return
    const ofFirst = this.#call[first] ?? -1
    if (ofFirst >= 0) this.#call[row] = this.#numberBeside(first)
    else this.#call[row] = ofFirst === NO_OTHER ? (this.#call[first] = this.#next()) : ofFirst
  }

  #numberBeside(first: number): number {
    const known = this.#besideKnown.get(first) ?? this.#next()
    this.#besideKnown.set(first, known)
    return known
  }

  #next(): number {
    return FIRST_SHARED - this.#count++
  }
}

/** Hashes and comparisons of rows. */
interface ComparedColumns {
  readonly hashOfId: (row: number) => number
  readonly hasSameId: (a: number, b: number) => boolean
  readonly hashOfFacts: (row: number) => number
  /** Whether everything but call and id is equal that a duplicate must equal. */
  readonly isEqual: (a: number, b: number) => boolean
}

function comparedColumns(rows: RowTable, calls: CallIds, texts: readonly string[]): ComparedColumns {
  const call = callsOfRows(rows, calls, texts)
  const { sessionForms, modalities, flags, caller, callee, failureStage, failureReason, endpoints } = rows.columns
  const id = guidWords(rows.sessionBytes)
  const start = wordsOf(rows.columns.startTicks)
  const end = wordsOf(rows.columns.endTicks)
  const numbers = [modalities, caller, callee, failureStage, failureReason, endpoints]
  const stateOfId = (row: number): number => {
    let state = mixWord(mixWord(HASH_SEED, call[row] ?? 0), sessionForms[row] ?? 0)
    for (let word = 4 * row; word < 4 * row + 4; word++) state = mixWord(state, id[word] ?? 0)
    return state
  }
  return {
    hashOfId: (row) => finishHash(stateOfId(row)),
    hasSameId: (a, b) =>
      call[a] === call[b] &&
      sessionForms[a] === sessionForms[b] &&
      id[4 * a] === id[4 * b] &&
      id[4 * a + 1] === id[4 * b + 1] &&
      id[4 * a + 2] === id[4 * b + 2] &&
      id[4 * a + 3] === id[4 * b + 3],
    hashOfFacts: (row) => {
      let state = mixWord(stateOfId(row), (flags[row] ?? 0) & RowFlag.test)
      for (const words of [start, end]) state = mixWord(mixWord(state, words[2 * row] ?? 0), words[2 * row + 1] ?? 0)
      for (const column of numbers) state = mixWord(state, column[row] ?? 0)
      return finishHash(state)
    },
    isEqual: (a, b) =>
      start[2 * a] === start[2 * b] &&
      start[2 * a + 1] === start[2 * b + 1] &&
      end[2 * a] === end[2 * b] &&
      end[2 * a + 1] === end[2 * b + 1] &&
      (((flags[a] ?? 0) ^ (flags[b] ?? 0)) & RowFlag.test) === 0 &&
      numbers.every((column) => column[a] === column[b]),
  }
}

/**
 * The call of each row for comparing: a session of no known call is a call of its own that bears the session's id,
 * so it is of the known call with that id where there is one. -1: the session's id says it all.
 */
function callsOfRows(rows: RowTable, calls: CallIds, texts: readonly string[]): Int32Array {
  const call = rows.columns.call.slice(0, rows.rowCount)
  const ids = { bytes: rows.sessionBytes, forms: rows.columns.sessionForms }
  const words = guidWords(rows.sessionBytes)
  for (let row = 0; row < rows.rowCount; row++) {
    if ((call[row] ?? -1) >= 0) continue
    call[row] =
      ids.forms[row] === IdForm.guid
        ? calls.findGuid(words, 4 * row)
        : calls.findText(texts[textIndexOf(ids, row)] ?? "")
  }
  return call
}

/** 64-bit numbers as pairs of words: comparing them makes no BigInt. */
function wordsOf(ticks: BigInt64Array): Uint32Array {
  return new Uint32Array(ticks.buffer, ticks.byteOffset, 2 * ticks.length)
}

/** Rows that differ by a comparison, found by a hash that agrees with it. */
class RowSet {
  /** Row + 1, 0 where empty; a power of two long, at most half full. */
  #slots: Int32Array
  #count = 0
  readonly #hash: (row: number) => number
  readonly #isSame: (a: number, b: number) => boolean

  constructor(expectedCount: number, hash: (row: number) => number, isSame: (a: number, b: number) => boolean) {
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(Math.max(2 * expectedCount, 1024))))
    this.#hash = hash
    this.#isSame = isSame
  }

  /** The row in the set that is the same as `row`; `row` itself where it is new. */
  findOrAdd(row: number): number {
    const mask = this.#slots.length - 1
    let slot = this.#hash(row) & mask
    for (let known = this.#slots[slot] ?? 0; known > 0; known = this.#slots[slot] ?? 0) {
      if (this.#isSame(known - 1, row)) return known - 1
      slot = (slot + 1) & mask
    }
    this.#slots[slot] = row + 1
    this.#count += 1
    if (2 * this.#count > this.#slots.length) this.#grow()
    return row
  }

  #grow(): void {
    const old = this.#slots
    this.#slots = new Int32Array(2 * old.length)
    const mask = this.#slots.length - 1
    for (const known of old) {
      if (known === 0) continue
      let slot = this.#hash(known - 1) & mask
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask
      this.#slots[slot] = known
    }
  }
}
