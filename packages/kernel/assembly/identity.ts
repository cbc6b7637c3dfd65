// An identity that ends: whether its id can be a key, and whether it goes before what the side has already.
import {
  bestOf,
  isEscapedAt,
  lengthAt,
  noteFilled,
  notePresence,
  RANK_FLAT,
  RANK_NO_KEY,
  sideAt,
  sideNow,
  SLOT_IDENTITY_ID,
  takeIdentity,
  textAt,
} from "./capture"
import { guidBytes, readGuid } from "./guid"
import { intern, meaningOf } from "./intern"
import { SPACE_ID } from "./spaces"
import { idPrefix } from "./state"

const GUID_LENGTH: usize = 36

/** Ends an identity with `members` members; false where the reference has to decide. */
export function endIdentity(nodeSide: i32, rank: i32, members: i32): bool {
  if (members == 0) return true
  const at = sideAt(sideNow(nodeSide))
  notePresence(nodeSide)
  if (rank == RANK_NO_KEY) return true
  if (rank != RANK_FLAT) noteFilled(at, rank)
  const best = bestOf(at)
  if (best != -2 && best <= rank) return true
  const length = lengthAt(SLOT_IDENTITY_ID)
  if (length == 0) return true
  if (isEscapedAt(SLOT_IDENTITY_ID)) return false
  return takeId(at, rank, textAt(SLOT_IDENTITY_ID), length)
}

function takeId(at: usize, rank: i32, p: usize, length: usize): bool {
  const isPrefixed = length == GUID_LENGTH + 8 && load<u64>(p) == idPrefix
  const bare = isPrefixed ? p + 8 : p
  if ((isPrefixed || length == GUID_LENGTH) && readGuid(bare)) {
    if (v128.any_true(guidBytes)) takeIdentity(at, rank, 1, -1)
    return true
  }
  const number = intern(SPACE_ID, p, length)
  if (number < 0) return false
  if (meaningOf(number) != 0) takeIdentity(at, rank, 2, number)
  return true
}
