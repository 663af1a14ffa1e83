import { toJsonNumber } from "../money"
import { shownStatus } from "../payouts/shown-status"
import type { Payout } from "../payouts/types"
import type { World } from "../world"
import type { EventContent } from "./bodies"

/**
 * MassPay's list of events knows of two names, its description of the body of one:
 * a setting says which of them is in the body.
 */
export function payoutEvent(
  world: World,
  payout: Payout,
  name: "payout.created" | "payout.status"
): EventContent {
  const isPlain = world.settings.payout_event_type === "payout"
  const event_type = isPlain ? "payout" : name
  const { source_currency_code, destination_currency_code } = payout
  return {
    event_type,
    body: {
      event_type,
      payout_token: payout.token,
      client_transfer_id: payout.client_transfer_id,
      source_currency_code,
      destination_currency_code,
      country_code: payout.country_code,
      payer_name: payout.payer_name,
      source_token: payout.source_token,
      destination_token: payout.destination_token,
      destination_amount: toJsonNumber(
        payout.destination_minor,
        destination_currency_code
      ),
      source_amount: toJsonNumber(payout.source_minor, source_currency_code),
      attr_set_token: payout.attr_set_token,
      exchange_rate: Number(payout.exchange_rate),
      fee: toJsonNumber(payout.fee_minor, source_currency_code),
      expiration: new Date(payout.expires_ms).toISOString(),
      ...shownStatus(world, payout),
    },
    user_token: payout.user_token,
    load_token: null,
    spendback_token: null,
    payout_token: payout.token,
  }
}
