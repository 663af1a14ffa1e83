import { allocationOf, restOf } from "../../../src/admin/lib/allocation"
import { nameIn } from "../../../src/admin/lib/download-file"
import { byUrgency, goLiveColor } from "../../../src/admin/lib/go-live"
import {
  choiceOf,
  dayAfter,
  minimumOf,
  monthBefore,
  needsOf,
  payeeColor,
  scheduleOf,
  typedAmount,
} from "../../../src/admin/lib/payee"
import {
  factsOf,
  foundBy,
  reconciliationColor,
} from "../../../src/admin/lib/reconciliation"
import {
  ClipboardRefusedError,
  copySecret,
} from "../../../src/admin/lib/secret-link"
import { groupsOf } from "../../../src/admin/lib/settings"
import { SCHEDULES } from "../../../src/domain/collect-schedule"

// Talking to the shop is not what is tested here.
jest.mock("../../../src/admin/lib/client", () => ({ sdk: {} }))

function aPayee(overrides: Partial<Parameters<typeof needsOf>[0]> = {}) {
  return {
    status: "active" as const,
    is_paused: false,
    user_token: "usr_1",
    found_user_token: null,
    profile_missing: [],
    papers_wanted: false,
    ...overrides,
  }
}

describe("what a vendor lacks", () => {
  it("is nothing where nothing is known to be missing", () => {
    expect(needsOf(aPayee())).toEqual([])
    // Not read yet is not the same as missing.
    expect(needsOf(aPayee({ profile_missing: null }))).toEqual([])
  })

  it("is everything that is, the first step first", () => {
    expect(
      needsOf(
        aPayee({
          status: "unlinked",
          user_token: null,
          found_user_token: "usr_found",
          profile_missing: ["city"],
          papers_wanted: true,
          is_paused: true,
        })
      )
    ).toEqual(["account", "confirmation", "profile", "papers", "resume"])
    expect(needsOf(aPayee({ status: "locked" }))).toEqual(["papers"])
    expect(needsOf(aPayee({ status: "deactivated" }))).toEqual(["account"])
  })

  it("asks nobody to confirm a user where there is one already", () => {
    expect(needsOf(aPayee({ found_user_token: "usr_found" }))).toEqual([])
  })

  it("is green only where MassPay calls her active", () => {
    const statuses = ["unlinked", "linking", "locked", "deactivated", "new"]
    expect(payeeColor("active")).toBe("green")
    expect(statuses.map(payeeColor)).not.toContain("green")
  })
})

describe("terms", () => {
  it.each(SCHEDULES.map((schedule) => [JSON.stringify(schedule), schedule]))(
    "%s is the same after being chosen",
    (_, schedule) => {
      expect(scheduleOf(choiceOf(schedule as never))).toEqual(schedule)
    }
  )

  it("go back to the shop's where nothing is chosen", () => {
    expect(scheduleOf(choiceOf(null))).toBeNull()
    expect(minimumOf([])).toBeNull()
    expect(minimumOf([{ currency_code: "", amount: "5" }])).toBeNull()
    expect(minimumOf([{ currency_code: "usd ", amount: " 25.00" }])).toEqual({
      USD: "25.00",
    })
  })
})

describe("an amount that is typed", () => {
  it.each([
    ["12.50", "12.50"],
    [" 12,5 ", "12.5"],
    ["-3", "-3"],
  ])("%s is %s", (text, amount) => {
    expect(typedAmount(text)).toBe(amount)
  })

  it.each(["", "1.000,00", "1e3", "0x10", "12.", "--1", "1 000", "NaN"])(
    "%s is none, rather than some other amount",
    (text) => {
      expect(typedAmount(text)).toBeNull()
    }
  )
})

describe("days", () => {
  it("names the first of a month and of the next, also over a year's end", () => {
    expect(monthBefore(new Date("2026-01-31T23:59:59Z"), 1)).toEqual({
      from: "2025-12-01",
      to: "2026-01-01",
    })
    expect(monthBefore(new Date("2026-11-05T00:00:00Z"), 0)).toEqual({
      from: "2026-11-01",
      to: "2026-12-01",
    })
  })

  it("knows the day after, and none after what is no day", () => {
    expect(dayAfter("2026-02-28")).toBe("2026-03-01")
    expect(dayAfter("")).toBeNull()
    expect(dayAfter("soon")).toBeNull()
  })
})

describe("dividing a refund", () => {
  const parts = (...amounts: string[]) =>
    amounts.map((amount, n) => ({
      vendor_id: n === 0 ? null : `v${n}`,
      amount,
    }))

  it("is ready only when it adds up to the last digit", () => {
    expect(
      allocationOf({ unallocated: "4.00", parts: parts("1.50", "2,50") })
    ).toEqual([
      { vendor_id: null, amount: "1.50" },
      { vendor_id: "v1", amount: "2.50" },
    ])
    for (const amounts of [
      ["1.50", "2.49"],
      ["1.50", "2.51"],
      ["4.00", "-0.00"],
      ["5.00", "-1.00"],
      ["4.00", "x"],
      ["", ""],
    ]) {
      expect(
        allocationOf({ unallocated: "4.00", parts: parts(...amounts) })
      ).toBeNull()
    }
  })

  it("is exact where floating point is not", () => {
    expect(
      allocationOf({ unallocated: "0.30", parts: parts("0.10", "0.20") })
    ).toHaveLength(2)
    expect(restOf("9007199254740993.01", ["9007199254740993.00"])).toBeNull() // more digits than anybody types
    expect(restOf("900719925474099.01", ["900719925474099.00"])).toBe("0.01")
  })

  it("leaves out who bears nothing", () => {
    expect(
      allocationOf({ unallocated: "4.00", parts: parts("4.00", "0.00", "") })
    ).toEqual([{ vendor_id: null, amount: "4.00" }])
  })

  it("says what is left, and what is too much", () => {
    expect(restOf("4.00", ["1.50", ""])).toBe("2.50")
    expect(restOf("4.00", ["4.01"])).toBe("-0.01")
    expect(restOf("4.00", ["nothing"])).toBeNull()
  })
})

