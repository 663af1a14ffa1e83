import { randomUUID } from "node:crypto"

import {
  type AttributeField,
  attributeFields,
  type AttributeValues,
  checkAttributes,
  isCollectedByLink,
  maskedTail,
  problemWithLabel,
} from "../domain/attribute-fields"
import { DecisionRefusedError } from "../domain/decisions"
import { type RouteTerms, worseThanShown } from "../domain/destinations"
import type { LinkVault } from "../link-vault"
import {
  changedBefore,
  type ChangedDestination,
  chooseDestination,
  keepAttributes,
} from "../modules/masspay/queries/destination-changes"
import type { RouteToKeep } from "../modules/masspay/queries/destination-rows"
import type { DestinationRow } from "../modules/masspay/queries/destinations"
import { openKycRequests } from "../modules/masspay/queries/kyc-open"
import { payeeOfProfile } from "../modules/masspay/queries/payee-profile"
import type { RemoteAttribute } from "../modules/masspay-gateway/destination-types"
import { GatewayError } from "../modules/masspay-gateway/errors"
import type { RunnerDeps } from "./deps"
import { listedRoute, type RouteWish, termsChanged } from "./destination-routes"
import { sealedOrNot } from "./kyc-papers"

type Deps = RunnerDeps & { links: LinkVault }

export type PayeeOfDestination = {
  payee_id: string
  vendor_id: string
  user_token: string
  country_code: string | null
}

/** Who acts, and how often it counts. */
export type Acting = {
  actor: string
  reason: string
  request_id: string
  /** `vendor:<id>`, or an operator's id. */
  chosen_by: string
}

/** A payee with a user at MassPay. Throws `DecisionRefusedError`. */
export async function payeeWithUser(
  { books }: Pick<RunnerDeps, "books">,
  who: { payee_id: string } | { vendor_id: string }
): Promise<PayeeOfDestination> {
  const payee = await payeeOfProfile(books, who)
  if (!payee) throw new DecisionRefusedError("vendor_not_found")
  const { user_token } = payee
  if (user_token === null) {
    throw new DecisionRefusedError("vendor_has_no_account")
  }
  return { ...payee, user_token }
}

type RouteOfHers = {
  payee: PayeeOfDestination
  wish: Omit<RouteWish, "user_token"> & { destination_token: string }
}

/**
 * What she would agree to, read now. Writes nothing. Throws
 * `DecisionRefusedError` or `GatewayError`.
 */
export async function previewRoute(
  deps: Pick<RunnerDeps, "wire">,
  { payee: { user_token }, wish }: RouteOfHers
): Promise<RouteToKeep> {
  const route = await listedRoute(deps, { ...wish, user_token })
  if (route) return route
  throw new DecisionRefusedError("route_not_offered")
}

/**
 * Chooses where a payee's money of one currency goes. The route is read anew,
 * and only what is no worse than what she was shown is written: its currency,
 * its fee and its rate. The same request id again asks MassPay nothing.
 *
 * Throws `DecisionRefusedError` or `GatewayError`; then nothing was written.
 */
export async function chooseRoute(
  deps: RunnerDeps,
  {
    payee,
    wish,
    shown,
    acting: { chosen_by, ...deciding },
  }: RouteOfHers & { shown: RouteTerms; acting: Acting }
): Promise<ChangedDestination> {
  const { payee_id, user_token } = payee
  const known = await changedBefore(deps.books, {
    ...deciding,
    decision: "choose_destination",
    payee_id,
  })
  if (known) return known
  const route = await previewRoute(deps, { payee, wish })
  if (worseThanShown(shown, route).length > 0) {
    throw termsChanged(route, wish.currency_code)
  }
  const changed = await chooseDestination(deps.books, {
    ...deciding,
    chosen_by,
    payee_id,
    user_token,
    currency_code: wish.currency_code,
    route,
  })
  deps.log.info("destination.changed", {
    destination_id: changed.id,
    payee_id,
    actor: deciding.actor,
  })
  return changed
}

export type AttributeForm = {
  destination: DestinationRow
  fields: AttributeField[]
  /** What MassPay collects through a link of its own. */
  by_link: { label: string; has_value: boolean }[]
}

/** What MassPay wants to know for a destination now. Throws `DecisionRefusedError` or `GatewayError`. */
export async function attributeForm(
  deps: Deps,
  destination: DestinationRow
): Promise<AttributeForm> {
  const definitions = await definitionsOf(deps, destination)
  return {
    destination,
    fields: attributeFields(definitions),
    by_link: definitions
      .filter(({ type }) => isCollectedByLink(type))
      .map(({ label, has_value }) => ({ label, has_value })),
  }
}

