/** The columns of one end of a session: who was there, and with what. */
import { hasFlag } from "../aggregate/selection.ts"
import { RowFlag } from "../facts/facts.ts"
import { IDENTITY_KINDS } from "../model/identity.ts"
import { showId, type Privacy } from "../report/identities.ts"
import { column, ids, numbersOf, repeatedText, stringText, type FactColumn, type RepeatedTexts } from "./column.ts"
import { wellFormed } from "./texts.ts"

/** The ends of a session. */
export type SideName = "caller" | "callee"

/** The columns of one end; the display name only where names are shown. */
export function sideColumns(side: SideName, privacy: Privacy): readonly FactColumn[] {
  const { platform, productFamily, role } = TRAIT[side]
  return [
    idColumn(side, privacy),
    repeatedText(
      `${side}Kind`,
      `Kind of the ${side}'s identity: user, guest, phone, …; null without an id`,
      kindOf(side),
      () => (kind) => IDENTITY_KINDS[kind] ?? null,
    ),
    stringText(`${side}TenantId`, `Tenant of the ${side}; a GUID in lower case`, `${side}Tenant`),
    ...(privacy.names ? [nameColumn(side)] : []),
    traitColumn(`${side}Platform`, `Platform of the ${side}'s client`, platform),
    traitColumn(`${side}ProductFamily`, `Product family of the ${side}'s client`, productFamily),
    traitColumn(`${side}Role`, `Role of the service at the ${side}'s end`, role),
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
  return stringText(`${side}Name`, description, `${side}Name`)
}

function idColumn(side: SideName, { pseudonymKey }: Privacy): FactColumn {
  const meaning = pseudonymKey === null ? "Id (a GUID in lower case)" : "Pseudonym (HMAC-SHA-256 of the id)"
  const shown: RepeatedTexts["textOf"] =
    ({ participants }) =>
    (number) =>
      number < 0 ? null : wellFormed(showId(participants.id(number), pseudonymKey))
  return ids(
    repeatedText(`${side}Id`, `${meaning} of the ${side}; null for a service or nobody`, numbersOf(side), shown),
  )
}

function kindOf(side: SideName): RepeatedTexts["keyOf"] {
  return ({ [side]: numbers, [`${side}Kind` as const]: kinds }) =>
    (row) =>
      (numbers[row] ?? -1) < 0 ? -1 : (kinds[row] ?? -1)
}

function traitColumn(name: string, description: string, place: number): FactColumn {
  return repeatedText(name, description, numbersOf("endpoints"), ({ strings }) => (index) => {
    const traits = JSON.parse(strings.get(index) ?? "[]") as readonly (string | null)[]
    return wellFormed(traits[place] ?? null)
  })
}
