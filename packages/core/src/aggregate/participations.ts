/**
 * Who took part in which sessions: a record for each participant of each counted session, told apart by participants,
 * so that each participant's sessions can be gone through alone, in the order of their starts.
 */
import { grown } from "../facts/columns.ts"
import type { FactBatch, Facts } from "../facts/facts.ts"
import { bucketCountFor, Partition } from "../facts/partition.ts"
import { isBefore, tickWords, ticksIn, type TickWords } from "./tick-words.ts"

/** Words of a record: start and end as pairs of words, the lower first, then these. */
const Word = { participant: 4, call: 5, row: 6, kinds: 7 } as const
const RECORD_WORDS = 8
/** Ticks in a record as `TickWords` count them. */
const RECORD_TICKS = 4
const END_TICKS = 1

const MOVES_PER_SESSION = 16
const NO_KIND = 0
const KIND_BITS = 8
const KIND_MASK = 2 ** KIND_BITS - 1

/** The sessions of one participant, by their start, then in input order. */
export class Sessions {
  /** Start of a session at `startAt`, end at `endAt`. */
  readonly ticks: TickWords
  readonly count: number
  readonly #words: Int32Array

  constructor(words: Int32Array) {
    this.count = words.length / RECORD_WORDS
    this.#words = words
    this.ticks = ticksIn(words)
  }

  startAt(session: number): number {
    return session * RECORD_TICKS
  }

  endAt(session: number): number {
    return session * RECORD_TICKS + END_TICKS
  }

  participant(session: number): number {
    return this.#words[session * RECORD_WORDS + Word.participant] ?? -1
  }

  /** As in `FactBatch.call`. */
  call(session: number): number {
    return this.#words[session * RECORD_WORDS + Word.call] ?? -1
  }

  row(session: number): number {
    return this.#words[session * RECORD_WORDS + Word.row] ?? -1
  }

  /** The kinds of the participant at its one or two ends of the session, both in one number. */
  kinds(session: number): number {
    return this.#words[session * RECORD_WORDS + Word.kinds] ?? 0
  }

  /** Whether it starts no later than it ends. */
  isTimed(session: number): boolean {
    return !isBefore(this.ticks, this.endAt(session), this.ticks, this.startAt(session))
  }

  /** Whether it ends later than it starts. */
  hasTime(session: number): boolean {
    return isBefore(this.ticks, this.startAt(session), this.ticks, this.endAt(session))
  }

  /** By start, then by row. */
  compare(a: number, b: number): number {
    if (isBefore(this.ticks, this.startAt(a), this.ticks, this.startAt(b))) return -1
    if (isBefore(this.ticks, this.startAt(b), this.ticks, this.startAt(a))) return 1
    return this.row(a) - this.row(b)
  }
}

/** Index in `IDENTITY_KINDS` of the kind at an end, -1 where the participant is not there. */
export const kindOfCaller = (kinds: number): number => (kinds & KIND_MASK) - 1
export const kindOfCallee = (kinds: number): number => (kinds >> KIND_BITS) - 1

/** Given the sessions of one participant, whose numbers stand in `order`, by start, then in input order. */
export type EachParticipant = (participant: number, sessions: Sessions, order: Int32Array) => void

/** All records. */
export class Participations {
  readonly #partition: Partition
  /** Memory for one bucket after the other. */
  #places = new Uint32Array(0)
  #offsets = new Int32Array(0)
  #order = new Int32Array(0)

  constructor({ rowCount, space }: Facts) {
    this.#partition = new Partition(bucketCountFor(2 * rowCount, RECORD_WORDS), RECORD_WORDS, space)
  }

  /** Adds rows of a batch. A participant at both ends of a session has it once. */
  add(batch: FactBatch, rows: Int32Array): void {
    const { caller, callee, callerKind, calleeKind } = batch
    const start = tickWords(batch.startTicks)
    const end = tickWords(batch.endTicks)
    for (const row of rows) {
      const from = caller[row] ?? -1
      const to = callee[row] ?? -1
      const fromKind = (callerKind[row] ?? 0) + 1
      const toKind = ((calleeKind[row] ?? 0) + 1) << KIND_BITS
      if (from >= 0) this.#place(batch, row, start, end, from, fromKind | (from === to ? toKind : NO_KIND))
      if (to >= 0 && to !== from) this.#place(batch, row, start, end, to, toKind)
    }
  }

  /** Goes through all participants, in no order. Only once: what was kept for it is given back. */
  forEach(each: EachParticipant): void {
    const { bucketCount } = this.#partition
    for (let bucket = 0; bucket < bucketCount; bucket++) {
      const sessions = new Sessions(this.#partition.read(bucket))
      const { order, offsets } = this.#byParticipant(sessions)
      for (let at = 0; at + 1 < offsets.length; at++) {
        const own = order.subarray(offsets[at], offsets[at + 1])
        if (own.length === 0) continue
        sortSessions(sessions, own)
        each(sessions.participant(own[0] ?? 0), sessions, own)
      }
    }
    this.#partition.close()
  }

  #place(batch: FactBatch, row: number, start: TickWords, end: TickWords, participant: number, kinds: number): void {
    const partition = this.#partition
    const at = partition.place(participant & (partition.bucketCount - 1))
    const { words } = partition
    words[at] = start.low[2 * row] ?? 0
    words[at + 1] = start.high[2 * row] ?? 0
    words[at + 2] = end.low[2 * row] ?? 0
    words[at + 3] = end.high[2 * row] ?? 0
    words[at + Word.participant] = participant
    words[at + Word.call] = batch.call[row] ?? -1
    words[at + Word.row] = batch.firstRow + row
    words[at + Word.kinds] = kinds
  }

  /** Sessions of a bucket by participant, in input order: a counting sort. */
  #byParticipant(sessions: Sessions): { readonly order: Int32Array; readonly offsets: Int32Array } {
    const { count } = sessions
    const divisor = this.#partition.bucketCount
    this.#places = grown(this.#places, count)
    const places = this.#places.subarray(0, count)
    let most = -1
    for (let session = 0; session < count; session++) {
      const place = sessions.participant(session) / divisor
      places[session] = place
      if (place > most) most = Math.floor(place)
    }
    this.#offsets = grown(this.#offsets, most + 3)
    const offsets = this.#offsets.subarray(0, most + 3).fill(0)
    for (const place of places) offsets[place + 2] = (offsets[place + 2] ?? 0) + 1
    for (let at = 1; at < offsets.length; at++) offsets[at] = (offsets[at] ?? 0) + (offsets[at - 1] ?? 0)
    this.#order = grown(this.#order, count)
    const order = this.#order
    for (let session = 0; session < count; session++) {
      const place = (places[session] ?? 0) + 1
      const at = offsets[place] ?? 0
      order[at] = session
      offsets[place] = at + 1
    }
    return { order, offsets: offsets.subarray(0, most + 2) }
  }
}

/**
 * By insertion: sessions come in input order, which is nearly that of time in most archives. Where it is not, any other
 * sort is better.
 */
function sortSessions(sessions: Sessions, order: Int32Array): void {
  let movesLeft = MOVES_PER_SESSION * order.length
  for (let at = 1; at < order.length; at++) {
    const session = order[at] ?? 0
    let to = at
    for (; to > 0 && sessions.compare(order[to - 1] ?? 0, session) > 0; to--) order[to] = order[to - 1] ?? 0
    order[to] = session
    movesLeft -= at - to
    if (movesLeft < 0) {
      order.sort((a, b) => sessions.compare(a, b))
      return
    }
  }
}
