/** The figures of the report, key by key as its contract has them. What they mean is said in `aggregate`. */
import * as Schema from "effect/Schema"
import { IDENTITY_KINDS } from "../model/identity.ts"
import { MODALITIES } from "../model/modality.ts"
import {
  count,
  day,
  flag,
  instant,
  list,
  maybeInstant,
  maybeNumber,
  maybeSeconds,
  maybeText,
  number,
  object,
  oneOf,
  optionalText,
  seconds,
  text,
} from "./field.ts"

const modality = oneOf(MODALITIES, "Member of the model; unknown members count as unknownFutureValue")
const sessions = count("Counted sessions")
const timedSeconds = seconds("Time of its timed sessions, summed")

const statistics = {
  count: count("Timed sessions: counted ones that start no later than they end"),
  minSeconds: maybeSeconds("Shortest duration"),
  maxSeconds: maybeSeconds("Longest duration"),
  meanSeconds: maybeSeconds("Mean"),
  stddevSeconds: maybeSeconds("Population standard deviation"),
  sumSeconds: maybeSeconds("Sum"),
  p50Seconds: maybeSeconds("Median (quantile of type 7 of Hyndman and Fan)"),
  p90Seconds: maybeSeconds("90th percentile (type 7)"),
  p95Seconds: maybeSeconds("95th percentile (type 7)"),
  p99Seconds: maybeSeconds("99th percentile (type 7)"),
}

export const durationsField = object(
  {
    overall: object(statistics, "All timed sessions"),
    byModality: list({ modality, ...statistics }, "A session counts under each of its modalities"),
    byFailure: list({ failed: flag("Whether they failed"), ...statistics }, "Not failed, then failed"),
    byCallType: list(
      { callType: maybeText("As the callRecord says; null where none says"), ...statistics },
      "By sessions, the most first, then by name",
    ),
    histogram: list(
      {
        fromSeconds: seconds("Lower edge, included"),
        toSeconds: Schema.NullOr(Schema.Finite).annotate({
          description: "Upper edge, not included; null: none. In seconds",
        }),
        count: count("Timed sessions"),
      },
      "Timed sessions by duration",
    ),
  },
  "How long sessions lasted",
)

const peak = {
  peak: count("The most sessions at once"),
  peakAt: maybeInstant("First instant at which that many run; null where none runs at any time"),
}

const busyHour = Schema.Struct({
  start: instant("Start of the hour"),
  sessionSeconds: seconds("Time of all sessions within the hour, summed"),
  erlangs: number("sessionSeconds / 3600: the mean number of sessions at once"),
})

export const concurrencyField = object(
  {
    ...peak,
    meanSessions: maybeNumber("Session time by the time from the first start to the last end; null where that is 0"),
    busyHour: Schema.NullOr(busyHour).annotate({
      description: "UTC clock hour with the most session time, the earliest of equals; null where there is none",
    }),
    byHour: list(
      {
        start: instant("Start of the UTC clock hour"),
        peak: count("The most sessions at once in the hour"),
        meanSessions: number("Mean number of sessions at once in the hour"),
        started: count("Timed sessions that start in it"),
      },
      "Hours in which a session starts, ends, or runs on (up to 48 hours a session)",
    ),
    byModality: list({ modality, ...peak }, "Sessions with the modality, whatever else they have"),
  },
  "How many sessions ran at once; intervals are half-open",
)

/** Somebody in a list. */
const participant = {
  participant: text("Id of the participant, or its pseudonym"),
  displayName: optionalText("Name on the latest session that has one; only with names"),
}
const kind = oneOf(IDENTITY_KINDS, "Kind of identity that most of its sessions give it")

const overlapTotal = (description: string) =>
  object(
    {
      pairs: count("Pairs of sessions of one participant that overlap"),
      seconds: seconds("Time of such overlap, summed over participants"),
      participants: count("Participants with at least one such pair"),
    },
    description,
  )

