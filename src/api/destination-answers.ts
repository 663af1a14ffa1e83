import type { MedusaResponse } from "@medusajs/framework/http"

import { destinationWords } from "../domain/destinations"
import type { Kernel } from "../kernel"
import type { RouteToKeep } from "../modules/masspay/queries/destination-rows"
import type { DestinationRow } from "../modules/masspay/queries/destinations"
import { amountText, isoOrNull } from "../modules/masspay/queries/dto"
import type { OfferedRoute } from "../runners/destination-routes"
import type {
  AdminDestination,
  Destination,
  DestinationRoute,
} from "../types/http-destinations"
import { orRefuse } from "../workflows/refusals"
import { askMassPay } from "./secret-answer"

/** What somebody may not do is said in plain words; that MassPay does not answer, without its own. */
export async function askOrRefuse<Answer>(
  kernel: Pick<Kernel, "log">,
  work: () => Promise<Answer>
): Promise<Answer> {
  return askMassPay(kernel, () => orRefuse(work))
}

export function adminDestination(row: DestinationRow): AdminDestination {
  return {
    ...vendorDestination(row),
    payee_id: row.payee_id,
    vendor_id: row.vendor_id,
    destination_token: row.destination_token,
    chosen_by: row.chosen_by,
    returned_payout_id: row.returned_payout_id,
    replaced_at: isoOrNull(row.replaced_at),
  }
}

export function vendorDestination(row: DestinationRow): Destination {
  const { currency_code } = row
  return {
    id: row.id,
    currency_code,
    destination_currency_code: row.destination_currency_code,
    exchange_rate: row.exchange_rate,
    fee: amountOrNull(row.fee, currency_code),
    min_amount: amountOrNull(row.min_amount, currency_code),
    max_amount: amountOrNull(row.max_amount, currency_code),
    country_code: row.country_code,
    payer_name: row.payer_name,
    delivery_type: row.delivery_type,
    label: row.label,
    account: row.masked_tail,
    status: row.status,
    reason: row.status_reason,
    detail: destinationWords(row.status_reason),
    estimated_availability: isoOrNull(row.estimated_availability),
    checked_at: row.checked_at.toISOString(),
    created_at: row.created_at.toISOString(),
  }
}

export function routeView(
  route: OfferedRoute,
  currency_code: string
): DestinationRoute {
  return {
    destination_token: route.destination_token,
    payer_name: route.payer_name,
    delivery_type: route.delivery_type,
    country_code: route.country_code,
    description: route.description,
    ...termsView(route, currency_code),
    estimated_availability: isoOrNull(route.estimated_availability),
    fits: route.fits,
  }
}

export function termsView(route: RouteToKeep, currency_code: string) {
  return {
    destination_currency_code: route.destination_currency_code,
    fee: amountOrNull(route.fee, currency_code),
    exchange_rate: route.exchange_rate,
    min_amount: amountOrNull(route.min_amount, currency_code),
    max_amount: amountOrNull(route.max_amount, currency_code),
  }
}

function amountOrNull(
  minor: bigint | null,
  currency_code: string
): string | null {
  return minor === null ? null : amountText(minor, currency_code)
}

/** MassPay's paper, for one reader, kept nowhere on the way. */
export function sendPdf(
  res: MedusaResponse,
  { file, name }: { file: Buffer; name: string }
): void {
  res
    .set({
      "Content-Type": "application/pdf",
      "Content-Disposition": `attachment; filename="${name}.pdf"`,
      "Cache-Control": "private, no-store",
      "X-Content-Type-Options": "nosniff",
    })
    .send(file)
}
