/**
 * Node specifications → the tables that the kernel reads. The layout is that of assembly/tables.ts: nodes of 64 bytes,
 * properties of 32, names and literals of 64, hash tables of pointers; little-endian.
 */
import type { NodeSpec, PropertySpec } from "./spec.ts"
import { trailBytes, TRAIL_TABLE_BYTES, writeTrailTable } from "./trail-tables.ts"

const NODE_BYTES = 64
const PROPERTY_BYTES = 32
const NAME_BYTES = 64
const STATE_BYTES = 64

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

/** Writes the tables from `at` on (a multiple of 64; the memory there is zero). */
export function writeTables(
  buffer: ArrayBufferLike,
  at: number,
  nodes: readonly NodeSpec[],
  hashName: (at: number, length: number) => number,
): WrittenTables {
  const view = new DataView(buffer)
  const { places, literals, trailTable, trails, end } = placesOf(nodes, at)
  const nodeAt = places.map(({ node }) => node)
  let propertyNumber = 0
  nodes.forEach((node, number) => {
    const place = places[number]
    if (place === undefined) throw new RangeError("a node has no place")
    writeNode(view, node, number, place)
    node.properties.forEach((property, index) => {
      const propertyAt = place.properties + PROPERTY_BYTES * index
      writeProperty(view, property, index, propertyAt, nodeAt[property.child] ?? 0)
      view.setUint32(propertyAt + 28, (propertyNumber += 1), true)
    })
    writeNames(view, node, place, hashName)
  })
  writeTrailTable(view, trailTable, trails, nodes.length, propertyNumber)
  view.setUint32((nodeAt[0] ?? 0) + 52, trailTable, true)
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
  const trails = take(trailBytes(nodes.length, propertyCount))
  return { places, trailTable, literals, trails, end: next }
}

function writeNode(view: DataView, { role, side, rank, properties }: NodeSpec, number: number, place: NodePlace): void {
  const words = [
    place.slotCount - 1,
    place.slots,
    place.literals,
    role,
    side,
    rank,
    number,
    STATE_BYTES * (properties.length + 1),
  ]
  words.forEach((word, index) => view.setInt32(place.node + 4 * index, word, true))
  view.setBigUint64(
    place.node + 32,
    bitsOf(properties, ({ isRequired }) => isRequired),
    true,
  )
  view.setBigUint64(
    place.node + 40,
    bitsOf(properties, ({ isMark }) => isMark),
    true,
  )
}

function bitsOf(properties: readonly PropertySpec[], isIn: (property: PropertySpec) => boolean): bigint {
  return properties.reduce((bits, property, index) => (isIn(property) ? bits | (1n << BigInt(index)) : bits), 0n)
}

function writeProperty(view: DataView, property: PropertySpec, index: number, at: number, child: number): void {
  view.setInt32(at, property.type, true)
  view.setUint32(at + 4, child, true)
  view.setInt32(at + 8, property.slot, true)
  view.setUint32(at + 12, property.isRequired ? 1 : 0, true)
  view.setBigUint64(at + 16, BigInt(index), true)
  view.setUint32(at + 24, STATE_BYTES * (index + 1), true)
}

function writeNames(
  view: DataView,
  { properties }: NodeSpec,
  place: NodePlace,
  hashName: (at: number, length: number) => number,
): void {
  let at = place.names
  properties.forEach(({ names }, index) => {
    names.forEach((name, spelling) => {
      const bytes = Buffer.from(name)
      if (bytes.length > NAME_BYTES - 16) throw new RangeError(`the name ${name} is too long for the kernel`)
      view.setUint32(at, bytes.length, true)
      view.setUint32(at + 4, place.properties + PROPERTY_BYTES * index, true)
      view.setUint32(at + 8, spelling === 0 ? 0 : 1, true)
      new Uint8Array(view.buffer).set(bytes, at + 16)
      let slot = hashName(at + 16, bytes.length) & (place.slotCount - 1)
      while (view.getUint32(place.slots + 4 * slot, true) !== 0) slot = (slot + 1) & (place.slotCount - 1)
      view.setUint32(place.slots + 4 * slot, at, true)
      at += NAME_BYTES
    })
  })
}
