/** The columns of one end of a session: who was there, and with what. */
import { hasFlag } from "../aggregate/selection.ts"
import { RowFlag } from "../facts/facts.ts"
import { IDENTITY_KINDS } from "../model/identity.ts"
import { showId, type Privacy } from "../report/identities.ts"
import { column, repeatedText, type FactColumn } from "./column.ts"
import { remembered, textsOf, wellFormed } from "./texts.ts"

/** The ends of a session. */
export type SideName = "caller" | "callee"

/** The columns of one end; the display name only where names are shown. */
export function sideColumns(side: SideName, privacy: Privacy): readonly FactColumn[] {
  const { platform, productFamily, role } = TRAIT[side]
  return [
    repeatedText(
      `${side}Id`,
      `${idMeaning(privacy)} of the ${side}; null for a service or nobody`,
      idOf(side, privacy),
    ),
    repeatedText(
      `${side}Kind`,
      `Kind of the ${side}'s identity: user, guest, phone, …; null without an id`,
      kindOf(side),
    ),
    repeatedText(`${side}TenantId`, `Tenant of the ${side}; a GUID in lower case`, textsOf(`${side}Tenant`)),
    ...(privacy.names ? [nameColumn(side)] : []),
    repeatedText(`${side}Platform`, `Platform of the ${side}'s client`, traitOf(platform)),
    repeatedText(`${side}ProductFamily`, `Product family of the ${side}'s client`, traitOf(productFamily)),
    repeatedText(`${side}Role`, `Role of the service at the ${side}'s end`, traitOf(role)),
    column("flag", `${side}Unidentified`, `Whether the ${side} has an identity but no usable id`, (rows, row) =>
      hasFlag(rows, row, UNIDENTIFIED[side]),
    ),
  ]
}

/** Places in the list that `Facts.endpoints` stands for. */
const TRAIT = {
  caller: { platform: 0, productFamily: 2, role: 4 },
  callee: { platform: 1, productFamily: 3, role: 5 },
} as const

const UNIDENTIFIED = { caller: RowFlag.callerUnidentified, callee: RowFlag.calleeUnidentified } as const

function nameColumn(side: SideName): FactColumn {
  const description = `Display name of the ${side}, as written in this session; only with --names`
  return repeatedText(`${side}Name`, description, textsOf(`${side}Name`))
}

function idMeaning({ pseudonymKey }: Privacy): string {
  return pseudonymKey === null ? "Id (a GUID in lower case)" : "Pseudonym (HMAC-SHA-256 of the id)"
}

function idOf(side: SideName, { pseudonymKey }: Privacy): FactColumn["of"] {
  return ({ participants, [side]: numbers }) => {
    const shown = remembered((number) =>
      number < 0 ? null : wellFormed(showId(participants.id(number), pseudonymKey)),
    )
    return (row) => shown(numbers[row] ?? -1)
  }
}

function kindOf(side: SideName): FactColumn["of"] {
  return ({ [side]: numbers, [`${side}Kind` as const]: kinds }) =>
    (row) =>
      (numbers[row] ?? -1) < 0 ? null : (IDENTITY_KINDS[kinds[row] ?? -1] ?? null)
}

function traitOf(place: number): FactColumn["of"] {
  return ({ strings, endpoints }) => {
    const trait = remembered((index) => {
      const traits = JSON.parse(strings[index] ?? "[]") as readonly (string | null)[]
      return wellFormed(traits[place] ?? null)
    })
    return (row) => trait(endpoints[row] ?? -1)
  }
}