describe("copying a secret", () => {
  const LINK = "https://papers.example/canary"
  const given = Object.getOwnPropertyDescriptor(globalThis, "navigator")
  const withClipboard = (clipboard: unknown) =>
    Object.defineProperty(globalThis, "navigator", {
      value: { clipboard },
      configurable: true,
    })
  afterEach(() => {
    if (given) Object.defineProperty(globalThis, "navigator", given)
  })

  it("puts it on the clipboard, and gives it to nobody else", async () => {
    const written: string[] = []
    withClipboard({ writeText: async (text: string) => written.push(text) })

    await copySecret(async () => LINK)
    expect(written).toEqual([LINK])
  })

  it("says that the browser refused without saying the secret", async () => {
    for (const clipboard of [
      undefined,
      { writeText: () => Promise.reject(new Error(`no ${LINK}`)) },
    ]) {
      withClipboard(clipboard)
      const refused = await copySecret(async () => LINK).catch(
        (error: unknown) => error
      )
      expect(refused).toBeInstanceOf(ClipboardRefusedError)
      expect(String(refused)).not.toContain("canary")
    }
  })

  it("passes on why the server gave none, and writes nothing", async () => {
    const written: string[] = []
    withClipboard({ writeText: async (text: string) => written.push(text) })
    const closed = new Error("This request for papers is closed.")

    await expect(copySecret(() => Promise.reject(closed))).rejects.toBe(closed)
    expect(written).toEqual([])
  })
})

describe("the name of a downloaded file", () => {
  it("is the server's, and never a path", () => {
    expect(nameIn('attachment; filename="statement-ven-USD.csv"')).toBe(
      "statement-ven-USD.csv"
    )
    expect(nameIn('attachment; filename="../../etc/passwd"')).toBeNull()
    expect(nameIn(null)).toBeNull()
  })
})

describe("a comparison with MassPay", () => {
  it("counts what it found over all classes", () => {
    expect(foundBy({ counts: {} })).toEqual({ found: 0, healed: 0 })
    expect(
      foundBy({
        counts: {
          D01: { found: 2, healed: 2 },
          D08: { found: 1, healed: 0 },
        },
      })
    ).toEqual({ found: 3, healed: 2 })
  })

  it("shows nobody an object, and nothing that is not there", () => {
    expect(
      factsOf({
        amount: "12.50",
        attempts: 0,
        is_paused: false,
        reason: null,
        note: "",
        nested: { deep: "canary" },
        tokens: ["a", "b", { deep: "canary" }],
      })
    ).toEqual([
      { name: "amount", value: "12.50" },
      { name: "attempts", value: "0" },
      { name: "is_paused", value: "false" },
      { name: "tokens", value: "a, b" },
    ])
  })

  it("is green only for what is complete or healed", () => {
    expect(["complete", "healed"].map(reconciliationColor)).toEqual([
      "green",
      "green",
    ])
    for (const code of ["running", "incomplete", "failed", "open", "later"]) {
      expect(reconciliationColor(code)).not.toBe("green")
    }
  })
})

describe("the list before going live", () => {
  const item = (key: string, state: string) =>
    ({ key, state }) as unknown as Parameters<typeof byUrgency>[0][number]

  it("begins with what somebody has to do, and hides nothing it does not know", () => {
    const listed = byUrgency([
      item("a", "passed"),
      item("b", "warning"),
      item("c", "attest_needed"),
      item("d", "failed"),
      item("e", "of_a_later_version"),
      item("f", "failed"),
    ])

    expect(listed.map(({ key }) => key).join("")).toBe("defcba")
  })

  it("is green only for what passed", () => {
    expect(goLiveColor("passed")).toBe("green")
    for (const state of ["failed", "warning", "attest_needed", "later"]) {
      expect(goLiveColor(state)).not.toBe("green")
    }
  })
})

describe("the groups of settings", () => {
  it("keep every setting, in its order, below its option", () => {
    const settings = [
      "environment",
      "apiKey",
      "payouts.hour",
      "auth.header",
      "payouts.minimum.USD",
      "somethingNew",
    ].map((path) => ({ path, value: null, is_secret: false, is_default: true }))

    const groups = groupsOf(settings).map(({ name, settings: group }) => [
      name,
      group.map(({ path }) => path),
    ])
    expect(groups).toEqual([
      ["connection", ["environment", "apiKey", "auth.header"]],
      ["payouts", ["payouts.hour", "payouts.minimum.USD"]],
      ["somethingNew", ["somethingNew"]],
    ])
  })
})
