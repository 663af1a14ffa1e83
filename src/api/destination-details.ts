import { MedusaError } from "@medusajs/framework/utils"

import type { AttributeValues } from "../domain/attribute-fields"
import { DecisionRefusedError } from "../domain/decisions"
import type { Kernel } from "../kernel"
import {
  destinationById,
  destinationOf,
  type DestinationRow,
} from "../modules/masspay/queries/destinations"
import {
  type Acting,
  attributeForm,
  giveAttributes,
  payeeWithUser,
} from "../runners/destinations"
import type { DestinationFormResponse } from "../types/http-destinations"
import { askOrRefuse } from "./destination-answers"

/** One of a payee's, as an operator names it. Throws `DecisionRefusedError`. */
export async function destinationOfPayee(
  { books }: Pick<Kernel, "books">,
  { payee_id, id }: { payee_id: string; id: string }
): Promise<DestinationRow> {
  const destination = await destinationById(books, id)
  if (destination?.payee_id === payee_id) return destination
  throw new DecisionRefusedError("destination_not_found")
}

/** The vendor's own of a currency: she names none by its id. Throws `DecisionRefusedError`. */
export async function destinationOfVendor(
  kernel: Pick<Kernel, "books">,
  { vendor_id, currency_code }: { vendor_id: string; currency_code: string }
): Promise<DestinationRow> {
  const { payee_id } = await payeeWithUser(kernel, { vendor_id })
  const destination = await destinationOf(kernel.books, {
    payee_id,
    currency_code,
  })
  if (destination) return destination
  throw new DecisionRefusedError("no_destination")
}

/** What MassPay wants to know now. Throws with the reason in plain words. */
export async function formOf(
  kernel: Kernel,
  find: () => Promise<DestinationRow>
): Promise<DestinationFormResponse> {
  const { destination, fields, by_link } = await askOrRefuse(kernel, async () =>
    attributeForm(kernel, await find())
  )
  return { destination_id: destination.id, fields, by_link }
}

/**
 * Hands details through, which are in nothing that this returns or throws. The
 * destination that holds from now on.
 */
export async function giveDetails(
  kernel: Kernel,
  {
    find,
    ...given
  }: {
    find: () => Promise<DestinationRow>
    values: AttributeValues
    label: string | null
    acting: Acting
  }
): Promise<{ destination: DestinationRow; effect: string }> {
  const { INVALID_DATA, NOT_FOUND } = MedusaError.Types
  const stored = await askOrRefuse(kernel, async () =>
    giveAttributes(kernel, { destination: await find(), ...given })
  )
  if (stored.did === "invalid") {
    throw new MedusaError(INVALID_DATA, `${stored.problems.join(". ")}.`)
  }
  kernel.nudgeOutbox()
  kernel.nudgeDispatch()
  const { id, effect } = stored.changed
  const destination = await destinationById(kernel.books, id)
  if (destination) return { destination, effect }
  throw new MedusaError(NOT_FOUND, `Destination with id: ${id} was not found`)
}
