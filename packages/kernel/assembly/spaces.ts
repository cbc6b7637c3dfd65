// Spaces of texts: the same bytes mean different things in each. What the host answers for a new text of a space:
/** Any text: nothing. */
export const SPACE_TEXT: i32 = 0
/** A tenant: nothing. */
export const SPACE_TENANT: i32 = 1
/** An id that is no GUID: 0 where it stands for nobody, else one more than the kind that its form tells. */
export const SPACE_ID: i32 = 2
/** A type's name: 0 where it tells no kind, else one more than the kind. */
export const SPACE_TYPE: i32 = 3
/** A list of modalities as it stands, brackets included: bits of the set, and `MEMBER_…` from bit 8 on. */
export const SPACE_MODALITIES: i32 = 4
/** Six numbers of texts, i32 each: nothing. */
export const SPACE_ENDPOINTS: i32 = 5
/** Numbers of unknown properties, ascending, u32 each: nothing. */
export const SPACE_UNKNOWN: i32 = 6
/** Failure stage, client platform, product family, service role: 1 where the member is spelled in another letter case. */
export const SPACE_STAGE: i32 = 8
export const SPACE_PLATFORM: i32 = 9
export const SPACE_FAMILY: i32 = 10
export const SPACE_ROLE: i32 = 11
/** Type of a call: nothing. */
export const SPACE_CALL_TYPE: i32 = 12

export const MEMBER_EMPTY: i32 = 1
export const MEMBER_UNKNOWN: i32 = 2
export const MEMBER_UNUSUAL: i32 = 4
