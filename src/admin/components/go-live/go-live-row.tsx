import { Badge, Button, Text } from "@medusajs/ui"
import { useState } from "react"
import { useTranslation } from "react-i18next"

import type { AdminGoLiveItem } from "../../../types/http-go-live"
import { useOperatorName } from "../../hooks/operators"
import { goLiveColor } from "../../lib/go-live"
import { wordFor } from "../../lib/words"
import { ExactTime } from "../common/time-ago"
import { AttestDialog } from "./attest-dialog"

/** One item: what was looked at, what was found, and how to make it right. */
export function GoLiveRow({ item }: { item: AdminGoLiveItem }) {
  const { t } = useTranslation()
  const title = t(`masspay.goLive.item.${item.key}`, {
    defaultValue: item.title,
  })

  return (
    <li
      className="flex flex-col gap-y-2 px-6 py-4"
      data-testid={`masspay-go-live-${item.key}`}
    >
      <div className="flex flex-wrap items-start justify-between gap-2">
        <div className="min-w-0">
          <Text size="small" leading="compact" weight="plus">
            {title}
          </Text>
          <Text size="small" className="text-ui-fg-subtle text-pretty">
            {item.checked}
          </Text>
        </div>
        <Badge size="2xsmall" color={goLiveColor(item.state)}>
          {wordFor(t, "goLive.state", item.state)}
        </Badge>
      </div>
      <Text size="small" className="break-words text-pretty">
        {item.seen}
      </Text>
      {item.details.length > 0 && (
        <ul className="txt-small text-ui-fg-subtle list-disc break-words pl-5">
          {item.details.map((detail) => (
            <li key={detail}>{detail}</li>
          ))}
        </ul>
      )}
      {item.fix && item.state !== "passed" && (
        <Text size="small" className="break-words text-pretty">
          <span className="font-medium">{t("masspay.goLive.fix")}</span>{" "}
          {item.fix}
        </Text>
      )}
      {item.kind === "attestation" && <Attestation item={item} title={title} />}
    </li>
  )
}

function Attestation({
  item,
  title,
}: {
  item: AdminGoLiveItem
  title: string
}) {
  const { t } = useTranslation()
  const nameOf = useOperatorName()
  const [asks, setAsks] = useState<"attest" | "withdraw" | null>(null)

  return (
    <>
      <div className="flex flex-wrap gap-2">
        <Button
          size="small"
          variant="secondary"
          type="button"
          onClick={() => setAsks("attest")}
        >
          {t(
            item.state === "passed"
              ? "masspay.goLive.renew"
              : "masspay.goLive.attest"
          )}
        </Button>
        {item.state === "passed" && (
          <Button
            size="small"
            variant="transparent"
            type="button"
            onClick={() => setAsks("withdraw")}
          >
            {t("masspay.goLive.withdraw")}
          </Button>
        )}
      </div>
      {item.history.length > 0 && (
        <details className="txt-small">
          <summary className="text-ui-fg-subtle focus-visible:shadow-borders-focus w-fit cursor-pointer rounded-sm outline-none">
            {t("masspay.goLive.history", { count: item.history.length })}
          </summary>
          <ul className="text-ui-fg-subtle pt-1">
            {item.history.map((one) => (
              <li key={one.at} className="break-words">
                {t(`masspay.goLive.did.${one.did}`, {
                  actor: nameOf(one.actor),
                })}
                {", "}
                <ExactTime date={one.at} />: {one.note}
              </li>
            ))}
          </ul>
        </details>
      )}
      {asks && (
        <AttestDialog
          item={item}
          title={title}
          asks={asks}
          onClose={() => setAsks(null)}
        />
      )}
    </>
  )
}
