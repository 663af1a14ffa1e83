import {
  type AfterLookupInput,
  decideAfterLookup,
  type RemoteStatus,
} from "../../../src/domain/decide-next"
import {
  IDLE_LOOKUP_MS,
  KEY_TRUSTED_MS,
  LOOKUP_DELAY_MAX_MS,
  LOOKUP_DELAY_MIN_MS,
  LOOKUP_DELAYS_MS,
  NOT_FOUND_GAP_MS,
  UNKNOWN_PERIOD_MAX_MS,
  VISIBILITY_DELAY_MS,
} from "../../../src/domain/lookup-timing"
import {
  ago,
  aLoad,
  aLookup,
  HOUR,
  MINUTE,
  NOON,
  SECOND,
} from "./lookup-builders"

const secondLook = aLookup({
  key_burnt: true,
  last_possible_send_at: ago(20 * MINUTE),
  not_found_count: 1,
  not_found_at: ago(NOT_FOUND_GAP_MS),
})

describe("a load that exists and is not final", () => {
  it.each(["SCHEDULED", "PROCESSING", "HOLD", "READY_FOR_PICKUP"] as const)(
    "is accepted: %s",
    (status) => {
      expect(decideAfterLookup(aLookup({ found: aLoad({ status }) }))).toEqual({
        do: "apply_truth",
        to: "accepted",
        event: "found_accepted",
      })
    }
  )

  it("is looked at again the moment before its time, and hourly from then on", () => {
    const delayUntil = (time_of_load: Date) =>
      decideAfterLookup(
        aLookup({
          status: "accepted",
          found: aLoad({ status: "SCHEDULED", time_of_load }),
        })
      )

    expect(delayUntil(ago(-2_000))).toMatchObject({ delay_ms: 2_000 })
    expect(delayUntil(NOON)).toMatchObject({ delay_ms: IDLE_LOOKUP_MS })
    expect(delayUntil(ago(2_000))).toMatchObject({ delay_ms: IDLE_LOOKUP_MS })
  })
})

describe("a payout of which a part came back", () => {
  const found = aLoad({ status: "PARTLY_REVERSED" })

  it("is for a person once its reversal had time to show", () => {
    const reversing = aLookup({ status: "reversing", found })
    expect(decideAfterLookup(reversing)).toEqual({
      do: "park",
      reason: "partly_reversed",
      event: "mismatch",
    })
    expect(
      decideAfterLookup({ ...reversing, last_possible_send_at: ago(MINUTE) })
    ).toMatchObject({ do: "wait", reason: "not_visible_yet" })
  })

  it("stays with that person until she asks, and is completed by that", () => {
    const parked = aLookup({ status: "needs_review", found })
    const known = { ...parked, is_part_known: true }
    expect(decideAfterLookup(known)).toMatchObject({ do: "wait" })
    expect(decideAfterLookup({ ...known, is_asked: true })).toEqual({
      do: "apply_truth",
      to: "completed",
      event: "found_completed",
    })
    for (const is_asked of [true, false]) {
      expect(decideAfterLookup({ ...parked, is_asked })).toMatchObject({
        do: "wait",
        reason: "partly_reversed",
      })
    }
  })

  it("of one that stays completed is told once", () => {
    const completed = aLookup({ status: "completed", found, is_asked: true })
    expect(decideAfterLookup(completed)).toMatchObject({
      do: "wait",
      reason: "partly_reversed",
    })
    expect(
      decideAfterLookup({ ...completed, is_part_known: true })
    ).toMatchObject({ do: "wait", reason: "nothing_new" })
  })

  it("opens nothing where its entries are open already", () => {
    for (const status of ["cancelled", "void", "reversed"] as const) {
      expect(
        decideAfterLookup(aLookup({ status, found, is_asked: true }))
      ).toMatchObject({ do: "wait", reason: "mismatch" })
    }
  })
})

describe("a payout that MassPay shows with a word nobody knows", () => {
  const look = (overrides: Partial<AfterLookupInput>) =>
    decideAfterLookup(
      aLookup({ found: aLoad({ status: "UNRECOGNISED" }), ...overrides })
    )

  it.each(["ready", "blocked"] as const)(
    "is for a person at once where the books never sent it: %s",
    (status) => {
      expect(look({ status, may_be_forgotten: true })).toEqual({
        do: "park",
        reason: "unrecognised_status",
        event: "mismatch",
      })
    }
  )

  it("is waited for where the books sent it, or nobody may be asked any more", () => {
    const waits = { do: "wait", reason: "unrecognised_status" }
    expect(look({ may_be_forgotten: false })).toMatchObject(waits)
    expect(look({ status: "void", may_be_forgotten: true })).toMatchObject(
      waits
    )
  })
})

