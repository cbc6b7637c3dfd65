/**
 * What the kernel is told: the types of an export as nodes, and where the values of their properties go. Numbers are
 * those of assembly/tables.ts, assembly/capture.ts and assembly/spaces.ts.
 */

/** What a value may be; null may stand for any of them unless the property is required. */
export const ValueType = {
  any: 0,
  text: 1,
  /** An object of a node. */
  object: 2,
  /** A list of objects of a node. */
  objects: 3,
  /** A list of texts whose meaning the host knows. */
  members: 4,
  int32: 5,
  int64: 6,
  float: 7,
  flag: 8,
  instant: 9,
  duration: 10,
  /** Any object; its keys are data. */
  dictionary: 11,
  /** Kept where it is a text, else any value. */
  control: 12,
  /** Null, or an object without members; no member of its object. */
  bag: 13,
  /** Its object is left to the reference. */
  refused: 14,
} as const
export type ValueType = (typeof ValueType)[keyof typeof ValueType]

/** What happens where an object begins and ends; `call` also where it is a page. */
export const NodeRole = { none: 0, session: 1, segment: 2, identity: 3, identitySet: 4, call: 5 } as const
export type NodeRole = (typeof NodeRole)[keyof typeof NodeRole]

/** Ends of a session, and of its segments. */
export const Side = { caller: 0, callee: 1, segmentCaller: 2, segmentCallee: 3 } as const

/** Where an identity stands outside of the order of kinds: alone, or under a name that gives no key. */
export const IdentityRank = { flat: -1, noKey: 100 } as const

/** Where values are kept; a property without a fact has none. */
export const Slot = {
  id: 0,
  stage: 1,
  reason: 2,
  callerPlatform: 3,
  callerFamily: 4,
  callerRole: 5,
  calleePlatform: 6,
  calleeFamily: 7,
  calleeRole: 8,
  segmentStage: 9,
  segmentReason: 10,
  segmentCallerRole: 11,
  segmentCalleeRole: 12,
  identityId: 15,
  identityName: 16,
  identityTenant: 17,
  identityType: 18,
  test: 32,
  start: 33,
  end: 34,
  segmentStart: 35,
  segmentEnd: 36,
  modalities: 37,
  /** Of a callRecord: where its values stand. */
  callId: 38,
  callVersion: 39,
  callType: 40,
  callStart: 41,
  callEnd: 42,
  callLastModified: 43,
} as const

/** Spaces of texts: the same bytes mean different things in each. What the host answers of a new text is kept with it. */
export const TextSpace = {
  /** Any text. */
  text: 0,
  tenant: 1,
  /** An id that is no GUID: 0 where it stands for nobody, else one more than the kind that its form tells. */
  id: 2,
  /** The name of an identity's type: 0 where it tells no kind, else one more than the kind. */
  type: 3,
  /** A list of members with its brackets: `MembersMeaning`. */
  members: 4,
  /** Numbers of texts, i32 each, -1 for none: platforms, product families, roles; of each the caller's first. */
  endpoints: 5,
  /** Numbers of unknown properties, u32 each, ascending. */
  unknown: 6,
  /** Members of enums: 1 where one is spelled in another letter case. */
  stage: 8,
  platform: 9,
  family: 10,
  role: 11,
  /** Type of a call. */
  callType: 12,
} as const

/** The meaning of a list of members: its set in the lowest byte, these bits, and `valid` unless it cannot be taken. */
export const MembersMeaning = { empty: 0x100, unknown: 0x200, unusual: 0x400, valid: 0x10000 } as const

/** What a text that is asked about says of an instant; its ticks go with it. */
export const InstantMark = { bad: 1, unset: 2, notUtc: 4, unusual: 8 } as const

/** Bits of the column `marks`: what was found in a session, and what the words of a finding depend on. */
export const RowMark = {
  backward: 1 << 0,
  long: 1 << 1,
  future: 1 << 2,
  unknownModality: 1 << 3,
  noModality: 1 << 4,
  empty: 1 << 5,
  test: 1 << 6,
  spelling: 1 << 7,
  startOffset: 1 << 8,
  startForm: 1 << 9,
  endOffset: 1 << 10,
  endForm: 1 << 11,
  backwardSegment: 1 << 12,
  outsideSegment: 1 << 13,
  callerOwn: 1 << 14,
  callerSegment: 1 << 15,
  calleeOwn: 1 << 16,
  calleeSegment: 1 << 17,
  /** Keys in another spelling than the model's; no finding. */
  respelled: 1 << 18,
} as const

/** A property of a node. */
export interface PropertySpec {
  /** The model's name, and other spellings. */
  readonly names: readonly [string, ...string[]]
  readonly type: ValueType
  /** Index of the node of its object or objects; -1. */
  readonly child: number
  /** A `Slot`, or -1. */
  readonly slot: number
  /** Must be there, and not null. */
  readonly isRequired: boolean
  /** One of these must be there. */
  readonly isMark: boolean
  /** Of a list of sessions: whether each is a record by itself, as in a page. */
  readonly areRecords: boolean
}

/** An object of the model at one place. At most 63 properties. */
export interface NodeSpec {
  readonly role: NodeRole
  /** A `Side`; identities and sets of them. */
  readonly side: number
  /** Of an identity: index of its kind in the order of kinds, or an `IdentityRank`. */
  readonly rank: number
  readonly properties: readonly PropertySpec[]
}

/** Decisions of a run. */
export interface KernelLimits {
  readonly maxRecordBytes: number
  readonly maxDepth: number
  /** In ticks of 100 ns. */
  readonly maxDurationTicks: bigint
  /** In ticks since 1970-01-01T00:00:00Z; null: not checked. */
  readonly asOfTicks: bigint | null
  readonly withNames: boolean
  /** The 8 characters that are dropped in front of a GUID in an identity's id. */
  readonly idPrefix: string
  /** The kind of an identity whose id is a GUID, where nothing else tells it. */
  readonly guidKind: number
}

/** How the value of a key is read that a node does not name. */
export interface KernelProperty {
  readonly type: ValueType
  /** Whether it is reported. */
  readonly isUnknown: boolean
  /** Whether what a callRecord says of itself cannot be told without its text. */
  readonly needsText: boolean
}

/** What the kernel asks while it runs. Bytes are views of its memory: to be read at once, and not kept. */
export interface KernelHost {
  /** A text that is new in a space (a `TextSpace`), with the number that it gets; gives its meaning. */
  readonly describe: (space: number, bytes: Uint8Array, number: number) => number
  /** All texts were forgotten: numbers begin at 0 again. */
  readonly forgetTexts: () => void
  /** A text that is no instant as Graph writes it. */
  readonly readInstant: (bytes: Uint8Array) => { readonly marks: number; readonly ticks: bigint }
  /** A key that a node does not name, with the number that it gets; gives how its value is read. */
  readonly addProperty: (node: number, bytes: Uint8Array, number: number) => KernelProperty
}
