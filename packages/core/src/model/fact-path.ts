/**
 * Which properties facts come from. A session that has something else there is rejected, for a figure would be wrong;
 * any other departure from the model is the finding `session/off-model`, and the session stays.
 *
 * | property | a fact, because |
 * | --- | --- |
 * | `id`, `modalities`, `startDateTime`, `endDateTime` | a session needs them |
 * | `isTest` | it keeps test calls out of the figures |
 * | `failureInfo`: `stage`, `reason`, on sessions and segments | `failures` counts by them, `segmentFailures` by those of segments |
 * | `caller`, `callee`: `associatedIdentity`, `identity`, on sessions and segments | the participant is the session's, else its first segment's |
 * | of an identity: `id`, `displayName`, `tenantId` | key, name and tenant of the participant |
 * | of an identity set: the kinds that may give a key | `assertedIdentity` and kinds outside of the order never do |
 * | `caller`, `callee` of sessions: `userAgent` with `platform`, `productFamily`, `role` | participants are counted by them, and duplicates told apart |
 *
 * No facts: all else of endpoints and user agents, media, ids of segments, user agents of segments. And the dates of
 * segments: rules are checked with them, but no figure is made of them, so a session keeps its figures without them.
 */
import { IDENTITY_KINDS } from "./identity.ts"

/** The properties below one that facts come from; `EVERY` stands for every element of a list. */
interface FactTree {
  readonly [name: string]: FactTree
}

const LEAF: FactTree = {}
const IDENTITY: FactTree = { id: LEAF, displayName: LEAF, tenantId: LEAF }
const IDENTITY_SET: FactTree = Object.fromEntries(
  IDENTITY_KINDS.filter((kind) => kind !== "unknown").map((kind) => [kind, IDENTITY]),
)
const WHO: FactTree = { associatedIdentity: IDENTITY, identity: IDENTITY_SET }
const ENDPOINT: FactTree = { ...WHO, userAgent: { platform: LEAF, productFamily: LEAF, role: LEAF } }
const FAILURE: FactTree = { stage: LEAF, reason: LEAF }
const SEGMENT: FactTree = { caller: WHO, callee: WHO, failureInfo: FAILURE }
const EVERY = "*"
const SESSION: FactTree = {
  id: LEAF,
  modalities: { [EVERY]: LEAF },
  startDateTime: LEAF,
  endDateTime: LEAF,
  caller: ENDPOINT,
  callee: ENDPOINT,
  failureInfo: FAILURE,
  isTest: LEAF,
  segments: { [EVERY]: SEGMENT },
}

/**
 * Whether a fact comes from what stands at `path`, or from something below it. The path starts at the session and holds
 * property names and list indices; the empty path is the session itself.
 */
export function isFactPath(path: readonly (string | number)[]): boolean {
  let tree = SESSION
  for (const part of path) {
    const name = typeof part === "number" ? EVERY : part
    const below = Object.hasOwn(tree, name) ? tree[name] : undefined
    if (below === undefined) return false
    tree = below
  }
  return true
}
