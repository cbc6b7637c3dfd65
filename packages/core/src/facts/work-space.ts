/**
 * Where facts and what is made of them are kept: in memory up to a budget, beyond it in temporary files. One half of the
 * budget is for the rows, the other for what figures need of them all at once.
 */
import { SpillFile } from "./spill-file.ts"
import { TemporaryFolder } from "./temporary-folder.ts"

/** How much of a part of the budget is taken. */
export class MemoryAccount {
  readonly limitBytes: number
  #takenBytes = 0

  constructor(limitBytes: number) {
    this.limitBytes = limitBytes
  }

  /** Takes so much if there is room for it; whether there was. */
  take(bytes: number): boolean {
    if (this.#takenBytes + bytes > this.limitBytes) return false
    this.#takenBytes += bytes
    return true
  }

  /** Takes what cannot lie anywhere else, whether there is room for it or not. */
  require(bytes: number): void {
    this.#takenBytes += bytes
  }

  /** Gives back what was taken. */
  give(bytes: number): void {
    this.#takenBytes -= bytes
  }
}

/** The space of one run. */
export class WorkSpace {
  readonly rows: MemoryAccount
  /** Records that are told apart by what they are of, and events that are told apart by hours. */
  readonly records: MemoryAccount
  readonly events: MemoryAccount
  readonly #folder: TemporaryFolder

  /** `memoryBytes` is the budget, `temporaryFolder` the folder in which one for temporary files may be made. */
  constructor(memoryBytes: number, temporaryFolder: string) {
    this.rows = new MemoryAccount(memoryBytes / 2)
    this.records = new MemoryAccount((memoryBytes * 3) / 8)
    this.events = new MemoryAccount(memoryBytes / 8)
    this.#folder = new TemporaryFolder(temporaryFolder)
  }

  /** A new temporary file. */
  openFile(): SpillFile {
    return new SpillFile(this.#folder)
  }

  /** Removes all temporary files. */
  close(): void {
    this.#folder.close()
  }
}
