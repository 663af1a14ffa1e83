import { Skeleton } from "@medusajs/ui"
import { useTranslation } from "react-i18next"

/** As high as one settlement with its payout, so that the page hardly moves. */
export function SettlementsSkeleton() {
  const { t } = useTranslation()

  return (
    <div role="status" aria-label={t("masspay.order.loading")}>
      <div className="flex flex-col gap-y-3 px-6 py-4">
        <div className="flex items-center justify-between">
          <Skeleton className="h-5 w-40" />
          <Skeleton className="h-5 w-16" />
        </div>
        <div className="grid grid-cols-2 gap-4 sm:grid-cols-[2fr_1fr_1fr_1fr]">
          <Skeleton className="h-9 w-24" />
          <Skeleton className="h-9 w-24" />
          <Skeleton className="h-9 w-24 sm:col-start-4" />
        </div>
      </div>
      <div className="bg-ui-bg-subtle border-t border-dashed px-6 py-4">
        <Skeleton className="h-10 w-full" />
      </div>
    </div>
  )
}
