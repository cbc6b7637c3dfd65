/** Why a partial cannot be used. */
export type PartialErrorCode =
  /** It cannot be opened or read. */
  | "unreadable"
  /** It is no partial at all. */
  | "not-a-partial"
  /** It was written in a format that this version does not know. */
  | "newer-format"
  /** It was written in a format that this version does not read any more. */
  | "older-format"
  /** It is cut off, or bytes of it are not what was written. */
  | "damaged"
  /** It was made with other options than those it is merged with. */
  | "other-options"

/** A partial that cannot be used. The message says why and what to do, and does not name the file. */
export class PartialError extends Error {
  override readonly name = "PartialError"
  readonly code: PartialErrorCode
  /** Whether nothing is wrong with it but that its end is missing. */
  readonly isCut: boolean

  constructor(code: PartialErrorCode, message: string, options?: ErrorOptions & { readonly isCut?: boolean }) {
    super(message, options)
    this.code = code
    this.isCut = options?.isCut === true
  }
}
