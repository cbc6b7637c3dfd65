/**
 * Node specifications → the tables that the kernel reads. The layout is that of assembly/tables.ts: nodes of 64 bytes,
 * properties of 32, names and literals of 64, hash tables of pointers; little-endian.
 */
import type { KernelExports } from "./kernel-exports.ts"
import type { NodeSpec, PropertySpec } from "./spec.ts"
import { trailBytes, TRAIL_TABLE_BYTES, writeTrailTable } from "./trail-tables.ts"

const NODE_BYTES = 64
const PROPERTY_BYTES = 32
const NAME_BYTES = 64
const STATE_BYTES = 64
const FLAG_REQUIRED = 1
const FLAG_RECORDS = 16

/** Where the tables of one node lie. */
interface NodePlace {
  readonly node: number
  readonly properties: number
  readonly names: number
  readonly slots: number
  readonly slotCount: number
  readonly literals: number
}

/** Bytes that the tables of these nodes take. */
export function tableBytes(nodes: readonly NodeSpec[]): number {
  return placesOf(nodes, 0).end
}

/** Where tables lie. */
export interface WrittenTables {
  readonly nodes: readonly number[]
  /** What is learnt from the input; zero forgets it. */
  readonly literals: { readonly at: number; readonly bytes: number }
}

/**
 * Writes the tables from `at` on (a multiple of 64; the memory there is zero). From `scratch` on lists of names are put
 * together, of which none is left; `placeNames` is the kernel's.
 */
export function writeTables(
  buffer: ArrayBufferLike,
  at: number,
  nodes: readonly NodeSpec[],
  scratch: number,
  placeNames: KernelExports["placeNames"],
): WrittenTables {
  const words = new Int32Array(buffer)
  const { places, literals, trailTable, trails, end } = placesOf(nodes, at)
  const nodeAt = places.map(({ node }) => node)
  const lists = new NameLists(buffer, scratch)
  let propertyNumber = 0
  nodes.forEach((node, number) => {
    const place = places[number]
    if (place === undefined) throw new RangeError("a node has no place")
    writeNode(words, node, number, place)
    node.properties.forEach((property, index) => {
      const propertyAt = place.properties + PROPERTY_BYTES * index
      writeProperty(words, property, index, propertyAt, nodeAt[property.child] ?? 0, (propertyNumber += 1))
    })
    placeNames(place.node, place.properties, place.names, scratch, lists.write(node))
  })
  lists.clear()
  writeTrailTable(new DataView(buffer), trailTable, trails, propertyNumber)
  words[((nodeAt[0] ?? 0) + 52) / 4] = trailTable
  return { nodes: nodeAt, literals: { at: literals, bytes: end - literals } }
}

function placesOf(
  nodes: readonly NodeSpec[],
  at: number,
): {
  readonly places: readonly NodePlace[]
  readonly trailTable: number
  readonly literals: number
  readonly trails: number
  readonly end: number
} {
  let next = at
  const take = (bytes: number): number => {
    const taken = next
    next += Math.ceil(bytes / 64) * 64
    return taken
  }
  const fixed = nodes.map(({ properties }) => {
    const nameCount = properties.reduce((sum, { names }) => sum + names.length, 0)
    const slotCount = 2 ** Math.ceil(Math.log2(4 * nameCount + 1))
    return {
      node: take(NODE_BYTES),
      properties: take(PROPERTY_BYTES * properties.length),
      names: take(NAME_BYTES * nameCount),
      slots: take(4 * slotCount),
      slotCount,
      // One for the object's start, one behind each property, one behind those that are not named.
      stateCount: properties.length + 2,
    }
  })
  const trailTable = take(TRAIL_TABLE_BYTES)
  const literals = next
  const places = fixed.map((place) => ({ ...place, literals: take(STATE_BYTES * place.stateCount) }))
  const propertyCount = nodes.reduce((sum, { properties }) => sum + properties.length, 0)
  const trails = take(trailBytes(propertyCount))
  return { places, trailTable, literals, trails, end: next }
}

function writeNode(
  words: Int32Array,
  { role, side, rank, properties }: NodeSpec,
  number: number,
  place: NodePlace,
): void {
  const behind = STATE_BYTES * (properties.length + 1)
  words.set([place.slotCount - 1, place.slots, place.literals, role, side, rank, number, behind], place.node / 4)
  const bits = new BigUint64Array(words.buffer, place.node + 32, 2)
  bits[0] = bitsOf(properties, ({ isRequired }) => isRequired)
  bits[1] = bitsOf(properties, ({ isMark }) => isMark)
}

function bitsOf(properties: readonly PropertySpec[], isIn: (property: PropertySpec) => boolean): bigint {
  return properties.reduce((bits, property, index) => (isIn(property) ? bits | (1n << BigInt(index)) : bits), 0n)
}

function writeProperty(
  words: Int32Array,
  { type, slot, isRequired, areRecords }: PropertySpec,
  index: number,
  at: number,
  child: number,
  number: number,
): void {
  const flags = (isRequired ? FLAG_REQUIRED : 0) | (areRecords ? FLAG_RECORDS : 0)
  words.set([type, child, slot, flags, index, 0, STATE_BYTES * (index + 1), number], at / 4)
}

/** Puts together what `placeNames` takes: the names of one node after the other, at one place. */
class NameLists {
  readonly #bytes: Uint8Array
  /** The names of a property; the same stands in many nodes. */
  readonly #known = new Map<PropertySpec["names"], Uint8Array>()
  #mostBytes = 0

  constructor(buffer: ArrayBufferLike, at: number) {
    this.#bytes = new Uint8Array(buffer, at)
  }

  /** Writes those of a node; gives the address of their end. */
  write({ properties }: NodeSpec): number {
    let byteCount = 0
    for (const { names } of properties) {
      let list = this.#known.get(names)
      if (list === undefined) this.#known.set(names, (list = listOf(names)))
      this.#bytes.set(list, byteCount)
      byteCount += list.length
    }
    this.#mostBytes = Math.max(this.#mostBytes, byteCount)
    return this.#bytes.byteOffset + byteCount
  }

  clear(): void {
    this.#bytes.fill(0, 0, this.#mostBytes)
  }
}

function listOf(names: PropertySpec["names"]): Uint8Array {
  const texts = names.map((name) => Buffer.from(name))
  const tooLong = texts.find(({ length }) => length > NAME_BYTES - 16)
  if (tooLong !== undefined) throw new RangeError(`the name ${tooLong.toString()} is too long for the kernel`)
  return Buffer.concat([Buffer.of(names.length), ...texts.flatMap((text) => [Buffer.of(text.length), text])])
}
