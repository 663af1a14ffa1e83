import { createDataTableFilterHelper } from "@medusajs/ui"
import { useQuery } from "@tanstack/react-query"
import { useMemo } from "react"
import { useTranslation } from "react-i18next"

import { PAYEE_NEEDS } from "../../../domain/payee-needs"
import { PAYEE_STATUSES } from "../../../domain/payout-status"
import { usePayeePage } from "../../hooks/lists"
import { useListAddress } from "../../hooks/use-list-address"
import { sdk } from "../../lib/client"
import { wordFor } from "../../lib/words"
import { DataList } from "../common/data-list"
import { BulkLinkButton } from "./bulk-link"
import {
  type PayeeRow,
  usePayeeColumns,
  WIDE_PAYEE_COLUMNS,
} from "./payee-columns"

const FILTERS = {
  status: "list",
  needs: "list",
  currency_code: "one",
} as const

export function PayeesSection() {
  const { t } = useTranslation()
  const address = useListAddress(FILTERS)
  const { order, ...rest } = address.query
  const byOpen = rest.currency_code !== undefined
  // Without its currency this order means nothing, and the server says so.
  const isOrdered = order !== undefined && (byOpen || !order.endsWith("open"))
  const query = usePayeePage({ ...rest, ...(isOrdered && { order }) })

  return (
    <DataList<PayeeRow>
      title={t("masspay.payees.title")}
      testId="masspay-payees"
      query={query}
      address={address}
      columns={usePayeeColumns({ byOpen })}
      wideOnly={WIDE_PAYEE_COLUMNS}
      filters={usePayeeFilters(rest.currency_code)}
      path="/masspay/payees"
      empty={{
        heading: t("masspay.payees.empty"),
        description: t("masspay.payees.emptyText"),
      }}
      filteredEmpty={{
        heading: t("masspay.payees.filteredEmpty"),
        description: t("masspay.people.changeFilters"),
      }}
    >
      <BulkLinkButton />
    </DataList>
  )
}

const filter = createDataTableFilterHelper<PayeeRow>()

function usePayeeFilters(chosen: string | undefined) {
  const { t } = useTranslation()
  const currencies = useCurrencies()

  return useMemo(() => {
    const codes = new Set([...currencies, ...(chosen ? [chosen] : [])])
    return [
      filter.accessor("status", {
        type: "multiselect",
        label: t("masspay.payees.status"),
        options: PAYEE_STATUSES.map((value) => ({
          value,
          label: wordFor(t, "payee.status", value),
        })),
      }),
      filter.custom({
        id: "needs",
        type: "multiselect",
        label: t("masspay.payees.missing"),
        options: PAYEE_NEEDS.map((value) => ({
          value,
          label: t(`masspay.payees.needShort.${value}`),
        })),
      }),
      filter.custom({
        id: "currency_code",
        type: "radio",
        label: t("masspay.payees.currency"),
        options: [...codes].sort().map((code) => ({
          value: code,
          label: code.toUpperCase(),
        })),
      }),
    ]
  }, [t, currencies.join(), chosen])
}

/** What this shop sells in. */
function useCurrencies(): string[] {
  const { data } = useQuery({
    queryKey: ["masspay-currencies"],
    queryFn: () =>
      sdk.client.fetch<{
        stores: { supported_currencies: { currency_code: string }[] }[]
      }>("/admin/stores", { query: { fields: "id,*supported_currencies" } }),
    staleTime: Infinity,
    retry: false,
  })
  return (
    data?.stores.flatMap(({ supported_currencies }) =>
      supported_currencies.map(({ currency_code }) =>
        currency_code.toUpperCase()
      )
    ) ?? []
  )
}
