/** Why facts could not be kept: the temporary folder cannot be written to or read from, and what the system says of it. */
export class SpillError extends Error {
  override readonly name = "SpillError"
  /** The file or folder. */
  readonly path: string

  constructor(path: string, what: string, cause: unknown) {
    super(`${what} ${path}: ${reasonOf(cause)}; free space there, or name another folder by --temp-dir`, { cause })
    this.path = path
  }
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause)
  const { code } = cause as NodeJS.ErrnoException
  return REASONS.get(code ?? "") ?? cause.message
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ["ENOSPC", "no space is left"],
  ["EDQUOT", "the disk quota is used up"],
  ["EROFS", "the file system is read-only"],
  ["EACCES", "permission is denied"],
  ["EPERM", "it is not permitted"],
  ["ENOENT", "there is no such folder"],
  ["ENOTDIR", "it is no folder"],
])
