/**
 * Guesses of a run that takes up again: a file whose size and time of change are what they were is taken for what it
 * was, and hashed while the run goes on. Nothing leaves the run before all guesses are known to be right; where one is
 * wrong, everything is done again without any. So a report is always that of the bytes that were hashed.
 */
import type { Plan } from "./options.ts"
import type { RejectLine } from "./report/schema.ts"
import { FileDigests } from "./source/file-digests.ts"
import type { Stored } from "./source/stored-file.ts"

/** A file was not what it was taken for. */
class WrongGuess extends Error {
  override readonly name = "WrongGuess"
}

/** Rejects wait for guesses until so many are held. */
const MAX_HELD = 2 ** 14

/** Does a plan's work by guesses where that helps, and again without any where one was wrong. */
export async function withGuesses<Result>(plan: Plan, work: (guesses: Guesses) => Promise<Result>): Promise<Result> {
  try {
    return await withSome(plan, mayGuess(plan), work)
  } catch (cause) {
    if (!(cause instanceof WrongGuess)) throw cause
    return withSome(plan, false, work)
  }
}

/** A partial is written while inputs are joined, and is not taken back. */
function mayGuess({ state, onPartial }: Plan): boolean {
  return state !== null && !state.trustsMtime && onPartial === null
}

async function withSome<Result>(
  plan: Plan,
  areAllowed: boolean,
  work: (guesses: Guesses) => Promise<Result>,
): Promise<Result> {
  const guesses = new Guesses(plan, areAllowed)
  if (plan.state !== null && !plan.state.trustsMtime) guesses.digests.prepare(plan.inputs)
  // What waits for a digest goes on, whatever a thread is at.
  const giveUp = (): void => void guesses.close()
  plan.signal?.addEventListener("abort", giveUp)
  try {
    const result = await work(guesses)
    await guesses.confirm()
    return result
  } finally {
    plan.signal?.removeEventListener("abort", giveUp)
    await guesses.close()
  }
}

/** The guesses of one try, and what waits for them. */
export class Guesses {
  readonly areAllowed: boolean
  readonly digests: FileDigests
  readonly #onReject: Plan["onReject"]
  readonly #open: Promise<void>[] = []
  readonly #held: RejectLine[] = []
  #failure: unknown = null

  constructor({ onReject }: Pick<Plan, "onReject">, areAllowed: boolean) {
    this.areAllowed = areAllowed
    this.digests = new FileDigests()
    this.#onReject = onReject
  }

  /** Guesses that a file has this SHA-256, which its digest will tell. */
  add(sha256: string, digest: Promise<Stored | null>): void {
    const check = digest.then((stored) => {
      if (stored?.sha256 !== sha256) throw new WrongGuess()
    })
    check.catch((cause: unknown) => (this.#failure ??= cause))
    this.#open.push(check)
  }

  /** Takes a reject for whoever is told of them. */
  readonly onReject = (reject: RejectLine): void => {
    if (this.#onReject !== null && this.#open.length > 0) this.#held.push(reject)
    else this.#onReject?.(reject)
  }

  /** Waits where too much is held. Throws as `confirm` does, as soon as that is known. */
  async makeRoom(): Promise<void> {
    if (this.#failure !== null) throw this.#failure
    if (this.#held.length >= MAX_HELD) await this.confirm()
  }

  /** Waits until all guesses are known to be right, and lets go of what was held. Throws where one is wrong, or cannot be told. */
  async confirm(): Promise<void> {
    await Promise.all(this.#open)
    this.#open.length = 0
    for (const reject of this.#held.splice(0)) this.#onReject?.(reject)
  }

  async close(): Promise<void> {
    await this.digests.close()
  }
}
