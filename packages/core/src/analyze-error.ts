/** Why a run gave no report. */
export type AnalyzeErrorCode =
  /** The options or the list of inputs cannot be carried out; nothing was read. */
  | "options"
  /** None of the inputs could be opened. */
  | "no-input"
  /** Facts could not be kept in the folder for temporary files; the message names it and says why. */
  | "temporary-space"
  /** The state folder cannot be read or written. */
  | "state"
  /** The caller's signal ended the run. */
  | "aborted"

/** The one error that `analyze` rejects with on purpose. Bad data never is an error: it is in the report. */
export class AnalyzeError extends Error {
  override readonly name = "AnalyzeError"
  readonly code: AnalyzeErrorCode

  constructor(code: AnalyzeErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
