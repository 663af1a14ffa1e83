import { Button, clx, Text } from "@medusajs/ui"
import { useState } from "react"
import { useTranslation } from "react-i18next"

import type { AdminLedgerEntry } from "../../../types/http-statements"
import { useOperatorName } from "../../hooks/operators"
import { useLedger } from "../../hooks/payee"
import { useMoney } from "../../hooks/use-money"
import { describe } from "../../lib/texts"
import { NothingHere, RowsSkeleton, Section } from "../common/section"
import { TextLink } from "../common/text-link"
import { TimeAgo } from "../common/time-ago"

const ROWS = 10

/** Every amount that was ever booked for her, newest first. */
export function LedgerSection({ payee_id }: { payee_id: string }) {
  const { t } = useTranslation()
  const [offset, setOffset] = useState(0)
  const query = useLedger(payee_id, { limit: ROWS, offset })

  return (
    <Section
      testId="masspay-payee-ledger"
      title={t("masspay.payee.ledger.title")}
      subtitle={t("masspay.payee.ledger.subtitle")}
      loading={t("masspay.payee.ledger.loading")}
      skeleton={<RowsSkeleton rows={5} />}
      query={query}
      body={({ entries, count }) =>
        count === 0 ? (
          <NothingHere
            title={t("masspay.payee.ledger.empty")}
            text={t("masspay.payee.ledger.emptyText")}
          />
        ) : (
          <>
            <ul className="divide-y">
              {entries.map((entry) => (
                <EntryRow key={entry.id} entry={entry} />
              ))}
            </ul>
            {count > ROWS && (
              <Pager
                {...{ offset, count }}
                shown={entries.length}
                onMove={setOffset}
              />
            )}
          </>
        )
      }
    />
  )
}

function EntryRow({ entry }: { entry: AdminLedgerEntry }) {
  const { t } = useTranslation()
  const { withCode } = useMoney()
  const nameOf = useOperatorName()
  const { amount, currency_code, payout, state, kind, reason, actor } = entry
  const said = reason === kind ? null : describe(t, "entryReason", reason)

  return (
    <li className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-1 px-6 py-3">
      <Text size="small" leading="compact" weight="plus">
        {describe(t, "entryKind", kind)}
        {entry.order_id && (
          <>
            {", "}
            <TextLink to={`/orders/${entry.order_id}`}>
              {t("masspay.payout.items.order", {
                number:
                  entry.display_id === null
                    ? entry.order_id
                    : `#${entry.display_id}`,
              })}
            </TextLink>
          </>
        )}
      </Text>
      <Text
        size="small"
        leading="compact"
        weight="plus"
        className={clx("text-right tabular-nums", {
          "text-ui-fg-error": amount.startsWith("-"),
        })}
      >
        {withCode(amount, currency_code)}
      </Text>
      <Text size="small" className="text-ui-fg-subtle min-w-0 text-pretty">
        {said}
        {actor !== "system" && (
          <>
            {said && ". "}
            {t("masspay.people.by", { actor: nameOf(actor) })}
          </>
        )}
        {(said || actor !== "system") && " · "}
        <TimeAgo date={entry.created_at} />
      </Text>
      <Text size="small" className="text-ui-fg-subtle text-right">
        {payout ? (
          <TextLink to={`/masspay/payouts/${payout.id}`}>
            {t(`masspay.payee.ledger.state.${state}`)}
          </TextLink>
        ) : (
          t(`masspay.payee.ledger.state.${state}`)
        )}
      </Text>
    </li>
  )
}

type PagerProps = {
  offset: number
  count: number
  shown: number
  onMove: (offset: number) => void
}

function Pager({ offset, count, shown, onMove }: PagerProps) {
  const { t } = useTranslation()

  return (
    <div className="flex items-center justify-between gap-x-4 px-6 py-3">
      <Text size="small" className="text-ui-fg-subtle" role="status">
        {t("masspay.people.span", {
          from: offset + 1,
          to: offset + shown,
          count,
        })}
      </Text>
      <div className="flex gap-x-2">
        <Button
          size="small"
          variant="transparent"
          type="button"
          disabled={offset === 0}
          onClick={() => onMove(Math.max(0, offset - ROWS))}
        >
          {t("general.prev")}
        </Button>
        <Button
          size="small"
          variant="transparent"
          type="button"
          disabled={offset + shown >= count}
          onClick={() => onMove(offset + ROWS)}
        >
          {t("general.next")}
        </Button>
      </div>
    </div>
  )
}
