/** Where a format writes, and what it says of its file. */

/** Takes bytes in their order; the next come when it is done with these. They are its own only until then. */
export type ByteSink = (bytes: Uint8Array) => void | Promise<void>

/** What a file says of itself, where its format has a place for it. */
export interface FileDescription {
  /** Name and version of the program. */
  readonly createdBy: string
  readonly properties: Readonly<Record<string, string>>
}
