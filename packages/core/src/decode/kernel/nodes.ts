/**
 * The model's types as the kernel's nodes: one for each place of the session and of the callRecord, so that a place tells
 * what a value is a fact of. Which places these are is said in `fact-path.ts`; here stands where their values go.
 */
import { IdentityRank, NodeRole, Side, Slot, ValueType, type NodeSpec, type PropertySpec } from "@callsift/kernel"
import { IDENTITY_KINDS } from "../../model/identity.ts"
import { pascalSpellings } from "../../model/known-properties.ts"
import { MODEL_TYPES } from "../../model/model-types.generated.ts"

/** A node, and where in a session it stands: keys from the session on, lists as `*`. Null in a callRecord. */
export interface PlacedNode extends NodeSpec {
  readonly path: readonly string[] | null
  /** Whether it may be a whole record. */
  readonly isRoot: boolean
}

/** Path of a value → its slot. */
const SLOTS: ReadonlyMap<string, number> = new Map<string, number>([
  ["id", Slot.id],
  ["modalities", Slot.modalities],
  ["startDateTime", Slot.start],
  ["endDateTime", Slot.end],
  ["isTest", Slot.test],
  ["failureInfo.stage", Slot.stage],
  ["failureInfo.reason", Slot.reason],
  ["caller.userAgent.platform", Slot.callerPlatform],
  ["caller.userAgent.productFamily", Slot.callerFamily],
  ["caller.userAgent.role", Slot.callerRole],
  ["callee.userAgent.platform", Slot.calleePlatform],
  ["callee.userAgent.productFamily", Slot.calleeFamily],
  ["callee.userAgent.role", Slot.calleeRole],
  ["segments.*.startDateTime", Slot.segmentStart],
  ["segments.*.endDateTime", Slot.segmentEnd],
  ["segments.*.failureInfo.stage", Slot.segmentStage],
  ["segments.*.failureInfo.reason", Slot.segmentReason],
  ["segments.*.caller.userAgent.role", Slot.segmentCallerRole],
  ["segments.*.callee.userAgent.role", Slot.segmentCalleeRole],
])
/** Of the callRecord itself. */
const CALL_SLOTS: ReadonlyMap<string, number> = new Map<string, number>([
  ["id", Slot.callId],
  ["version", Slot.callVersion],
  ["type", Slot.callType],
  ["startDateTime", Slot.callStart],
  ["endDateTime", Slot.callEnd],
  ["lastModifiedDateTime", Slot.callLastModified],
])
/** Of an identity at an end. */
const IDENTITY_SLOTS: ReadonlyMap<string, number> = new Map<string, number>([
  ["id", Slot.identityId],
  ["displayName", Slot.identityName],
  ["tenantId", Slot.identityTenant],
])
/** Ends, by the path to them. */
const SIDES: ReadonlyMap<string, number> = new Map<string, number>([
  ["caller", Side.caller],
  ["callee", Side.callee],
  ["segments.*.caller", Side.segmentCaller],
  ["segments.*.callee", Side.segmentCallee],
])

/** What only sessions have: one of it must be there, or a whole record might be something else. */
const SESSION_MARKS = new Set(["caller", "callee", "segments", "isTest", "failureInfo"])

const PLAIN_TYPES: Readonly<Record<string, ValueType>> = {
  text: ValueType.text,
  member: ValueType.text,
  flag: ValueType.flag,
  int32: ValueType.int32,
  int64: ValueType.int64,
  float: ValueType.float,
  instant: ValueType.instant,
  duration: ValueType.duration,
  dictionary: ValueType.dictionary,
  "[member]": ValueType.members,
}

/** The nodes: the session's first, then the callRecord's and that of a page of sessions, then all below. */
export function kernelNodes(): readonly PlacedNode[] {
  const nodes: (PlacedNode | null)[] = [null, null, PAGE]
  nodes[0] = objectNode("session", [], nodes)
  nodes[1] = callNode(objectNode("callRecord", null, nodes))
  return nodes.filter((node) => node !== null)
}

const PLAIN_PROPERTY = { child: -1, slot: -1, isRequired: false, isMark: false, areRecords: false } as const
/** The node of the session. */
const SESSIONS = { ...PLAIN_PROPERTY, type: ValueType.objects, child: 0 } as const

/** A page's list is all that the kernel takes of it; the rest is told by its text. */
const PAGE: PlacedNode = {
  role: NodeRole.call,
  side: 0,
  rank: 0,
  path: null,
  isRoot: true,
  properties: [{ ...SESSIONS, names: ["value", "Value"], areRecords: true }],
}

/** Rows of a table name the call and its sessions in another way. */
function callNode(node: PlacedNode): PlacedNode {
  const callId = {
    ...PLAIN_PROPERTY,
    names: ["callid", "CallId", "callId"],
    type: ValueType.any,
    slot: Slot.callId,
  } as const
  return { ...node, properties: [...node.properties, { ...SESSIONS, names: ["session", "Session"] }, callId] }
}

type Path = readonly string[] | null

