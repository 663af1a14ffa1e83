import { linksOf } from "../../../src/admin/lib/incidents"
import {
  INCIDENT_KINDS,
  type IncidentKind,
} from "../../../src/domain/incidents"

const about = (
  kind: string,
  rest: Partial<Parameters<typeof linksOf>[0]> = {}
) =>
  linksOf({
    kind: kind as IncidentKind,
    subject_id: null,
    vendor_id: null,
    ...rest,
  }).map(({ to }) => to)

it("leads from an alarm about a payout to that payout", () => {
  expect(
    about("payout_parked", { subject_id: "mspo_1", vendor_id: "v" })
  ).toEqual(["/masspay/payouts/mspo_1"])
})

it("leads to the oldest first of those that wait or are not known", () => {
  expect(about("payout_unknown")).toEqual([
    "/masspay/payouts?status=unknown&order=created_at",
  ])
  expect(about("payout_waiting")).toEqual([
    "/masspay/payouts?status=ready&order=created_at",
  ])
})

it("leads to the vendor as well where a difference is about one", () => {
  expect(about("discrepancy", { vendor_id: "ven 1&q=x" })).toEqual([
    "/masspay/reconciliation?state=open",
    "/masspay/payees?q=ven%201%26q%3Dx",
  ])
})

it.each(INCIDENT_KINDS)("has a page of this shop for %s", (kind) => {
  const found = about(kind, { subject_id: "../../orders", vendor_id: "v" })
  expect(found.length).toBeGreaterThan(0)
  for (const to of found) {
    expect(to).toMatch(/^\/masspay(\/[a-z]|$)/)
    expect(to).not.toContain("../")
  }
})

it("knows nothing of a kind of a newer server but its vendor", () => {
  expect(about("moon_full")).toEqual([])
  expect(about("moon_full", { vendor_id: "v" })).toEqual([
    "/masspay/payees?q=v",
  ])
})
