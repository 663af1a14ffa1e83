import {
  INCIDENT_KINDS,
  type IncidentDetail,
  runbookPage,
} from "../../src/domain/incidents"
import {
  NOTIFICATION_KINDS,
  type NotificationKind,
} from "../../src/domain/notifications"
import {
  htmlOf,
  type NotificationContext,
  notificationTemplates,
} from "../../src/notifications/templates"

const LINK = "https://l.maspay.io/abc?x=1&y=2"

function context(
  kind: NotificationKind,
  change: Partial<NotificationContext> = {}
): NotificationContext {
  return {
    kind,
    vendor: { id: "vendor_1", name: "Bowls & Co", first_name: "Ada" },
    payout: { id: "mspyo_1", amount: "12.00", currency_code: "USD" },
    papers: {
      title: "MassPay wants a bank statement or a paper check.",
      text: "Something else",
      link: LINK,
      link_host: "l.maspay.io",
    },
    currency_code: "USD",
    destination: {
      payer_name: "National Bank",
      masked_tail: "…6789",
      currency_code: "EUR",
      problem: "Money that was paid to this destination came back.",
    },
    incident: {
      id: "msinc_1",
      kind: "payout_parked",
      detail: { amount: "12.00", currency_code: "USD" },
      opened_at: "2026-03-02T10:00:00.000Z",
      page: runbookPage("payout_parked"),
    },
    ...change,
  }
}

describe.each(NOTIFICATION_KINDS)("the text for %s", (kind) => {
  const template = notificationTemplates[kind]

  it("says something in one line above, whatever is known", () => {
    for (const given of [
      context(kind),
      context(kind, {
        vendor: null,
        payout: null,
        papers: null,
        currency_code: null,
        incident: null,
      }),
    ]) {
      const { subject, text } = template(given)
      expect(subject).toMatch(/^[^\n]{10,100}$/)
      expect(text.length).toBeGreaterThan(20)
      expect(`${subject}${text}`).not.toMatch(/undefined|null|\[object/)
    }
  })

  it("shows the link where it is the vendor's, and nowhere else", () => {
    const { subject, text } = template(context(kind))
    expect(text.includes(LINK)).toBe(kind === "papers_needed")
    expect(subject).not.toContain(LINK)
  })

  it("names the amount with its currency where it is about a payout", () => {
    const { subject, text } = template(context(kind))
    if (!kind.startsWith("payout_") && kind !== "approval_waiting") return
    if (kind === "payout_adopted") return
    expect(`${subject}${text}`).toContain("12.00 USD")
  })
})

describe.each(INCIDENT_KINDS)("the alarm %s", (kind) => {
  const alarm = (detail: IncidentDetail) => ({
    id: "msinc_1",
    kind,
    detail,
    opened_at: "2026-03-02T10:00:00.000Z",
    page: runbookPage(kind),
  })

  it("says something whatever is known, and names its page and itself", () => {
    for (const detail of [
      {},
      { amount: "12.00", currency_code: "USD", count: 2, now: "cancelled" },
      { now: "paid_after_release", why: "short", reason: "auth", class: "D05" },
    ]) {
      for (const told of ["incident_opened", "incident_reminder"] as const) {
        const { subject, text } = notificationTemplates[told](
          context(told, { payout: null, incident: alarm(detail) })
        )
        expect(subject).toMatch(/^[^\n]{10,100}$/)
        expect(text).toContain(`docs/runbook/${kind}.md`)
        expect(text).toContain("msinc_1")
        expect(`${subject}${text}`).not.toMatch(/undefined|null|\[object/)
      }
    }
  })
})

it("a reminder says since when, and how to end it", () => {
  const { subject, text } = notificationTemplates.incident_reminder(
    context("incident_reminder")
  )
  expect(subject).toMatch(/^Still: /)
  expect(text).toContain("2026-03-02T10:00:00.000Z")
  expect(text).toContain("Acknowledge")
})

it.each([
  ["payout_parked", "payout_parked"],
  ["payout_cancelled", "payout_flipped"],
  ["payout_paid_after_all", "payout_flipped"],
  ["payout_adopted", "discrepancy"],
  ["funding_short", "funding_low"],
] as const)("%s is told with the page of its alarm", (kind, page) => {
  expect(notificationTemplates[kind](context(kind)).text).toContain(
    runbookPage(page)
  )
})

it("a vendor without a link is told whom to ask", () => {
  const { text } = notificationTemplates.papers_needed(
    context("papers_needed", {
      papers: { title: "T.", text: null, link: null, link_host: null },
    })
  )
  expect(text).toContain("no link")
  expect(text).not.toContain("MassPay's words")
})

describe("the mail as HTML", () => {
  it("escapes what vendors and MassPay wrote", () => {
    const { text } = notificationTemplates.papers_needed(
      context("papers_needed", {
        vendor: {
          id: "v",
          name: null,
          first_name: `<img src=x onerror="alert('1')">`,
        },
      })
    )
    const html = htmlOf(text)
    expect(html).toContain(
      "<p>Hello &lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;,</p>"
    )
    expect(html).toContain(
      `<p><a href="https://l.maspay.io/abc?x=1&amp;y=2" rel="noopener noreferrer">https://l.maspay.io/abc?x=1&amp;y=2</a></p>`
    )
  })

  it("makes a link of what is one alone, and of nothing else", () => {
    expect(htmlOf("http://127.0.0.1:4010/upload/1")).toContain("<a href=")
    for (const text of [
      "javascript:alert(1)",
      "http://example.com/",
      "see https://l.maspay.io/abc",
      'https://l.maspay.io/"onclick="x',
    ]) {
      expect(htmlOf(text)).not.toContain("<a")
    }
    expect(htmlOf("one\ntwo")).toBe("<p>one<br>two</p>")
  })
})
