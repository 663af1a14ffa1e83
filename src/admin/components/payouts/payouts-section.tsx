import { Container, Heading } from "@medusajs/ui"
import { useEffect } from "react"
import { useTranslation } from "react-i18next"

import { usePayouts } from "../../hooks/masspay"
import { useListAddress } from "../../hooks/use-list-address"
import { LoadError } from "../common/load-error"
import { PayoutsTable } from "./payouts-table"

export function PayoutsSection() {
  const { t } = useTranslation()
  const address = useListAddress()
  const { data, error, isPending, isFetching, refetch } = usePayouts(
    address.query
  )
  const { toFirstPage } = address

  // An old address may name a page that is not there any more.
  const isBeyondEnd =
    !isFetching && data?.payouts.length === 0 && data.offset > 0
  useEffect(() => {
    if (isBeyondEnd) toFirstPage()
  }, [isBeyondEnd, toFirstPage])

  if (error) {
    return (
      <Container className="divide-y p-0">
        <div className="px-6 py-4">
          <Heading>{t("masspay.payouts.title")}</Heading>
        </div>
        <LoadError
          error={error}
          onRetry={() => void refetch()}
          isRetrying={isFetching}
        />
      </Container>
    )
  }

  return (
    <Container
      className="overflow-hidden p-0"
      data-testid="masspay-payouts"
      aria-busy={isFetching}
    >
      <PayoutsTable
        payouts={data?.payouts ?? []}
        count={data?.count ?? 0}
        address={address}
        isLoading={isPending || isBeyondEnd}
      />
    </Container>
  )
}
