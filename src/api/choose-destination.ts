import type { MedusaContainer } from "@medusajs/framework/types"
import { MedusaError } from "@medusajs/framework/utils"

import { parseMajor } from "../domain/money"
import { kernelFrom } from "../kernel"
import {
  destinationById,
  type DestinationRow,
} from "../modules/masspay/queries/destinations"
import {
  type PayeeOfDestination,
  payeeWithUser,
  previewRoute,
} from "../runners/destinations"
import type { ChosenDestination } from "../types/http-destinations"
import { masspayChooseDestinationWorkflow } from "../workflows/destination/workflows/choose-destination"
import type { VendorChooseDestinationBody } from "./admin/masspay/destination-validators"
import { askOrRefuse, termsView } from "./destination-answers"

type Choosing = {
  who: { payee_id: string } | { vendor_id: string }
  body: VendorChooseDestinationBody
  /** Id of the operator, or `vendor:<id>`. */
  actor: string
  reason: string
  request_id: string
}

/** Chooses, for an operator or for the vendor herself. Throws with the reason in plain words. */
export async function choose(
  scope: MedusaContainer,
  { who, body, actor, reason, request_id }: Choosing
): Promise<ChosenDestination<DestinationRow>> {
  const kernel = await kernelFrom(scope)
  const { shown, amount, ...wish } = body
  if (!shown) throw nothingShown()
  const { result } = await askOrRefuse(kernel, async () => {
    const payee = await payeeWithUser(kernel, who)
    return masspayChooseDestinationWorkflow(scope).run({
      input: {
        ...wish,
        payee_id: payee.payee_id,
        country_code: countryOf(payee, body),
        ...(amount !== undefined && { amount }),
        shown,
        actor,
        reason,
        request_id,
      },
    })
  })
  const destination = await destinationById(kernel.books, result.id)
  return { destination, terms: null, effect: result.effect }
}

/** What she would agree to. Writes nothing. */
export async function preview(
  scope: MedusaContainer,
  { who, body }: Choosing
): Promise<ChosenDestination<DestinationRow>> {
  const kernel = await kernelFrom(scope)
  const { currency_code, amount } = body
  const route = await askOrRefuse(kernel, async () => {
    const payee = await payeeWithUser(kernel, who)
    return previewRoute(kernel, {
      payee,
      wish: {
        ...body,
        country_code: countryOf(payee, body),
        amount:
          amount === undefined ? undefined : parseMajor(amount, currency_code),
      },
    })
  })
  return {
    destination: null,
    terms: termsView(route, currency_code),
    effect: "Nothing is changed. These are the terms to agree to.",
  }
}

/** The country that the request names, or that of her record. */
export function countryOf(
  { country_code: own }: PayeeOfDestination,
  { country_code: named }: { country_code?: string | undefined }
): string {
  const country_code = named ?? own
  if (country_code !== null) return country_code
  throw new MedusaError(
    MedusaError.Types.INVALID_DATA,
    "Field 'country_code' is required: the vendor's record names no country"
  )
}

function nothingShown(): MedusaError {
  return new MedusaError(
    MedusaError.Types.INVALID_DATA,
    "Field 'shown' is required: { fee, exchange_rate, destination_currency_code } as the list of routes, or this with ?dry_run=true, shows them"
  )
}
