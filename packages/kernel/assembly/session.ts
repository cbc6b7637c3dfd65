// A session: by the steps learnt of others where they are of use, else by the parser of objects.
import { followTrails } from "./follow"
import { learnSession } from "./learn"
import { parseObject } from "./object"
import { depthNow, setDepth } from "./value"

/** How much the learnt steps are worth: a session they led through adds one, one they did not takes MISS off. */
const MAX_WORTH: i32 = 256
let worth: i32 = MAX_WORTH
const MISS: i32 = 4
/** Sessions that are parsed without them when they were worth nothing, and what they are worth then. */
const PAUSE: i32 = 512
const WORTH_AFTER_PAUSE: i32 = 32
let pause: i32 = 0

/** Behind the session of `node` whose `{` stands before `p`; 0 where the reference has to decide. */
export function parseSession(node: usize, p: usize): usize {
  if (pause > 0) {
    pause -= 1
    return parseObject(node, p)
  }
  const end = followTrails(node, p)
  if (end != 0) {
    if (worth < MAX_WORTH) worth += 1
    return end
  }
  miss()
  const outer = depthNow()
  const parsed = parseObject(node, p)
  if (parsed == 0) return 0
  learnSession(node, p)
  setDepth(outer)
  return parsed
}

function miss(): void {
  worth -= MISS
  if (worth > 0) return
  pause = PAUSE
  worth = WORTH_AFTER_PAUSE
}
