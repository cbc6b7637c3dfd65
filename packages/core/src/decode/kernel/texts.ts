/**
 * What texts mean to the kernel. It knows none: of each that is new it asks here once, and remembers the answer. The
 * same functions of the model answer that the reference uses. Kept here is also the text that facts show for it.
 */
import {
  InstantMark,
  MembersMeaning,
  TextSpace,
  ValueType,
  type KernelHost,
  type KernelProperty,
} from "@callsift/kernel"
import { isUtf8 } from "node:buffer"
import { compareUtf8 } from "../../facts/byte-order.ts"
import {
  CALL_TYPE,
  CLIENT_PLATFORM,
  FAILURE_STAGE,
  lookUpMember,
  PRODUCT_FAMILY,
  SERVICE_ROLE,
  type EvolvableEnum,
} from "../../model/enums.ts"
import { identityKey, kindOfTypeName, shownTenant } from "../../model/identity.ts"
import { parseInstant } from "../../model/instant.ts"
import { isControlInformation } from "../../model/known-properties.ts"
import { readModality } from "../../model/modality.ts"
import { pointerOf } from "../../model/pointer.ts"
import type { PlacedNode } from "./nodes.ts"

const ENUMS: ReadonlyMap<number, EvolvableEnum> = new Map<number, EvolvableEnum>([
  [TextSpace.stage, FAILURE_STAGE],
  [TextSpace.platform, CLIENT_PLATFORM],
  [TextSpace.family, PRODUCT_FAMILY],
  [TextSpace.role, SERVICE_ROLE],
  [TextSpace.callType, CALL_TYPE],
])

/** The properties whose list is framed by elements, in objects that may be whole records. */
const LIST_NAMES = new Set([
  "value",
  "Value",
  "sessions",
  "Sessions",
  "session",
  "Session",
  "responses",
  "body",
  "Documents",
])

/** Whether a key of a callRecord, which the model does not know, says something of the call (see envelope.ts). */
function tellsOfCall(key: string): boolean {
  return /(?:nextlink|count)$/i.test(key) || key.toLowerCase() === "callid"
}

/** A bag in which PowerShell puts what its types do not name. */
const BAG = "AdditionalProperties"

/** The texts of one kernel, by number. */
export class KernelTexts implements KernelHost {
  readonly #nodes: readonly PlacedNode[]
  readonly #texts: string[] = []
  /** Pointers of unknown properties, by number. */
  readonly #pointers: string[] = []

  constructor(nodes: readonly PlacedNode[]) {
    this.#nodes = nodes
  }

  /** The text with that number, as facts show it. */
  text(number: number): string {
    return this.#texts[number] ?? ""
  }

  forgetTexts(): void {
    this.#texts.length = 0
  }

  describe(space: number, bytes: Uint8Array, number: number): number {
    if (space === TextSpace.endpoints) return this.#keep(number, this.#endpointsText(bytes), 0)
    if (space === TextSpace.unknown) return this.#keep(number, this.#unknownText(bytes), 0)
    if (space === TextSpace.members) return this.#keep(number, "", membersMeaning(bytes))
    return this.#describeText(space, textOf(bytes), number)
  }

  readInstant(bytes: Uint8Array): { readonly marks: number; readonly ticks: bigint } {
    const instant = parseInstant(Buffer.from(bytes).toString())
    if (!instant.ok)
      return { marks: instant.code === "session/unset-timestamp" ? InstantMark.unset : InstantMark.bad, ticks: 0n }
    return {
      marks: (instant.isUtc ? 0 : InstantMark.notUtc) | (instant.isUsual ? 0 : InstantMark.unusual),
      ticks: instant.ticks,
    }
  }

  addProperty(node: number, bytes: Uint8Array, number: number): KernelProperty {
    const placed = this.#nodes[node]
    const key = Buffer.from(bytes).toString()
    const isInSession = placed?.path !== null
    const isUnknown = isInSession && !isControlInformation(key)
    if (isUnknown) this.#pointers[number] = pointerOf([...(placed?.path ?? []), key])
    const property = { isUnknown: false, needsText: !isInSession && tellsOfCall(key) }
    if (placed?.isRoot === true && LIST_NAMES.has(key)) return { ...property, type: ValueType.refused }
    if (isInSession && key === BAG) return { ...property, type: ValueType.bag }
    return { ...property, type: ValueType.any, isUnknown }
  }

  #keep(number: number, text: string, meaning: number): number {
    this.#texts[number] = text
    return meaning
  }

  #describeText(space: number, text: string, number: number): number {
    const of = ENUMS.get(space)
    if (of !== undefined) {
      const member = lookUpMember(of, text)
      return this.#keep(number, member?.name ?? text, member !== null && member.name !== text ? 1 : 0)
    }
    if (space === TextSpace.id) {
      const key = identityKey(text)
      return this.#keep(number, key?.id ?? "", key === null ? 0 : key.kind + 1)
    }
    if (space === TextSpace.type) return this.#keep(number, text, (kindOfTypeName(text) ?? -1) + 1)
    return this.#keep(number, space === TextSpace.tenant ? shownTenant(text) : text, 0)
  }

  #endpointsText(bytes: Uint8Array): string {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    const numbers = Array.from({ length: 6 }, (_, index) => view.getInt32(4 * index, true))
    return JSON.stringify(numbers.map((number) => (number < 0 ? null : this.text(number))))
  }

  #unknownText(bytes: Uint8Array): string {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    const numbers = Array.from({ length: bytes.length / 4 }, (_, index) => view.getUint32(4 * index, true))
    return JSON.stringify(numbers.map((number) => this.#pointers[number] ?? "").toSorted(compareUtf8))
  }
}

/** The text of a JSON string's content, which is valid. */
function textOf(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString()
  return text.includes("\\") ? String(JSON.parse(`"${text}"`)) : text
}

/** What a list of members stands for; without `valid` where the reference has to look at it. */
function membersMeaning(bytes: Uint8Array): number {
  const members = isUtf8(bytes) ? parsedTexts(Buffer.from(bytes).toString()) : null
  if (members === null) return 0
  const read = members.map(readModality)
  return (
    MembersMeaning.valid |
    read.reduce((bits, { index }) => bits | (1 << index), 0) |
    (members.length === 0 ? MembersMeaning.empty : 0) |
    (read.some(({ isKnown }) => !isKnown) ? MembersMeaning.unknown : 0) |
    (read.some(({ isUnusual }) => isUnusual) ? MembersMeaning.unusual : 0)
  )
}

const LONE_SURROGATE = /\p{Surrogate}/u

/** The elements of a JSON list of well-formed texts; null for anything else. */
function parsedTexts(text: string): string[] | null {
  try {
    const parsed: unknown = JSON.parse(text)
    const isList =
      Array.isArray(parsed) && parsed.every((each) => typeof each === "string" && !LONE_SURROGATE.test(each))
    return isList ? (parsed as string[]) : null
  } catch {
    // No JSON, or not the end of the list: the reference sees.
    return null
  }
}
