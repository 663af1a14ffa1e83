import { DecisionRefusedError } from "../../../domain/decisions"
import type { DestinationStatus } from "../../../domain/destinations"
import type { Db, Sql } from "./db"
import { decideOnce, type Deciding } from "./decisions"
import {
  isReturned,
  keptSet,
  lockPayeeOfDestination,
  replaceDestination,
  type RouteToKeep,
  tellDestinationChanged,
} from "./destination-rows"
import {
  DESTINATION_COLUMNS,
  destinationOf,
  type DestinationRow,
  type StoredDestination,
} from "./destinations"

export type ChangedDestination = { id: string; effect: string }

/**
 * Somebody chose a route for a payee's money of one currency, and was shown what
 * it costs. The one before is replaced in the same transaction. What she gave for
 * the very same route before is used on, unless money came back from it. Once for
 * each request id. Throws `DecisionRefusedError`.
 */
export async function chooseDestination(
  db: Db,
  {
    payee_id,
    user_token,
    currency_code,
    route,
    chosen_by,
    ...deciding
  }: Deciding & {
    payee_id: string
    /** For whom MassPay was asked. */
    user_token: string
    currency_code: string
    route: RouteToKeep
    chosen_by: string
  }
): Promise<ChangedDestination> {
  const { destination_token, destination_currency_code } = route
  return decideOnce<ChangedDestination>(
    db,
    {
      decision: "choose_destination",
      payload: {
        payee_id,
        currency_code,
        destination_token,
        destination_currency_code,
      },
      ...deciding,
    },
    async (sql, decision_id) => {
      const vendor_id = await lockPayeeOfDestination(sql, {
        payee_id,
        user_token,
      })
      const now = await destinationOf(sql, { payee_id, currency_code })
      if (
        now?.destination_token === destination_token &&
        now.destination_currency_code === destination_currency_code &&
        now.status !== "gone"
      ) {
        throw new DecisionRefusedError("destination_unchanged")
      }
      const kept = await keptSet(sql, { payee_id, user_token, ...route })
      const id = await replaceDestination(sql, {
        ...route,
        payee_id,
        vendor_id,
        user_token,
        currency_code,
        chosen_by,
        attr_set_token: kept?.attr_set_token ?? null,
        label: kept?.label ?? null,
        masked_tail: kept?.masked_tail ?? null,
        decision_id,
      })
      return {
        payee_id,
        result: {
          id,
          effect: kept
            ? "Direct payouts in this currency go there from now on, with the details given before."
            : "Direct payouts in this currency go there once its details are given.",
        },
      }
    }
  )
}

/**
 * MassPay has the details of the destination in use, under this token. Other
 * details than before are another destination: a new row. Where money came back
 * from the very same, nothing is changed. Once for each request id.
 */
export async function keepAttributes(
  db: Db,
  {
    destination,
    attr_set_token,
    label,
    masked_tail,
    chosen_by,
    ...deciding
  }: Deciding & {
    destination: DestinationRow
    attr_set_token: string
    label: string | null
    masked_tail: string | null
    chosen_by: string
  }
): Promise<ChangedDestination> {
  const { payee_id, currency_code, user_token } = destination
  return decideOnce<ChangedDestination>(
    db,
    {
      decision: "give_destination_details",
      // Nothing of what was given: the same request id means the same request.
      payload: { payee_id, currency_code },
      ...deciding,
    },
    async (sql, decision_id) => {
      const vendor_id = await lockPayeeOfDestination(sql, {
        payee_id,
        user_token,
      })
      const now = await destinationOf(sql, { payee_id, currency_code })
      if (now?.id !== destination.id) {
        throw new DecisionRefusedError("destination_replaced")
      }
      if (await isReturned(sql, { ...now, attr_set_token })) {
        throw new DecisionRefusedError("destination_unchanged")
      }
      const done = (id: string) => ({
        payee_id,
        result: {
          id,
          effect: "Direct payouts in this currency go there from now on.",
        },
      })
      if (now.attr_set_token === attr_set_token) {
        await sql.rows(
          `update masspay_destination
              set status = 'ready', status_reason = null,
                  label = coalesce(?, label), updated_at = masspay_now()
            where id = ? and status <> 'gone'`,
          [label, now.id]
        )
        return done(now.id)
      }
      const id = await replaceDestination(sql, {
        ...now,
        vendor_id,
        chosen_by,
        attr_set_token,
        label: label ?? now.label,
        masked_tail,
        exchange_rate: now.exchange_rate,
        decision_id,
        was_gone: now.status === "gone" ? now.status_reason : null,
      })
      return done(id)
    }
  )
}

/** An operator knows that it is right after all: money may go there again. Once for each request id. */
export async function useDestinationAgain(
  db: Db,
  {
    payee_id,
    destination_id,
    ...deciding
  }: Deciding & { payee_id: string; destination_id: string }
): Promise<ChangedDestination> {
  return decideOnce<ChangedDestination>(
    db,
    {
      decision: "use_destination_again",
      payload: { payee_id, destination_id },
      ...deciding,
    },
    async (sql, decision_id) => {
      const [row] = await sql.rows<StoredDestination>(
        `select ${DESTINATION_COLUMNS} from masspay_destination d
          where d.id = ? and d.payee_id = ? for update`,
        [destination_id, payee_id]
      )
      if (!row) throw new DecisionRefusedError("destination_not_found")
      if (row.replaced_at !== null) {
        throw new DecisionRefusedError("destination_replaced")
      }
      if (row.status !== "returned") {
        throw new DecisionRefusedError("destination_not_returned")
      }
      const status: DestinationStatus =
        row.attr_set_token === null ? "incomplete" : "ready"
      await sql.rows(
        `update masspay_destination
            set status = ?, status_reason = ?, check_at = masspay_now(),
                updated_at = masspay_now()
          where id = ?`,
        [
          status,
          status === "ready" ? null : "attributes_missing",
          destination_id,
        ]
      )
      await tellDestinationChanged(sql, {
        id: destination_id,
        vendor_id: row.vendor_id,
        decision_id,
      })
      return {
        payee_id,
        result: {
          id: destination_id,
          effect: "Payouts go to this destination again with the next run.",
        },
      }
    }
  )
}

/** What was asked for under this id before, if it was this; nothing is asked of MassPay again for it. */
export async function changedBefore(
  sql: Sql,
  {
    decision,
    payee_id,
    request_id,
    actor,
  }: Pick<Deciding, "request_id" | "actor"> & {
    decision: "choose_destination" | "give_destination_details"
    payee_id: string
  }
): Promise<ChangedDestination | null> {
  const [row] = await sql.rows<{ result: ChangedDestination }>(
    `select result from masspay_action_request
      where request_id = ? and maker = ? and action = ? and payee_id = ?`,
    [request_id, actor, decision, payee_id]
  )
  return row?.result ?? null
}
