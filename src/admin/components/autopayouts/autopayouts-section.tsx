import { Button } from "@medusajs/ui"
import { useState } from "react"
import { useTranslation } from "react-i18next"

import type { AdminPayeeDetail } from "../../../types/http-collect"
import { useAutopayouts } from "../../hooks/autopayouts"
import { useDestinations } from "../../hooks/destinations"
import { ruleDestinations } from "../../lib/autopayouts"
import { NothingHere, RowsSkeleton, Section } from "../common/section"
import { AddRuleDialog } from "./add-rule-dialog"
import { RuleRow } from "./rule-row"

/** By which rules MassPay pays her wallets out by itself, with the way to make and end one. */
export function AutopayoutsSection({ payee }: { payee: AdminPayeeDetail }) {
  const { t } = useTranslation()
  const query = useAutopayouts(payee.id)
  const { data } = useDestinations(payee.id)
  const [isAdding, setAdding] = useState(false)
  const destinations = ruleDestinations(data?.destinations ?? [])
  const canAdd = payee.user_token !== null && destinations.length > 0

  return (
    <>
      <Section
        testId="masspay-payee-autopayouts"
        title={t("masspay.autopayouts.title")}
        subtitle={t("masspay.autopayouts.subtitle")}
        loading={t("masspay.autopayouts.loading")}
        skeleton={<RowsSkeleton rows={1} />}
        query={query}
        body={({ autopayouts }) =>
          autopayouts.length === 0 ? (
            <NothingHere
              title={t("masspay.autopayouts.none")}
              text={t(
                payee.user_token === null
                  ? "masspay.autopayouts.noneUnlinked"
                  : canAdd
                    ? "masspay.autopayouts.noneYet"
                    : "masspay.autopayouts.noneFits"
              )}
            />
          ) : (
            <ul className="divide-y">
              {autopayouts.map((rule) => (
                <RuleRow key={rule.id} payee={payee} rule={rule} />
              ))}
            </ul>
          )
        }
      >
        {canAdd && query.data && (
          <Button
            size="small"
            variant="secondary"
            type="button"
            onClick={() => setAdding(true)}
          >
            {t("masspay.autopayouts.add.open")}
          </Button>
        )}
      </Section>
      {isAdding && (
        <AddRuleDialog
          payee={payee}
          destinations={destinations}
          rules={query.data?.autopayouts ?? []}
          onClose={() => setAdding(false)}
        />
      )}
    </>
  )
}
