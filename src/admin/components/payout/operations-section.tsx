import { SectionRow } from "@medusajs/dashboard/components"
import { Badge, Container, Heading, Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"

import type {
  AdminPayoutDetail,
  AdminPayoutOperation,
} from "../../../types/http"
import { proofColor } from "../../lib/status-color"
import { describe } from "../../lib/texts"
import { CopyableCode } from "../common/copyable-code"

/** What MassPay was asked to do, with the two ids that its support needs. */
export function OperationsSection({ payout }: { payout: AdminPayoutDetail }) {
  const { t } = useTranslation()

  return (
    <Container className="divide-y p-0" data-testid="masspay-operations">
      <div className="px-6 py-4">
        <Heading level="h2">{t("masspay.payout.operations.title")}</Heading>
      </div>
      {payout.operations.length === 0 && (
        <Text size="small" className="text-ui-fg-subtle px-6 py-4">
          {t("masspay.payout.operations.empty")}
        </Text>
      )}
      {payout.operations.map((operation) => (
        <Operation key={operation.id} operation={operation} />
      ))}
    </Container>
  )
}

function Operation({ operation }: { operation: AdminPayoutOperation }) {
  const { t } = useTranslation()
  const { remote_token, remote_status, attempts } = operation
  const proof = proofOf(operation)

  return (
    <section className="divide-y">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-6 py-4">
        <Text size="small" leading="compact" weight="plus">
          {describe(t, "operationKind", operation.kind)}
        </Text>
        {attempts.length > 0 && (
          <Badge size="2xsmall" color={proofColor(proof)}>
            {describe(t, "proof", proof)}
          </Badge>
        )}
      </div>
      <SectionRow
        title={t("masspay.payout.operations.clientId")}
        value={
          <CopyableCode
            code={operation.client_id}
            label={t("masspay.payout.operations.clientId")}
          />
        }
      />
      <SectionRow
        title={t("masspay.payout.operations.remoteToken")}
        value={
          remote_token ? (
            <CopyableCode
              code={remote_token}
              label={t("masspay.payout.operations.remoteToken")}
            />
          ) : (
            t("masspay.payout.operations.noRemoteToken")
          )
        }
      />
      <SectionRow
        title={t("masspay.payout.operations.remoteStatus")}
        value={remote_status ?? t("masspay.payout.operations.noRemoteToken")}
      />
      <SectionRow
        title={t("masspay.payout.operations.attempts")}
        value={
          attempts.length > 0
            ? t("masspay.payout.operations.attemptCount", {
                count: attempts.length,
              })
            : t("masspay.payout.operations.notAsked")
        }
      />
    </section>
  )
}

/** Of every attempt it is proven that it was not executed: then so it is of the whole. */
function proofOf({
  proof,
  attempts,
}: AdminPayoutOperation): AdminPayoutOperation["proof"] {
  const isProvenNot =
    attempts.length > 0 &&
    attempts.every((attempt) => attempt.proof === "not_executed")
  return proof === "none" && isProvenNot ? "not_executed" : proof
}
