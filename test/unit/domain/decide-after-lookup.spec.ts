import {
  decideAfterLookup,
  lookupDelay,
  mustBeFound,
} from "../../../src/domain/decide-next"
import {
  ago,
  aLoad,
  aLookup,
  HOUR,
  MINUTE,
  NOON,
  SECOND,
} from "./lookup-builders"

describe("decideAfterLookup", () => {
  it("adopts what it finds", () => {
    expect(decideAfterLookup(aLookup({ found: aLoad() }))).toEqual({
      do: "apply_truth",
      to: "completed",
      event: "found_completed",
    })
    expect(
      decideAfterLookup(aLookup({ found: aLoad({ status: "SCHEDULED" }) }))
    ).toEqual({ do: "apply_truth", to: "accepted", event: "found_accepted" })
    expect(
      decideAfterLookup(aLookup({ found: aLoad({ status: "CANCELLED" }) }))
    ).toEqual({ do: "apply_truth", to: "cancelled", event: "found_cancelled" })
  })

  it("waits when MassPay says a word it does not know", () => {
    expect(
      decideAfterLookup(aLookup({ found: aLoad({ status: "UNRECOGNISED" }) }))
    ).toMatchObject({ do: "wait", reason: "unrecognised_status" })
  })

  it("hands what exists and has no status that we know to a person after 72 hours", () => {
    const found = aLoad({ status: "UNRECOGNISED" })
    for (const status of ["unknown", "ready", "blocked"] as const) {
      const since = (ms: number) =>
        decideAfterLookup(aLookup({ status, found, unknown_since: ago(ms) }))

      expect(since(71 * HOUR)).toMatchObject({ do: "wait" })
      expect(since(72 * HOUR)).toEqual({
        do: "park",
        reason: "unrecognised_status",
        event: "parked",
      })
    }
    for (const status of ["accepted", "completed", "void"] as const) {
      expect(
        decideAfterLookup(
          aLookup({ status, found, unknown_since: ago(99 * HOUR) })
        )
      ).toMatchObject({ do: "wait", reason: "unrecognised_status" })
    }
  })

  it("parks a load of another amount", () => {
    for (const status of [
      "unknown",
      "pending",
      "ready",
      "blocked",
      "accepted",
      "reversing",
    ] as const) {
      expect(
        decideAfterLookup(aLookup({ status, found: aLoad({ amount: 1n }) }))
      ).toEqual({
        do: "park",
        reason: "client_load_id_mismatch",
        event: "mismatch",
      })
    }
  })

  it("resends under the same key, which MassPay replays or executes", () => {
    expect(decideAfterLookup(aLookup())).toEqual({
      do: "resend",
      rotate: false,
    })
  })

  it("waits out the visibility delay, counted from the last lease", () => {
    expect(
      decideAfterLookup(aLookup({ last_possible_send_at: ago(90 * SECOND) }))
    ).toEqual({
      do: "wait",
      reason: "not_visible_yet",
      delay_ms: 30 * SECOND,
      count_not_found: false,
    })
    expect(
      decideAfterLookup(
        aLookup({
          last_possible_send_at: ago(90 * SECOND),
          visibility_delay_ms: MINUTE,
        })
      )
    ).toMatchObject({ do: "resend" })
  })

  it("does not take a list that was read too early for one read now", () => {
    expect(
      decideAfterLookup(
        aLookup({
          last_possible_send_at: ago(3 * MINUTE),
          lookup_began_at: ago(2 * MINUTE),
        })
      )
    ).toMatchObject({ do: "wait", reason: "not_visible_yet" })
  })

  it("needs a second look before a burnt key rotates past an unproven attempt", () => {
    const burnt = aLookup({
      key_burnt: true,
      last_possible_send_at: ago(30 * MINUTE),
    })

    expect(decideAfterLookup(burnt)).toMatchObject({
      do: "wait",
      count_not_found: true,
      delay_ms: 10 * MINUTE,
    })
    expect(
      decideAfterLookup({
        ...burnt,
        not_found_count: 1,
        not_found_at: ago(9 * MINUTE),
      })
    ).toEqual({
      do: "wait",
      reason: "second_look_needed",
      delay_ms: MINUTE,
      count_not_found: false,
    })
    expect(
      decideAfterLookup({
        ...burnt,
        not_found_count: 1,
        not_found_at: ago(10 * MINUTE),
      })
    ).toEqual({ do: "resend", rotate: true, close_attempts: true })
  })

  it("forgets a not-found from before the last request", () => {
    expect(
      decideAfterLookup(
        aLookup({
          key_burnt: true,
          not_found_count: 2,
          not_found_at: ago(20 * MINUTE),
          last_possible_send_at: ago(15 * MINUTE),
          attempts_unproven: true,
          lookup_began_at: NOON,
        })
      )
    ).toMatchObject({ do: "wait" })
    expect(
      decideAfterLookup(
        aLookup({
          key_burnt: true,
          not_found_count: 2,
          not_found_at: ago(14 * MINUTE),
          last_possible_send_at: ago(15 * MINUTE),
        })
      )
    ).toMatchObject({ do: "wait", count_not_found: true })
  })

  it("rotates at once after refusals that are all proven", () => {
    expect(
      decideAfterLookup(
        aLookup({
          status: "blocked",
          attempts_unproven: false,
          key_burnt: true,
          unknown_since: null,
          ambiguous_count: 0,
          rotations: 5,
        })
      )
    ).toEqual({ do: "resend", rotate: true, close_attempts: true })
  })

  it("rotates a key that is 23 hours old", () => {
    const old = { attempts_unproven: false, unknown_since: null } as const

    expect(
      decideAfterLookup(aLookup({ ...old, key_first_used_at: ago(23 * HOUR) }))
    ).toMatchObject({ do: "resend", rotate: true })
    expect(
      decideAfterLookup(
        aLookup({ ...old, key_first_used_at: ago(23 * HOUR - 1) })
      )
    ).toMatchObject({ do: "resend", rotate: false })
  })

  it("lets a first send go when nothing is found, from a complete list only", () => {
    const first = aLookup({
      status: "ready",
      ever_sent: false,
      attempts_unproven: false,
      last_possible_send_at: null,
      key_first_used_at: null,
      unknown_since: null,
      ambiguous_count: 0,
    })

    expect(decideAfterLookup(first)).toEqual({ do: "send_first" })
    expect(decideAfterLookup({ ...first, listComplete: false })).toMatchObject({
      do: "wait",
      reason: "list_incomplete",
    })
    expect(decideAfterLookup({ ...first, status: "pending" })).toMatchObject({
      do: "wait",
      reason: "approval_needed",
    })
  })

  it("hands to a person what MassPay claims to know but does not show", () => {
    for (const must_be_found of [
      "duplicate_client_id",
      "key_mismatch",
    ] as const) {
      expect(decideAfterLookup(aLookup({ must_be_found }))).toEqual({
        do: "park",
        reason: must_be_found,
        event: "parked",
      })
    }
  })

  it("hands over an unknown period that goes on too long", () => {
    expect(
      decideAfterLookup(aLookup({ unknown_since: ago(72 * HOUR) }))
    ).toEqual({ do: "park", reason: "unknown_too_long", event: "parked" })
    expect(decideAfterLookup(aLookup({ ambiguous_count: 12 }))).toMatchObject({
      do: "park",
      reason: "too_many_ambiguous_attempts",
    })
    expect(decideAfterLookup(aLookup({ rotations: 2 }))).toMatchObject({
      do: "park",
      reason: "too_many_rotations",
    })
    expect(
      decideAfterLookup(
        aLookup({ listComplete: false, unknown_since: ago(72 * HOUR) })
      )
    ).toMatchObject({ do: "park" })
  })

  it("lets only time run out on a list that may be cut", () => {
    for (const limit of [{ ambiguous_count: 12 }, { rotations: 2 }]) {
      expect(
        decideAfterLookup(aLookup({ ...limit, listComplete: false }))
      ).toMatchObject({ do: "wait", reason: "list_incomplete" })
    }
  })

  it("looks for a scheduled load when its time has come", () => {
    const time_of_load = new Date(NOON.getTime() + 3 * HOUR)

    expect(
      decideAfterLookup(
        aLookup({
          status: "accepted",
          found: aLoad({ status: "SCHEDULED", time_of_load }),
        })
      )
    ).toMatchObject({ do: "wait", reason: "nothing_new", delay_ms: 3 * HOUR })
  })

  it("looks hourly at what has no time, and when its time has come", () => {
    for (const time_of_load of [null, undefined, NOON, ago(HOUR)]) {
      const found = aLoad({ status: "SCHEDULED" })
      if (time_of_load !== undefined) found.time_of_load = time_of_load

      expect(
        decideAfterLookup(aLookup({ status: "accepted", found }))
      ).toMatchObject({ do: "wait", reason: "nothing_new", delay_ms: HOUR })
    }
  })

  it("says what it waits for where there is no place to go", () => {
    expect(
      decideAfterLookup(
        aLookup({ status: "completed", found: aLoad({ amount: 1n }) })
      )
    ).toMatchObject({ do: "wait", reason: "mismatch", delay_ms: HOUR })
    expect(decideAfterLookup(aLookup({ status: "completed" }))).toMatchObject({
      do: "wait",
      reason: "not_expected_yet",
      delay_ms: HOUR,
    })
    expect(
      decideAfterLookup(
        aLookup({
          status: "cancelled",
          found: aLoad({ status: "CANCELLED" }),
        })
      )
    ).toMatchObject({ do: "wait", reason: "settle_window", delay_ms: HOUR })
  })

  it("looks at a cancelled payout again just after its window", () => {
    expect(
      decideAfterLookup(
        aLookup({
          status: "cancelled",
          found: aLoad({ status: "CANCELLED" }),
          settle_until: ago(-30 * MINUTE),
        })
      )
    ).toMatchObject({
      reason: "settle_window",
      delay_ms: 30 * MINUTE + SECOND,
    })
  })

  it("gives up a cancelled payout only after its window", () => {
    const cancelled = aLookup({
      status: "cancelled",
      found: aLoad({ status: "CANCELLED" }),
      settle_until: NOON,
    })

    expect(decideAfterLookup(cancelled)).toMatchObject({ do: "wait" })
    expect(decideAfterLookup({ ...cancelled, settle_until: ago(1) })).toEqual({
      do: "void",
      event: "settled_cancelled",
    })
    expect(
      decideAfterLookup({
        ...cancelled,
        settle_until: ago(MINUTE),
        lookup_began_at: ago(2 * MINUTE),
      })
    ).toMatchObject({ do: "wait", reason: "settle_window" })
    expect(
      decideAfterLookup({ ...cancelled, settle_until: ago(1), found: null })
    ).toMatchObject({ do: "wait" })
    expect(
      decideAfterLookup({ ...cancelled, settle_until: null })
    ).toMatchObject({ do: "wait" })
    expect(
      decideAfterLookup({ ...cancelled, settle_until: ago(1), found: aLoad() })
    ).toMatchObject({ do: "apply_truth", to: "completed" })
  })

  it("gives up no cancelled payout while a request may still be on its way", () => {
    const cancelled = aLookup({
      status: "cancelled",
      found: aLoad({ status: "CANCELLED" }),
      settle_until: ago(1),
      last_possible_send_at: ago(MINUTE),
    })

    expect(decideAfterLookup(cancelled)).toMatchObject({
      do: "wait",
      reason: "not_visible_yet",
      delay_ms: MINUTE,
    })
  })

  it("concludes that a reversal failed only when it had time to show", () => {
    const reversing = aLookup({ status: "reversing", found: aLoad() })

    expect(decideAfterLookup(reversing)).toMatchObject({
      do: "apply_truth",
      to: "completed",
    })
    expect(
      decideAfterLookup({ ...reversing, last_possible_send_at: ago(MINUTE) })
    ).toMatchObject({ do: "wait" })
    expect(
      decideAfterLookup({
        ...reversing,
        last_possible_send_at: ago(MINUTE),
        found: aLoad({ status: "CANCELLED" }),
      })
    ).toEqual({ do: "apply_truth", to: "reversed", event: "found_cancelled" })
  })

  it("books money that moved after all, in states that had given it up", () => {
    for (const status of ["void", "reversed"] as const) {
      expect(
        decideAfterLookup(aLookup({ status, found: aLoad() }))
      ).toMatchObject({ do: "apply_truth", to: "completed" })
      expect(
        decideAfterLookup(
          aLookup({ status, found: aLoad({ status: "CANCELLED" }) })
        )
      ).toMatchObject({ do: "wait" })
    }
  })
})

