import { Container, Skeleton } from "@medusajs/ui"
import { useTranslation } from "react-i18next"

const ROWS = [1, 2, 3, 4, 5]

/** The page's outline while the payout is loading. */
export function PayoutSkeleton() {
  const { t } = useTranslation()

  return (
    <div
      role="status"
      aria-label={t("masspay.payout.loading")}
      className="flex w-full flex-col gap-x-4 gap-y-3 xl:grid xl:grid-cols-[minmax(0,_1fr)_440px]"
    >
      <div className="flex flex-col gap-y-3">
        <Container className="divide-y p-0">
          <div className="flex flex-col gap-y-3 px-6 py-4">
            <Skeleton className="h-12 w-40" />
            <Skeleton className="h-12 w-full" />
          </div>
          {ROWS.map((row) => (
            <div key={row} className="grid grid-cols-2 gap-4 px-6 py-4">
              <Skeleton className="h-5 w-24" />
              <Skeleton className="h-5 w-40" />
            </div>
          ))}
        </Container>
        <Container>
          <Skeleton className="h-32 w-full" />
        </Container>
      </div>
      <Container>
        <Skeleton className="h-64 w-full" />
      </Container>
    </div>
  )
}
