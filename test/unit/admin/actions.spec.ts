import {
  failureOf,
  provesNothingDone,
  sentenceOf,
} from "../../../src/admin/lib/errors"
import { oneAtATime } from "../../../src/admin/lib/one-at-a-time"
import { newRequestId, RequestIds } from "../../../src/admin/lib/request-ids"

/** As the dashboard's client throws it. */
function answer(status: number | undefined, message = ""): Error {
  return Object.assign(new Error(message), { status })
}

describe("two clicks", () => {
  it("are one request, and both get its answer", async () => {
    let answers: (value: string) => void = () => {}
    const asked: string[] = []
    const act = oneAtATime((what: string) => {
      asked.push(what)
      return new Promise<string>((resolve) => (answers = resolve))
    })

    const first = act("first")
    const second = act("second")
    answers("done")

    expect(await Promise.all([first, second])).toEqual(["done", "done"])
    expect(asked).toEqual(["first"])
  })

  it("of which the first failed leave the way free for another", async () => {
    let calls = 0
    const act = oneAtATime(() => {
      calls += 1
      return calls === 1
        ? Promise.reject(new Error("no answer"))
        : Promise.resolve(calls)
    })

    await expect(act()).rejects.toThrow("no answer")
    expect(await act()).toBe(2)
  })
})

describe("the id of a request", () => {
  it("stays the same until the outcome is known, even in another dialog", () => {
    let made = 0
    const ids = new RequestIds(() => `id${(made += 1)}`)

    expect(ids.for("approve:a")).toBe("id1")
    expect(ids.for("approve:a")).toBe("id1")
    expect(ids.for("approve:b")).toBe("id2")
    ids.settle("approve:a")
    expect(ids.for("approve:a")).toBe("id3")
    expect(ids.for("approve:b")).toBe("id2")
  })

  it("is never made twice", () => {
    const ids = new Set(Array.from({ length: 1000 }, newRequestId))
    expect(ids.size).toBe(1000)
    expect([...ids].every((id) => /^admin-[0-9a-f]{32}$/.test(id))).toBe(true)
  })
})

describe("what an answer proves", () => {
  it("is that nothing was done only where the server refused", () => {
    for (const status of [400, 401, 403, 404, 422]) {
      expect(provesNothingDone(answer(status))).toBe(true)
    }
    for (const status of [408, 409, 500, 502, 503, 504, undefined, 0, 200]) {
      expect(provesNothingDone(answer(status))).toBe(false)
    }
    expect(provesNothingDone(new TypeError("Failed to fetch"))).toBe(false)
  })

  it("is named for the person who reads it", () => {
    expect(
      [400, 401, 403, 404, 500, undefined].map((status) =>
        failureOf(answer(status))
      )
    ).toEqual([
      "refused",
      "signed_out",
      "forbidden",
      "not_found",
      "broken",
      "offline",
    ])
  })
})

describe("the server's own words", () => {
  it("are shown where they are a sentence", () => {
    const text = "Somebody else has to decide about a payout that you caused."
    expect(sentenceOf(answer(400, text))).toBe(text)
  })

  it("are kept from people where they are JSON, markup, a trace, or a breakdown", () => {
    const never = [
      answer(400, '{"code":"x","message":"y z"}'),
      answer(400, "<html> <body>"),
      answer(400, "Error: no\n    at run (/srv/index.js:1:2)"),
      answer(400, "it broke at /srv/app/dispatch.ts:33 again"),
      answer(400, "undefined"),
      answer(400, "long ".repeat(100)),
      answer(500, "relation masspay_payout does not exist"),
      answer(undefined, "Failed to fetch"),
    ]
    expect(never.map(sentenceOf)).toEqual(never.map(() => null))
  })
})
