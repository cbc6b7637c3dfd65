/**
 * Which properties facts come from. A session with another type there is rejected, for a figure would be wrong; any
 * other departure from the model is a finding, and the session stays. The dates of segments are such others: they
 * give findings, no figures.
 */
import { IDENTITY_KINDS } from "./identity.ts"

type Path = readonly (string | number)[]

const IDENTITY_FACTS = new Set<string | number>(["id", "displayName", "tenantId", "@odata.type"])
const USER_AGENT_FACTS = new Set<string | number>(["platform", "productFamily", "role"])
const FAILURE_FACTS = new Set<string | number>(["stage", "reason"])
const SET_KINDS = new Set<string | number>(IDENTITY_KINDS)

/** Whether a fact comes from the property at `path`, or lies below it. The path starts at the session. */
export function isFactPath(path: Path): boolean {
  const [name, ...rest] = path
  if (name === "segments") return rest.length <= 1 || isEndOrFailure(rest.slice(1))
  return isEndOrFailure(path) || name === undefined || ["id", "modalities", "startDateTime", "endDateTime", "isTest"].includes(String(name))
}

function isEndOrFailure([name, ...rest]: Path): boolean {
  if (name === "failureInfo") return rest.length === 0 || FAILURE_FACTS.has(rest[0] ?? "")
  return (name === "caller" || name === "callee") && isEndpointFact(rest)
}

function isEndpointFact([name, ...rest]: Path): boolean {
  if (name === undefined) return true
  if (name === "userAgent") return rest.length === 0 || USER_AGENT_FACTS.has(rest[0] ?? "")
  if (name === "associatedIdentity") return isIdentityFact(rest)
  return name === "identity" && (rest.length === 0 || (SET_KINDS.has(rest[0] ?? "") && isIdentityFact(rest.slice(1))))
}

function isIdentityFact(path: Path): boolean {
  return path.length === 0 || IDENTITY_FACTS.has(path[0] ?? "")
}
