import { Badge, Button, InlineTip, Text } from "@medusajs/ui"
import { useState } from "react"
import { useTranslation } from "react-i18next"

import type { AdminDestination } from "../../../types/http-destinations"
import { segment } from "../../lib/api"
import { destinationColor } from "../../lib/destinations"
import { wordFor } from "../../lib/words"
import { DecisionDialog } from "../common/decision-dialog"
import { TextLink } from "../common/text-link"
import { TimeAgo } from "../common/time-ago"
import { deliveryWord, problemWords, useTermsWords } from "./destination-words"

type DestinationRowProps = {
  destination: AdminDestination
  onChoose: (instead_of: AdminDestination) => void
  onDetails: (destination: AdminDestination) => void
}

/** Where money of one currency goes now, and what can be done about it. */
export function DestinationRow({
  destination,
  onChoose,
  onDetails,
}: DestinationRowProps) {
  const { t } = useTranslation()
  const termsOf = useTermsWords()
  const [isAgain, setAgain] = useState(false)
  const { status, returned_payout_id, payer_name } = destination
  const problem = problemWords(t, destination)

  return (
    <li
      className="flex flex-col gap-y-3 px-6 py-4"
      data-testid="masspay-destination"
    >
      <div className="flex items-start justify-between gap-x-4">
        <div className="flex min-w-0 flex-col gap-y-1">
          <Text size="small" leading="compact" weight="plus" as="div">
            <DestinationDetails destination={destination} />
          </Text>
          <Text size="small" className="text-ui-fg-subtle text-pretty">
            {termsOf(destination).join(" · ")}
          </Text>
          <Text size="small" className="text-ui-fg-subtle">
            {t("masspay.destinations.checked")}{" "}
            <TimeAgo date={destination.checked_at} />
          </Text>
        </div>
        <Badge
          size="2xsmall"
          color={destinationColor(status)}
          className="shrink-0"
        >
          {wordFor(t, "destinations.status", status)}
        </Badge>
      </div>
      {problem && (
        <InlineTip
          variant={status === "incomplete" ? "warning" : "error"}
          label={wordFor(t, "destinations.status", status)}
        >
          {problem}{" "}
          {returned_payout_id && (
            <TextLink to={`/masspay/payouts/${segment(returned_payout_id)}`}>
              {t("masspay.destinations.returnedPayout")}
            </TextLink>
          )}
        </InlineTip>
      )}
      <div className="flex flex-wrap gap-2">
        <Button
          size="small"
          variant={status === "incomplete" ? "primary" : "secondary"}
          type="button"
          onClick={() => onDetails(destination)}
        >
          {t(
            status === "incomplete"
              ? "masspay.destinations.details.give"
              : "masspay.destinations.details.change"
          )}
        </Button>
        <Button
          size="small"
          variant="secondary"
          type="button"
          onClick={() => onChoose(destination)}
        >
          {t("masspay.destinations.choose.another")}
        </Button>
        {status === "returned" && (
          <Button
            size="small"
            variant="secondary"
            type="button"
            onClick={() => setAgain(true)}
          >
            {t("masspay.destinations.again.open")}
          </Button>
        )}
      </div>
      {isAgain && (
        <DecisionDialog
          decision={{
            subject: `use-again:${destination.id}`,
            path: `payees/${segment(destination.payee_id)}/destinations/${segment(destination.id)}/use-again`,
            title: t("masspay.destinations.again.title", { name: payer_name }),
            description: t("masspay.destinations.again.text"),
            effect: t("masspay.destinations.again.effect"),
            confirmLabel: t("masspay.destinations.again.open"),
          }}
          onClose={() => setAgain(false)}
        />
      )}
    </li>
  )
}

/** "USD to MXN: Sandbox Bank Mexico, bank account …6789 (Main)". */
export function DestinationDetails({
  destination,
}: {
  destination: AdminDestination
}) {
  const { t } = useTranslation()
  const { currency_code, destination_currency_code, label } = destination
  const isChanged = currency_code !== destination_currency_code

  return (
    <span className="break-words">
      {isChanged
        ? t("masspay.destinations.currencies", {
            from: currency_code,
            to: destination_currency_code,
          })
        : currency_code}
      {": "}
      {destination.payer_name}, {deliveryWord(t, destination.delivery_type)}{" "}
      {destination.account}
      {label && <> ({label})</>}
      {destination.replaced_at && (
        <span className="text-ui-fg-subtle">
          {" "}
          {t("masspay.destinations.replaced")}{" "}
          <TimeAgo date={destination.replaced_at} />
        </span>
      )}
    </span>
  )
}