function objectNode(type: string, path: Path, nodes: (PlacedNode | null)[]): PlacedNode {
  const slotOf = path === null ? callSlots(type) : slotsBelow(path)
  const properties = propertiesOf(type).map((each) => property(each, path, slotOf(each.name), nodes))
  const { role, side, rank } = meaningOf(type, path)
  const control = role === NodeRole.identity ? [TYPE_OF_IDENTITY] : []
  return {
    role,
    side,
    rank,
    path,
    isRoot: type === "callRecord" || path?.length === 0,
    properties: [...properties, ...control],
  }
}

/** A property of a type, wherever that stands. */
interface TypeProperty {
  readonly name: string
  readonly names: PropertySpec["names"]
  readonly valueType: string
  readonly isRequired: boolean
  /** Its values are the sessions, whose node is the first. */
  readonly isSessions: boolean
}

/** By type and by name, for a type stands at many places, and a name in many types. */
const typeProperties = new Map<string, readonly TypeProperty[]>()
const namesByName = new Map<string, PropertySpec["names"]>()

function propertiesOf(type: string): readonly TypeProperty[] {
  let properties = typeProperties.get(type)
  if (properties === undefined) {
    properties = Object.entries(MODEL_TYPES[type] ?? {}).map(([name, written]) => ({
      name,
      names: namesOf(name),
      valueType: written.replace("!", ""),
      isRequired: written.endsWith("!"),
      isSessions: type === "callRecord" && name === "sessions",
    }))
    typeProperties.set(type, properties)
  }
  return properties
}

function namesOf(name: string): PropertySpec["names"] {
  let names = namesByName.get(name)
  if (names === undefined) {
    const spellings = pascalSpellings(name).filter((spelling) => spelling !== name)
    namesByName.set(name, (names = [name, ...new Set(spellings)]))
  }
  return names
}

/** Re-serializers move it, but none changes its name. */
const TYPE_OF_IDENTITY: PropertySpec = {
  ...PLAIN_PROPERTY,
  names: ["@odata.type"],
  type: ValueType.control,
  slot: Slot.identityType,
}

function property(
  { name, names, valueType, isRequired, isSessions }: TypeProperty,
  path: Path,
  slot: number,
  nodes: (PlacedNode | null)[],
): PropertySpec {
  const plain = PLAIN_TYPES[valueType]
  const areRecords = false
  const isMark = path?.length === 0 && SESSION_MARKS.has(name)
  if (plain !== undefined) return { names, type: plain, child: -1, slot, isRequired, isMark, areRecords }
  if (isSessions) return { names, type: ValueType.objects, child: 0, slot, isRequired, isMark, areRecords }
  return {
    names,
    ...objects(valueType, path === null ? null : [...path, name], nodes),
    slot,
    isRequired,
    isMark,
    areRecords,
  }
}

/** The node of an object or of a list of objects at a path, and all below it. */
function objects(
  type: string,
  path: Path,
  nodes: (PlacedNode | null)[],
): { readonly type: ValueType; readonly child: number } {
  const isList = type.startsWith("[")
  const index = nodes.push(null) - 1
  const below = isList && path !== null ? [...path, "*"] : path
  nodes[index] = objectNode(isList ? type.slice(1, -1) : type, below, nodes)
  return { type: isList ? ValueType.objects : ValueType.object, child: index }
}

type SlotOf = (name: string) => number

const NO_SLOT: SlotOf = () => -1

function callSlots(type: string): SlotOf {
  return type === "callRecord" ? (name) => CALL_SLOTS.get(name) ?? -1 : NO_SLOT
}

/** The slots of the properties of the object at a path. */
function slotsBelow(path: readonly string[]): SlotOf {
  const start = path.length === 0 ? "" : `${path.join(".")}.`
  const isIdentity = rankOf(path) !== null
  return (name) => SLOTS.get(start + name) ?? (isIdentity ? (IDENTITY_SLOTS.get(name) ?? -1) : -1)
}

function meaningOf(
  type: string,
  path: Path,
): { readonly role: NodeRole; readonly side: number; readonly rank: number } {
  const plain = { role: NodeRole.none, side: 0, rank: 0 }
  if (type === "callRecord") return { ...plain, role: NodeRole.call }
  if (path === null) return plain
  if (path.length === 0) return { ...plain, role: NodeRole.session }
  if (type === "segment") return { ...plain, role: NodeRole.segment }
  if (type === "identitySet") return { ...plain, role: NodeRole.identitySet, side: sideOf(path.slice(0, -1)) ?? 0 }
  const rank = type === "identity" ? rankOf(path) : null
  return rank === null
    ? plain
    : {
        role: NodeRole.identity,
        side: sideOf(path.slice(0, path.at(-1) === "associatedIdentity" ? -1 : -2)) ?? 0,
        rank,
      }
}

function sideOf(path: readonly string[]): number | undefined {
  return SIDES.get(path.join("."))
}

/** The rank of the identity at a path, or null where the path is none of an identity at an end. */
function rankOf(path: readonly string[]): number | null {
  const name = path.at(-1) ?? ""
  if (name === "associatedIdentity" && sideOf(path.slice(0, -1)) !== undefined) return IdentityRank.flat
  if (path.at(-2) !== "identity" || sideOf(path.slice(0, -2)) === undefined) return null
  const kind = (IDENTITY_KINDS as readonly string[]).indexOf(name)
  return kind < 0 || name === "unknown" ? IdentityRank.noKey : kind
}