describe("a payout that ended in an error", () => {
  const look = (status: AfterLookupInput["status"]) =>
    decideAfterLookup(aLookup({ status, found: aLoad({ status: "ERROR" }) }))

  it("is for a person, and told where it is open again already", () => {
    expect(look("accepted")).toEqual({
      do: "park",
      reason: "payout_error",
      event: "mismatch",
    })
    expect(look("void")).toMatchObject({ do: "wait", reason: "mismatch" })
  })
})

describe("a payout whose reversal was not sent yet", () => {
  const look = (status: RemoteStatus, overrides = {}) =>
    decideAfterLookup(
      aLookup({
        status: "reversing",
        found: aLoad({ status }),
        is_take_back_unsent: true,
        last_possible_send_at: ago(HOUR),
        ...overrides,
      })
    )

  it.each(["COMPLETED", "PARTLY_REVERSED"] as const)(
    "still waits for it, whoever asks, while it is %s",
    (status) => {
      for (const is_asked of [true, false]) {
        expect(look(status, { is_asked })).toMatchObject({
          do: "wait",
          reason: "take_back_unsent",
        })
      }
    }
  )

  it("follows MassPay's word where that changed", () => {
    expect(look("CANCELLED")).toMatchObject({ to: "reversed" })
    expect(look("REVERSED")).toMatchObject({ to: "reversed" })
    expect(look("PROCESSING")).toMatchObject({ to: "accepted" })
    expect(look("ERROR")).toMatchObject({ do: "park", reason: "payout_error" })
    expect(look("UNRECOGNISED")).toMatchObject({ do: "wait" })
    expect(look("COMPLETED", { amount: 1n })).toMatchObject({ do: "park" })
  })
})

it("a payout of which all came back is reversed at once, however fresh the request", () => {
  const found = aLoad({ status: "REVERSED" })
  expect(
    decideAfterLookup(
      aLookup({
        status: "reversing",
        found,
        last_possible_send_at: ago(SECOND),
      })
    )
  ).toMatchObject({ do: "apply_truth", to: "reversed" })
  expect(
    decideAfterLookup(aLookup({ status: "reversed", found }))
  ).toMatchObject({ do: "wait", reason: "nothing_new" })
})

describe("what is found", () => {
  it("is believed at once in every state but a reversal", () => {
    const soon = { last_possible_send_at: ago(MINUTE), found: aLoad() }

    expect(
      decideAfterLookup(aLookup({ ...soon, status: "unknown" }))
    ).toMatchObject({ do: "apply_truth", to: "completed" })
    expect(
      decideAfterLookup(aLookup({ ...soon, status: "accepted" }))
    ).toMatchObject({ do: "apply_truth", to: "completed" })
    expect(
      decideAfterLookup(aLookup({ ...soon, status: "reversing" }))
    ).toMatchObject({ do: "wait", reason: "not_visible_yet", delay_ms: MINUTE })
  })

  it("is what we asked for whatever the case of its currency", () => {
    const found = aLoad({ currency_code: "usd" })

    expect(decideAfterLookup(aLookup({ found }))).toMatchObject({
      do: "apply_truth",
    })
    expect(
      decideAfterLookup(aLookup({ found: aLoad(), currency_code: "usd" }))
    ).toMatchObject({ do: "apply_truth" })
  })
})

describe("what is not found", () => {
  it("is parked when it is there in another currency", () => {
    const found = aLoad({ currency_code: "EUR" })

    expect(decideAfterLookup(aLookup({ found }))).toMatchObject({
      do: "park",
      reason: "client_load_id_mismatch",
    })
  })

  it("counts from the moment on when the last request had to show", () => {
    const sent = (ms: number) =>
      decideAfterLookup(aLookup({ last_possible_send_at: ago(ms) })).do

    expect(sent(VISIBILITY_DELAY_MS)).toBe("resend")
    expect(sent(VISIBILITY_DELAY_MS - 1)).toBe("wait")
  })

  it("in a list that may be cut is looked for again by the age of the period", () => {
    expect(decideAfterLookup(aLookup({ listComplete: false }))).toMatchObject({
      reason: "list_incomplete",
      delay_ms: 5 * MINUTE,
    })
  })
})