describe("lookupDelay", () => {
  it("looks after 2, then 5, 10 and 20 minutes, then hourly", () => {
    let elapsed = 0
    const delays = Array.from({ length: 6 }, () => {
      const delay = lookupDelay(elapsed)
      elapsed += delay
      return delay / MINUTE
    })

    expect(delays).toEqual([2, 5, 10, 20, 60, 60])
  })

  it("goes on with the last of the pauses it is given", () => {
    const delays_ms = [SECOND, MINUTE]

    expect(lookupDelay(0, delays_ms)).toBe(SECOND)
    expect(lookupDelay(SECOND, delays_ms)).toBe(MINUTE)
    expect(lookupDelay(HOUR, delays_ms)).toBe(MINUTE)
    expect(lookupDelay(HOUR, [])).toBe(HOUR)
  })
})

describe("mustBeFound", () => {
  it("reads from outcome codes what MassPay already told us", () => {
    expect(mustBeFound(["masspay.outcome_unknown", null])).toBeNull()
    expect(mustBeFound(["masspay.duplicate_client_id", null])).toBe(
      "duplicate_client_id"
    )
    expect(
      mustBeFound(["masspay.duplicate_client_id", "masspay.key_mismatch"])
    ).toBe("key_mismatch")
  })
})

describe("what is not to be sent again", () => {
  const refused = aLookup({
    status: "blocked",
    give_up: true,
    attempts_unproven: false,
    unknown_since: null,
    key_burnt: true,
  })

  it("is given up by one look-up when everything that was sent is proven", () => {
    expect(decideAfterLookup(refused)).toEqual({
      do: "give_up",
      event: "voided",
    })
  })

  it("is not sent again even under a key that is good", () => {
    for (const status of ["unknown", "ready", "blocked"] as const) {
      expect(
        decideAfterLookup({ ...refused, status, key_burnt: false })
      ).toMatchObject({ do: "give_up" })
    }
  })

  it("is not given up by a list that proves nothing", () => {
    expect(
      decideAfterLookup({ ...refused, listComplete: false })
    ).toMatchObject({ do: "wait", reason: "list_incomplete" })
    expect(
      decideAfterLookup({ ...refused, last_possible_send_at: ago(MINUTE) })
    ).toMatchObject({ do: "wait", reason: "not_visible_yet" })
  })

  it("takes two looks while another attempt is unproven", () => {
    const unproven = {
      ...refused,
      attempts_unproven: true,
      last_possible_send_at: ago(30 * MINUTE),
    }
    expect(decideAfterLookup(unproven)).toMatchObject({
      do: "wait",
      reason: "second_look_needed",
      count_not_found: true,
    })
    expect(
      decideAfterLookup({
        ...unproven,
        not_found_count: 1,
        not_found_at: ago(10 * MINUTE),
      })
    ).toMatchObject({ do: "give_up" })
  })

  it("is what MassPay shows, when it shows it", () => {
    expect(decideAfterLookup({ ...refused, found: aLoad() })).toMatchObject({
      do: "apply_truth",
      to: "completed",
    })
  })

  it("is for a person when MassPay knows it and does not show it", () => {
    expect(
      decideAfterLookup({ ...refused, must_be_found: "duplicate_client_id" })
    ).toMatchObject({ do: "park", reason: "duplicate_client_id" })
  })
})
