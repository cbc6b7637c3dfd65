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
