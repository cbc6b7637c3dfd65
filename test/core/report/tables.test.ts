import { describe, expect, it } from "vitest"
import { buildReport, type ReportPlan } from "#core/report/build.ts"
import { csvLines } from "#core/report/table.ts"
import { reportTables } from "#core/report/tables.ts"
import type { Facts } from "#core/facts/facts.ts"
import type { Modality } from "#core/model/modality.ts"
import { buildFacts } from "../aggregate/facts-builder.ts"
import { reportParts } from "./report-parts.ts"

const KEY = new TextEncoder().encode("a key of sixteen bytes or more")

function tablesOf(facts: Facts, plan: Partial<ReportPlan> = {}): Map<string, string[]> {
  const parts = reportParts(facts, plan)
  return new Map(reportTables(buildReport(parts), parts).map((table) => [table.name, [...csvLines(table)]]))
}

const HOUR = 36_000_000_000n
const ann = { id: "+1425", kind: "phone" as const, name: '=HYPERLINK("x")' }
const facts = buildFacts(
  [
    {
      start: 0n,
      end: HOUR,
      call: "c1",
      caller: ann,
      modalities: ["audio", "video"] satisfies Modality[],
      failure: { stage: "midcall", reason: "a,b" },
    },
    { start: HOUR / 2n, end: HOUR, call: "c2", caller: ann, modalities: ["audio"] satisfies Modality[] },
  ],
  [{ id: "c1", type: "groupCall", version: "3", startTicks: 0n, endTicks: HOUR, isOpen: true }, { id: "c2" }],
)

describe("reportTables", () => {
  it("are those of the contract, each with its names first", () => {
    const tables = tablesOf(facts)
    expect([...tables].map(([name, [names]]) => `${name}: ${names}`.trim())).toEqual([
      "durations: group,value,count,minSeconds,maxSeconds,meanSeconds,stddevSeconds,sumSeconds,p50Seconds,p90Seconds,p95Seconds,p99Seconds",
      "histogram: fromSeconds,toSeconds,count",
      "concurrency: start,peak,meanSessions,started",
      "overlap: participant,kind,sessions,pairs,seconds,maxConcurrent,acrossCallsPairs,acrossCallsSeconds",
      "modality-sets: modalities,sessions,seconds",
      "modality-pairs: a,b,sessions,seconds,jaccard,lift",
      "failures: stage,reason,sessions",
      "participants: participant,kind,sessions,calls,seconds,unionSeconds",
      "calls: id,type,version,start,end,sessions,participants,open",
      "days: day,sessions",
      "inputs: path,entry,sizeBytes,sha256,compression,encoding,layout,content,status,records,sessions,accepted,rejected,duplicates,superseded,errorCode,errorOffset,errorMessage",
    ])
    expect(tables.get("concurrency")?.slice(1)).toEqual(["1970-01-01T00:00:00.0000000Z,2,1.5,2\r\n"])
    expect(tables.get("overlap")?.slice(1)).toEqual(["'+1425,phone,2,1,1800,2,1,1800\r\n"])
    expect(tables.get("participants")?.slice(1)).toEqual(["'+1425,phone,2,2,5400,3600\r\n"])
    expect(tables.get("modality-sets")?.slice(1)).toEqual(["audio,1,1800\r\n", "audio video,1,3600\r\n"])
    expect(tables.get("failures")?.slice(1)).toEqual(['midcall,"a,b",1\r\n'])
    expect(tables.get("calls")?.slice(1)).toEqual([
      "c1,groupCall,3,1970-01-01T00:00:00.0000000Z,1970-01-01T01:00:00.0000000Z,1,1,true\r\n",
      "c2,,,,,1,1,false\r\n",
    ])
    expect(tables.get("days")?.slice(1)).toEqual(["1970-01-01,2\r\n"])
    expect(tables.get("durations")?.[1]).toBe("overall,,2,1800,3600,2700,900,5400,2700,3420,3510,3582\r\n")
    expect(tables.get("durations")?.slice(-2)).toEqual([
      "callType,,1,1800,1800,1800,0,1800,1800,1800,1800,1800\r\n",
      "callType,groupCall,1,3600,3600,3600,0,3600,3600,3600,3600,3600\r\n",
    ])
    expect(tables.get("inputs")).toHaveLength(2)
  })

  it("hold names only where they are asked for, defused", () => {
    expect(tablesOf(facts, { names: true }).get("participants")?.[1]).toBe(
      `'+1425,"'=HYPERLINK(""x"")",phone,2,2,5400,3600\r\n`,
    )
    expect([...tablesOf(facts).values()].flat().join("")).not.toContain("HYPERLINK")
  })

  it("hold no id where participants have pseudonyms", () => {
    expect([...tablesOf(facts, { pseudonymKey: KEY }).values()].flat().join("")).not.toContain("+1425")
  })

  it("hold all rows of lists that the report cuts, and can be gone through again", () => {
    const many = buildFacts(
      Array.from({ length: 1200 }, (_, index) => ({
        start: 0n,
        end: 1n,
        caller: `p${index}`,
        failure: { stage: `s${index}`, reason: null },
      })),
    )
    const tables = tablesOf(many)
    expect(tables.get("failures")).toHaveLength(1201)
    expect(tables.get("participants")).toHaveLength(1201)
    const parts = reportParts(many)
    const [table] = reportTables(buildReport(parts), parts).slice(6)
    expect(table === undefined ? 0 : [...table.rows].length + [...table.rows].length).toBe(2400)
  })
})
