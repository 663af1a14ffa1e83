import { de } from "../../../src/admin/i18n/de"
import { en } from "../../../src/admin/i18n/en"
import { reasonDetail, type Translate } from "../../../src/admin/lib/texts"
import { NOT_PAID_REASONS } from "../../../src/domain/collect"

/** As i18next does it, as far as it is needed here. */
function speaking(texts: object): Translate {
  return ((key: string, values: Record<string, string> = {}) => {
    const found = key
      .split(".")
      .reduce<unknown>(
        (at, part) => (at as Record<string, unknown> | undefined)?.[part],
        texts
      )
    const text = typeof found === "string" ? found : values.defaultValue
    return (text ?? key).replace(
      /\{\{(\w+)\}\}/g,
      (_, name: string) => values[name] ?? ""
    )
  }) as Translate
}

const german = speaking(de)
const write = {
  money: (amount: string, code: string) => `${amount} ${code}`,
  time: (date: string) => date.slice(0, 10),
}
const row = {
  reason: "below_minimum",
  detail: "In the server's words.",
  facts: {},
  currency_code: "EUR",
} as const

describe("what there is to say besides a reason", () => {
  it("is said in the reader's language where the facts are there", () => {
    const said = (facts: object) =>
      reasonDetail(german, { ...row, facts }, write)

    expect(said({ minimum: "15.00" })).toBe(
      "Die kleinste Auszahlung ist 15.00 EUR."
    )
    expect(said({ missing: ["email", "country_code"] })).toBe(
      "Im Datensatz des Händlers im Shop fehlen: E-Mail-Adresse, Land."
    )
    const hold = { kind: "dispute", reason: "The bank asks", until: null }
    expect(said({ hold })).toMatch(/^\S+: The bank asks$/)
    expect(
      said({ hold: { ...hold, until: "2026-02-01T00:00:00.000Z" } })
    ).toMatch(/bis 2026-02-01: The bank asks$/)
    expect(said({ note: "Sie zieht um" })).toBe("Sie zieht um")
  })

  it("is the server's sentence only where it says what neither reason nor facts do", () => {
    const speaks = NOT_PAID_REASONS.filter(
      (reason) => reasonDetail(german, { ...row, reason }, write) !== null
    )

    expect(speaks).toEqual(["not_linked", "will_be_paid"])
    expect(
      reasonDetail(german, { ...row, reason: "not_released" }, write)
    ).toBe("In the server's words.")
  })

  it("has words for every fact in English, too", () => {
    const facts = {
      minimum: "1",
      maximum: "2",
      reserve: "3",
      missing: ["city"],
    }

    expect(reasonDetail(speaking(en), { ...row, facts }, write)).not.toMatch(
      /reasonFacts|\{\{/
    )
  })
})
