/** JSON Pointers (RFC 6901). */

/** A pointer from its parts; empty for the whole value. */
export function pointerOf(path: readonly (string | number)[]): string {
  let pointer = ""
  for (const part of path) pointer += `/${escapeToken(part)}`
  return pointer
}

/** One reference token (section 3). */
function escapeToken(token: string | number): string {
  return typeof token === "number" ? String(token) : token.replaceAll("~", "~0").replaceAll("/", "~1")
}
