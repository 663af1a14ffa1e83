import { Button, InlineTip, Prompt, Skeleton } from "@medusajs/ui"
import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useMemo, useState } from "react"
import { useTranslation } from "react-i18next"

import type {
  AdminPayout,
  AdminPayoutAction,
  AdminPayoutActionResponse,
} from "../../../types/http"
import { post, segment } from "../../lib/api"
import { type BulkOutcome, requestIdOf, runBulk } from "../../lib/bulk"
import { oneAtATime } from "../../lib/one-at-a-time"
import type { BulkAction } from "../../lib/payout-actions"
import { DRY_RUN_REASON, requestIds } from "../common/action-dialog"
import { explainError } from "../common/load-error"
import { ReasonField } from "../common/reason-field"
import { BulkPreview } from "./bulk-preview"
import { BulkReport } from "./bulk-report"

type Outcomes = Map<string, BulkOutcome<AdminPayoutAction>>

type BulkDialogProps = {
  action: BulkAction
  payouts: AdminPayout[]
  onClose: () => void
}

/**
 * The same action on several payouts: a dry run of each, then each done once,
 * and what became of each. Whatever is asked again has the request id it had.
 */
export function BulkDialog({ action, payouts, onClose }: BulkDialogProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const ids = payouts.map(({ id }) => id)
  const subject = `bulk-${action}:${[...ids].sort().join()}`
  const [request_id] = useState(() => requestIds.for(subject))
  const [reason, setReason] = useState("")
  const [isActing, setIsActing] = useState(false)
  const [outcomes, setOutcomes] = useState<Outcomes | null>(null)

  const ask = async (id: string, why: string, dry_run: boolean) => {
    const { action: answer } = await post<AdminPayoutActionResponse>(
      `payouts/${segment(id)}/${action}`,
      { request_id: requestIdOf(request_id, id), reason: why },
      { dry_run }
    )
    return answer
  }
  const checked = useQuery({
    queryKey: ["masspay-dry-run", subject, request_id],
    queryFn: () =>
      runBulk(
        ids,
        (id) => ask(id, DRY_RUN_REASON, true),
        () => {}
      ),
    retry: false,
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
  })
  const isAllowed = (id: string) => checked.data?.get(id)?.state === "done"
  const allowed = ids.filter(isAllowed)
  const toAsk = outcomes
    ? allowed.filter((id) => isOpen(outcomes.get(id)))
    : allowed

  const run = async (which: string[]) => {
    setIsActing(true)
    const before: Outcomes = new Map(outcomes ?? [])
    for (const id of allowed) {
      if (!before.has(id)) before.set(id, { state: "waiting" })
    }
    setOutcomes(before)
    const after = await runBulk(
      which,
      (id) => ask(id, reason.trim(), false),
      (id, outcome) =>
        setOutcomes((now) => new Map(now ?? before).set(id, outcome))
    )
    if (![...after.values()].some(isOpen)) requestIds.settle(subject)
    setIsActing(false)
    void client.invalidateQueries({ queryKey: ["masspay"] })
  }
  // The first click wins: the list it begins with is the one that is done.
  const runOnce = useMemo(
    () => oneAtATime((go: () => Promise<void>) => go()),
    []
  )
  const isReady = toAsk.length > 0 && reason.trim().length > 0 && !isActing

  return (
    <Prompt
      open
      variant="confirmation"
      onOpenChange={(open) => {
        if (!open && !isActing) onClose()
      }}
    >
      <Prompt.Content
        className="max-h-[90dvh] max-w-[min(640px,calc(100vw-2rem))] overflow-y-auto"
        data-testid="masspay-bulk-dialog"
      >
        <form
          onSubmit={(event) => {
            event.preventDefault()
            if (isReady) void runOnce(() => run(toAsk))
          }}
        >
          <Prompt.Header>
            <Prompt.Title>
              {t(`masspay.payouts.bulk.${action}Title`, {
                count: payouts.length,
              })}
            </Prompt.Title>
            <Prompt.Description>
              {t(`masspay.payouts.bulk.${action}Text`)}
            </Prompt.Description>
          </Prompt.Header>
          <div className="flex flex-col gap-y-4 px-6 pt-4">
            <div aria-live="polite" aria-busy={checked.isFetching || isActing}>
              {outcomes ? (
                <BulkReport payouts={payouts} outcomes={outcomes} />
              ) : checked.data ? (
                <BulkPreview
                  payouts={payouts}
                  checked={checked.data}
                  action={action}
                />
              ) : checked.error ? (
                <InlineTip
                  variant="error"
                  label={t("masspay.common.dialog.checkFailed")}
                >
                  {explainError(t, checked.error).text}
                </InlineTip>
              ) : (
                <Skeleton
                  className="h-32 w-full"
                  role="status"
                  aria-label={t("masspay.common.dialog.checking")}
                />
              )}
            </div>
            {(outcomes === null || toAsk.length > 0) && (
              <ReasonField
                value={reason}
                onChange={setReason}
                isDisabled={outcomes !== null}
              />
            )}
          </div>
          <Prompt.Footer>
            <Button
              size="small"
              variant="secondary"
              type="button"
              disabled={isActing}
              onClick={onClose}
            >
              {t(outcomes ? "masspay.common.close" : "masspay.common.cancel")}
            </Button>
            {(outcomes === null || isActing || toAsk.length > 0) && (
              <Button
                size="small"
                type="submit"
                disabled={!isReady}
                isLoading={isActing}
              >
                {outcomes && !isActing
                  ? t("masspay.payouts.bulk.again")
                  : t(`masspay.payouts.bulk.${action}`)}
              </Button>
            )}
          </Prompt.Footer>
        </form>
      </Prompt.Content>
    </Prompt>
  )
}

/** Whether it may be asked again: it was not yet, or no answer told. */
function isOpen(outcome: BulkOutcome<unknown> | undefined): boolean {
  return outcome?.state === "unclear" || outcome?.state === "waiting"
}