export type StoredAttributes =
  | { did: "stored"; changed: ChangedDestination }
  | { did: "invalid"; problems: string[] }

/**
 * Hands account details through to MassPay, and keeps the token of their set, a
 * label and the masked end of an account's number. No value reaches the books, a
 * log, an error or what this returns. What MassPay collects by a link becomes a
 * request for papers. The same request id again asks MassPay nothing.
 *
 * Throws `DecisionRefusedError`, also where MassPay refuses or does not answer.
 */
export async function giveAttributes(
  deps: Deps,
  {
    destination,
    values: given,
    label,
    acting,
  }: {
    destination: DestinationRow
    values: AttributeValues
    label: string | null
    acting: Acting
  }
): Promise<StoredAttributes> {
  const known = await changedBefore(deps.books, {
    ...acting,
    decision: "give_destination_details",
    payee_id: destination.payee_id,
  })
  if (known) return { did: "stored", changed: known }
  if (destination.replaced_at !== null) {
    throw new DecisionRefusedError("destination_replaced")
  }
  const definitions = await unlessUnanswered(deps, destination, () =>
    definitionsOf(deps, destination)
  )
  const { values, problems } = checkAttributes(definitions, given)
  if (values === null) return { did: "invalid", problems }
  const problem =
    label === null
      ? null
      : problemWithLabel(label, typedIn(definitions, values))
  if (problem !== null) return { did: "invalid", problems: [problem] }

  const attr_set_token = await unlessUnanswered(deps, destination, () =>
    deps.wire.storeAttributes({
      ...keyOf(destination),
      values,
      named: definitions.flatMap((one) => [one.label, one.type]),
      // Of its own for each: the same values again make the same set.
      idempotency_key: `attributes-${randomUUID()}`,
    })
  )
  const { chosen_by, ...deciding } = acting
  const changed = await keepAttributes(deps.books, {
    ...deciding,
    destination,
    attr_set_token,
    label,
    masked_tail: maskedTail(definitions, values),
    chosen_by,
  })
  await askForPapers(deps, destination, { definitions, acting })
  deps.log.info("destination.changed", {
    destination_id: changed.id,
    payee_id: destination.payee_id,
    actor: acting.actor,
  })
  return { did: "stored", changed }
}

/** A choice among words that MassPay gives tells nothing of an account. */
function typedIn(
  definitions: readonly RemoteAttribute[],
  values: readonly { token: string; value: string }[]
): { value: string }[] {
  const chosen = attributeFields(definitions).flatMap(({ token, options }) =>
    options ? [token] : []
  )
  return values.filter(({ token }) => !chosen.includes(token))
}

async function definitionsOf(
  { wire }: Deps,
  destination: DestinationRow
): Promise<RemoteAttribute[]> {
  const definitions = await wire.listAttributes(keyOf(destination))
  if (definitions) return definitions
  throw new DecisionRefusedError("route_without_attributes")
}

function keyOf({
  user_token,
  destination_token,
  destination_currency_code,
}: DestinationRow) {
  return {
    user_token,
    destination_token,
    currency_code: destination_currency_code,
  }
}

/** Papers that MassPay wants for this route, as requests of hers. Nothing is refused for them yet. */
async function askForPapers(
  { books, links }: Deps,
  { payee_id, vendor_id }: DestinationRow,
  {
    definitions,
    acting,
  }: { definitions: readonly RemoteAttribute[]; acting: Acting }
): Promise<void> {
  const papers = definitions.flatMap(({ type, label, link }) =>
    link === null
      ? []
      : [
          {
            kind: type === "IDSelfieCollection" ? "identity" : "other",
            text: type === "IDSelfieCollection" ? null : label.slice(0, 300),
            ...sealedOrNot(link, { links, vendor_id }),
          } as const,
        ]
  )
  if (papers.length === 0) return
  await books.tx(async (sql) => {
    await sql.rows(`select id from masspay_payee where id = ? for update`, [
      payee_id,
    ])
    await openKycRequests(sql, {
      payee_id,
      vendor_id,
      source: acting.chosen_by.startsWith("vendor:") ? "vendor" : "operator",
      refusal: "none",
      papers,
    })
  })
}

/** MassPay's words about details are not told: the wire keeps only names of fields. */
async function unlessUnanswered<Result>(
  { log }: Deps,
  { payee_id }: DestinationRow,
  ask: () => Promise<Result>
): Promise<Result> {
  try {
    return await ask()
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    log.warn("destination.details_not_kept", { payee_id, code: error.code })
    if (error.disposition !== "stop") {
      throw new DecisionRefusedError("masspay_did_not_answer")
    }
    const named = error.details.join(", ")
    throw new DecisionRefusedError(
      "attributes_refused",
      named === "" ? "" : `It names: ${named}.`
    )
  }
}
