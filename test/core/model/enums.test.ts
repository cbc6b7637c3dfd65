import { describe, expect, it } from "vitest"
import * as enums from "#core/model/enums.ts"

const { lookUpMember } = enums
const tables = Object.values(enums).filter((value) => typeof value === "object")

describe("lookUpMember", () => {
  it.each(tables)("gives every member of $name its place, in any letter case", (of) => {
    of.members.forEach((name, index) => {
      expect(lookUpMember(of, name)).toEqual({ name, index })
      expect(lookUpMember(of, name.toUpperCase())).toEqual({ name, index })
      expect(lookUpMember(of, name.toLowerCase())).toEqual({ name, index })
    })
  })

  it.each(tables)("$name has no two members that differ in letter case alone", (of) => {
    expect(new Set(of.members.map((name) => name.toLowerCase())).size).toBe(of.members.length)
  })

  it.each(["__proto__", "constructor", "", "Windows ", "sil\u212a"])("finds no member in %j", (text) => {
    for (const of of tables) expect(lookUpMember(of, text)).toBeNull()
  })

  it("knows each enum of the call records once", () => {
    expect(tables.map((of) => of.name).toSorted()).toEqual([
      "audioCodec",
      "callType",
      "clientPlatform",
      "endpointType",
      "failureStage",
      "mediaStreamDirection",
      "modality",
      "networkConnectionType",
      "networkTransportProtocol",
      "productFamily",
      "serviceRole",
      "userFeedbackRating",
      "videoCodec",
      "wifiBand",
      "wifiRadioType",
    ])
  })
})