describe("a second look", () => {
  it("counts as soon as it is the gap after the first, and not before", () => {
    expect(decideAfterLookup(secondLook)).toEqual({
      do: "resend",
      rotate: true,
      close_attempts: true,
    })
    expect(
      decideAfterLookup({
        ...secondLook,
        not_found_at: ago(NOT_FOUND_GAP_MS - 2_000),
      })
    ).toEqual({
      do: "wait",
      reason: "second_look_needed",
      delay_ms: 2_000,
      count_not_found: false,
    })
  })

  it("needs a first that was counted, at a time that is known", () => {
    for (const lost of [{ not_found_count: 0 }, { not_found_at: null }]) {
      expect(decideAfterLookup({ ...secondLook, ...lost })).toEqual({
        do: "wait",
        reason: "second_look_needed",
        delay_ms: NOT_FOUND_GAP_MS,
        count_not_found: true,
      })
    }
  })

  it("needs a first that began when the last request had just time to show", () => {
    const not_found_at = ago(NOT_FOUND_GAP_MS)
    const sent = (ms_before_first: number) =>
      decideAfterLookup({
        ...secondLook,
        not_found_at,
        last_possible_send_at: new Date(
          not_found_at.getTime() - ms_before_first
        ),
      })

    expect(sent(VISIBILITY_DELAY_MS).do).toBe("resend")
    expect(sent(VISIBILITY_DELAY_MS - 1)).toMatchObject({
      do: "wait",
      count_not_found: true,
    })
  })
})

describe("an unknown period", () => {
  it.each([
    [{ ambiguous_count: 12 }, "too_many_ambiguous_attempts"],
    [{ rotations: 2 }, "too_many_rotations"],
    [{ unknown_since: ago(UNKNOWN_PERIOD_MAX_MS) }, "unknown_too_long"],
  ])("with %o goes to a person", (limit, reason) => {
    expect(decideAfterLookup(aLookup(limit))).toEqual({
      do: "park",
      reason,
      event: "parked",
    })
  })

  it.each([
    { ambiguous_count: 11 },
    { rotations: 1 },
    { unknown_since: ago(UNKNOWN_PERIOD_MAX_MS - 1) },
  ])("with %o does not yet", (limit) => {
    expect(decideAfterLookup(aLookup(limit)).do).toBe("resend")
  })

  it("is none where all that was sent is proven and nothing is unknown", () => {
    const proven = {
      status: "ready",
      attempts_unproven: false,
      unknown_since: null,
      rotations: 2,
    } as const

    expect(decideAfterLookup(aLookup(proven)).do).toBe("resend")
    for (const one of [
      { ...proven, attempts_unproven: true },
      { ...proven, unknown_since: ago(MINUTE) },
      { ...proven, status: "unknown" as const },
    ]) {
      expect(decideAfterLookup(aLookup(one)).do).toBe("park")
    }
  })
})

describe("a pause before the next look-up", () => {
  it("is never shorter than a second, nor longer than a day", () => {
    const scheduled = (time_of_load: Date) =>
      decideAfterLookup(
        aLookup({
          status: "accepted",
          found: aLoad({ status: "SCHEDULED", time_of_load }),
        })
      )

    expect(scheduled(ago(-1))).toMatchObject({ delay_ms: LOOKUP_DELAY_MIN_MS })
    expect(scheduled(ago(-30 * 24 * HOUR))).toMatchObject({
      delay_ms: LOOKUP_DELAY_MAX_MS,
    })
  })

  it("is one of these", () => {
    expect(LOOKUP_DELAYS_MS).toEqual(
      [2, 5, 10, 20, 60].map((minutes) => minutes * MINUTE)
    )
    expect({
      VISIBILITY_DELAY_MS,
      NOT_FOUND_GAP_MS,
      KEY_TRUSTED_MS,
      UNKNOWN_PERIOD_MAX_MS,
      IDLE_LOOKUP_MS,
      LOOKUP_DELAY_MAX_MS,
      LOOKUP_DELAY_MIN_MS,
    }).toEqual({
      VISIBILITY_DELAY_MS: 2 * MINUTE,
      NOT_FOUND_GAP_MS: 10 * MINUTE,
      KEY_TRUSTED_MS: 23 * HOUR,
      UNKNOWN_PERIOD_MAX_MS: 72 * HOUR,
      IDLE_LOOKUP_MS: HOUR,
      LOOKUP_DELAY_MAX_MS: 24 * HOUR,
      LOOKUP_DELAY_MIN_MS: 1_000,
    })
  })
})
