import { Button, InlineTip, Text, toast } from "@medusajs/ui"
import { useState } from "react"
import { useTranslation } from "react-i18next"

import type {
  AdminBulkLinkPreview,
  AdminBulkLinkStartResponse,
} from "../../../types/http-linking"
import { useBulkLink } from "../../hooks/payee"
import { post } from "../../lib/api"
import { ActionDialog } from "../common/action-dialog"

const PATH = "payees/bulk-link"

/** Links all vendors, after a dry run. While one is running there is nothing to start. */
export function BulkLinkButton() {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const { data: running } = useBulkLink()

  return (
    <>
      <Button
        size="small"
        variant="secondary"
        type="button"
        disabled={running?.state === "running"}
        onClick={() => setOpen(true)}
      >
        {t("masspay.payees.bulkLink.start")}
      </Button>
      {isOpen && <BulkLinkDialog onClose={() => setOpen(false)} />}
    </>
  )
}

function BulkLinkDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()

  return (
    <ActionDialog
      subject="bulk-link"
      title={t("masspay.payees.bulkLink.title")}
      description={t("masspay.payees.bulkLink.text")}
      confirmLabel={t("masspay.payees.bulkLink.start")}
      check={async () => {
        const answer = await post<AdminBulkLinkStartResponse>(
          PATH,
          {},
          { dry_run: true }
        )
        if (!("preview" in answer)) throw new Error("Not a dry run")
        return answer.preview
      }}
      canConfirm={({ to_look_up }) => to_look_up > 0}
      preview={(preview) => <BulkLinkPreview preview={preview} />}
      act={(request) => post<AdminBulkLinkStartResponse>(PATH, request)}
      onDone={() => toast.success(t("masspay.payees.bulkLink.started"))}
      onClose={onClose}
    />
  )
}

function BulkLinkPreview({ preview }: { preview: AdminBulkLinkPreview }) {
  const { t } = useTranslation()
  const rows = [
    ["vendors", preview.vendors],
    ["linked", preview.linked],
    ["toLookUp", preview.to_look_up],
    ["incomplete", preview.incomplete],
    ["paused", preview.paused],
    ["unlinked", preview.unlinked_by_operator],
  ] as const

  return (
    <div className="flex flex-col gap-y-3">
      <dl className="shadow-elevation-card-rest divide-y rounded-lg">
        {rows.map(([name, count]) => (
          <div
            key={name}
            className="txt-compact-small flex justify-between gap-x-4 px-4 py-2"
          >
            <dt className="text-ui-fg-subtle">
              {t(`masspay.payees.bulkLink.count.${name}`)}
            </dt>
            <dd className="tabular-nums">{count}</dd>
          </div>
        ))}
      </dl>
      {preview.to_look_up === 0 && (
        <InlineTip label={t("masspay.payees.bulkLink.nobody")} variant="info">
          {t("masspay.payees.bulkLink.nobodyText")}
        </InlineTip>
      )}
      {!preview.is_complete && (
        <Text size="small" className="text-ui-fg-subtle">
          {t("masspay.payees.bulkLink.notComplete")}
        </Text>
      )}
      {preview.incomplete_vendors.length > 0 && (
        <details className="txt-compact-small">
          <summary className="text-ui-tag-blue-text focus-visible:shadow-borders-focus w-fit cursor-pointer rounded-sm outline-none">
            {t("masspay.payees.bulkLink.whoIsIncomplete")}
          </summary>
          <ul className="text-ui-fg-subtle max-h-40 overflow-auto pt-2">
            {preview.incomplete_vendors.map(({ vendor_id, missing }) => (
              <li key={vendor_id} className="break-all">
                {vendor_id}: {missing.join(", ")}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}

/** How far the linking of all vendors has come. Nothing where there was none. */
export function BulkLinkProgress() {
  const { t } = useTranslation()
  const { data: bulk, refetch } = useBulkLink()
  const [isCancelling, setCancelling] = useState(false)
  if (bulk?.state !== "running") return null
  const done = bulk.total - bulk.waiting
  const cancel = async () => {
    setCancelling(true)
    try {
      await post(`${PATH}/cancel`, {})
      await refetch()
    } catch {
      toast.error(t("masspay.payees.bulkLink.notCancelled"))
    } finally {
      setCancelling(false)
    }
  }

  return (
    <div
      className="shadow-elevation-card-rest bg-ui-bg-base flex flex-col gap-y-3 rounded-lg px-6 py-4"
      data-testid="masspay-bulk-link"
    >
      <div className="flex flex-wrap items-center justify-between gap-2">
        <Text size="small" weight="plus" role="status">
          {t("masspay.payees.bulkLink.progress", {
            done,
            total: bulk.total,
            linked: bulk.linked,
          })}
        </Text>
        <Button
          size="small"
          variant="secondary"
          type="button"
          isLoading={isCancelling}
          onClick={() => void cancel()}
        >
          {t("masspay.payees.bulkLink.stop")}
        </Button>
      </div>
      <progress
        aria-label={t("masspay.payees.bulkLink.title")}
        className="accent-ui-bg-interactive h-1.5 w-full"
        max={Math.max(bulk.total, 1)}
        value={done}
      />
      {bulk.problem && (
        <Text size="small" className="text-ui-fg-subtle">
          {bulk.problem}
        </Text>
      )}
    </div>
  )
}