export const overlapField = object(
  {
    participantsWithOverlap: count("Participants with at least one pair of sessions that overlap"),
    acrossCalls: overlapTotal("Sessions of different calls"),
    sameCall: overlapTotal("Sessions of one call"),
    top: list(
      {
        ...participant,
        kind,
        sessions: count("Timed sessions"),
        pairs: count("Pairs that overlap, of one call or of different ones"),
        seconds: seconds("Time in which two or more sessions run"),
        maxConcurrent: count("The most sessions at once"),
        acrossCalls: object(
          {
            pairs: count("Pairs of different calls"),
            seconds: seconds("Time in which sessions of two or more calls run"),
          },
          "Sessions of different calls",
        ),
      },
      "100, by seconds across calls, the most first, then by id",
    ),
  },
  "Participants in several sessions at once",
)

export const modalitiesField = object(
  {
    sets: list(
      {
        modalities: Schema.Array(modality).annotate({ description: "The exact set" }),
        sessions,
        seconds: timedSeconds,
      },
      "Exact sets that occur, the empty one included",
    ),
    pairs: list(
      {
        a: modality,
        b: modality,
        sessions: count("Counted sessions with both"),
        seconds: timedSeconds,
        jaccard: maybeNumber("n(a and b) / n(a or b); null where that divisor is 0"),
        lift: maybeNumber("n(a and b) N / (n(a) n(b)), N the sessions with any modality; null where a divisor is 0"),
      },
      "All pairs of the model",
    ),
    single: list({ modality, sessions, seconds: timedSeconds }, "All members of the model"),
  },
  "Which modalities went together",
)

const stage = maybeText("Stage of the failure; null where it is absent")

export const failuresField = object(
  {
    failed: count("Counted sessions with a failure stage or reason"),
    rate: maybeNumber(
      "failed / counted sessions, of recorded sessions: no answer-seizure ratio; null where there are none",
    ),
    segmentFailures: count("Counted sessions that did not fail but hold a failed segment"),
    byStage: list({ stage, sessions }, "By sessions, the most first, then by name"),
    byReason: list(
      { stage, reason: maybeText("Reason; null where it is absent"), sessions },
      "By sessions, the most first, then by name",
    ),
  },
  "What failed",
)

const traitCounts = {
  participants: count("Identified participants with it on any session"),
  sessions: count("Counted sessions with it at either end"),
}
const TRAIT_ORDER = "By sessions, the most first, then by name"

export const participantsField = object(
  {
    top: list(
      {
        ...participant,
        kind,
        sessions,
        calls: count("Different calls; a session of no known call is one of its own"),
        seconds: timedSeconds,
        unionSeconds: seconds("Time in which at least one of its sessions runs"),
      },
      "100, by seconds, the most first, then by id",
    ),
    byKind: list({ kind: oneOf(IDENTITY_KINDS, "Kind of identity"), ...traitCounts }, TRAIT_ORDER),
    byTenant: list({ tenant: text("Id of the tenant"), ...traitCounts }, TRAIT_ORDER),
    byPlatform: list({ platform: text("Operating system or device class"), ...traitCounts }, TRAIT_ORDER),
    byProductFamily: list({ productFamily: text("Product family"), ...traitCounts }, TRAIT_ORDER),
  },
  "Who took part; services are nobody",
)

export const coverageField = object(
  {
    days: list({ day: day("UTC day"), sessions: count("Counted sessions that start in it") }, "Days with a session"),
    gaps: list(
      { fromDay: day("First empty day"), toDay: day("Last empty day") },
      "Empty days between the first and the last",
    ),
    incompleteCalls: count("Known calls of whose pages none is a last page"),
    openPages: count("Lists of sessions or calls whose next page is in no input"),
    sessionsWithoutCall: count("Counted sessions of no known call"),
    unknownProperties: list(
      { pointer: text("JSON Pointer, list indices as *"), sessions },
      "Properties that the model does not know: the 100 most frequent",
    ),
    moreUnknownProperties: flag("Whether there are more than are listed"),
  },
  "What the archive covers",
)
