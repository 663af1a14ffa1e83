import { Container, Skeleton } from "@medusajs/ui"
import { useTranslation } from "react-i18next"

import { RowsSkeleton } from "../common/section"

/** The page's outline while the vendor is loading. */
export function PayeeSkeleton() {
  const { t } = useTranslation()

  return (
    <div
      role="status"
      aria-label={t("masspay.payee.loading")}
      className="flex w-full flex-col gap-x-4 gap-y-3 xl:grid xl:grid-cols-[minmax(0,_1fr)_440px]"
    >
      <div className="flex flex-col gap-y-3">
        <Container className="divide-y p-0">
          <div className="flex flex-col gap-y-3 px-6 py-4">
            <Skeleton className="h-8 w-48" />
            <Skeleton className="h-12 w-full" />
          </div>
          <RowsSkeleton rows={5} />
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
