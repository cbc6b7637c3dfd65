/**
 * Calls that are none but the sessions that bear their id. A session that is alone with its id needs no number for its
 * call; several share one, by which they are known to be of one call.
 */

/** What stands for the call of a session that no other session shares. */
export const NO_OTHER = -1
const FIRST_SHARED = -2

/** Numbers for own calls. */
export class OwnCalls {
  #count = 0

  /** A number that no other call has. */
  next(): number {
    return FIRST_SHARED - this.#count++
  }
}
