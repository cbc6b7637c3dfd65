/** What a command ends with when it gives no result: a message for the user and an exit code. */
export class CliError extends Error {
  override readonly name = "CliError"
  readonly exitCode: number

  constructor(exitCode: number, message: string, options?: ErrorOptions) {
    super(message, options)
    this.exitCode = exitCode
  }
}

/** The system's word for what went wrong, such as `ENOSPC`. */
export function systemCode(cause: unknown): string {
  return cause instanceof Error && "code" in cause ? String(cause.code) : "an unknown error"
}

const EXPLAINED: ReadonlyMap<string, string> = new Map([
  ["ENOSPC", "the device is full"],
  ["EDQUOT", "the quota is used up"],
  ["EFBIG", "the file system takes no file of that size"],
  ["EACCES", "permission is denied"],
  ["EPERM", "permission is denied"],
  ["EBUSY", "another program has it open"],
  ["EROFS", "the file system is read-only"],
  ["ENOENT", "there is no such file or folder"],
  ["ENOTDIR", "a part of the path is a file"],
  ["EISDIR", "it is a folder"],
  ["EEXIST", "there is a file of that name"],
  ["ENAMETOOLONG", "the name is too long"],
  ["EIO", "the device failed"],
])

/** What went wrong, in words where there are some: `the device is full (ENOSPC)`. */
export function systemReason(cause: unknown): string {
  const code = systemCode(cause)
  const words = EXPLAINED.get(code)
  return words === undefined ? code : `${words} (${code})`
}
