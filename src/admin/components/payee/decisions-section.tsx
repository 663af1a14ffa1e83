import { Container, Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"

import type { AdminPayeeDetail } from "../../../types/http-collect"
import { useOperatorName } from "../../hooks/operators"
import { wordFor } from "../../lib/words"
import { NothingHere, SectionHeader } from "../common/section"
import { TextLink } from "../common/text-link"
import { TimeAgo } from "../common/time-ago"

/** What operators decided about her, and why. */
export function DecisionsSection({ payee }: { payee: AdminPayeeDetail }) {
  const { t } = useTranslation()
  const nameOf = useOperatorName()

  return (
    <Container
      className="divide-y overflow-hidden p-0"
      data-testid="masspay-payee-decisions"
    >
      <SectionHeader title={t("masspay.payee.decisions.title")}>
        <TextLink
          to={`/masspay/action-requests?q=${encodeURIComponent(payee.id)}`}
          className="txt-compact-small-plus"
        >
          {t("masspay.payee.decisions.all")}
        </TextLink>
      </SectionHeader>
      {payee.decisions.length === 0 ? (
        <NothingHere title={t("masspay.payee.decisions.empty")} />
      ) : (
        <ul className="divide-y">
          {payee.decisions.slice(0, 5).map((one) => (
            <li key={one.id} className="px-6 py-3">
              <Text size="small" leading="compact" weight="plus">
                {wordFor(t, "requests.action", one.decision)}
              </Text>
              <Text size="small" className="text-ui-fg-subtle text-pretty">
                {t("masspay.people.byBecause", {
                  actor: nameOf(one.actor),
                  reason: one.reason,
                })}
                {" · "}
                <TimeAgo date={one.created_at} />
              </Text>
            </li>
          ))}
        </ul>
      )}
    </Container>
  )
}
