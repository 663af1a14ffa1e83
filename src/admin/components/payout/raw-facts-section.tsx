import { TriangleRightMini } from "@medusajs/icons"
import { Container, Heading, Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"

import type { AdminPayoutDetail } from "../../../types/http"
import { type Fact, factsOf } from "../../lib/facts"

/** Every field that the API answered, for whoever has to look closer. Folded. */
export function RawFactsSection({ payout }: { payout: AdminPayoutDetail }) {
  const { t } = useTranslation()

  return (
    <Container className="overflow-hidden p-0" data-testid="masspay-raw-facts">
      <details className="group">
        <summary className="hover:bg-ui-bg-base-hover transition-fg focus-visible:shadow-borders-focus flex cursor-pointer list-none items-center justify-between gap-x-4 rounded-lg px-6 py-4 outline-none [&::-webkit-details-marker]:hidden">
          <div>
            <Heading level="h2">{t("masspay.payout.raw")}</Heading>
            <Text size="small" className="text-ui-fg-subtle">
              {t("masspay.payout.rawText")}
            </Text>
          </div>
          <TriangleRightMini
            aria-hidden
            className="text-ui-fg-subtle shrink-0 transition-transform group-open:rotate-90 motion-reduce:transition-none"
          />
        </summary>
        <dl
          tabIndex={0}
          aria-label={t("masspay.payout.raw")}
          className="bg-ui-bg-subtle txt-compact-xsmall focus-visible:shadow-borders-focus grid max-h-96 grid-cols-1 gap-x-4 gap-y-1 overflow-auto border-t px-6 py-4 outline-none sm:grid-cols-[auto_1fr]"
        >
          {factsOf(payout).map((fact) => (
            <FactRow key={fact.path} fact={fact} />
          ))}
        </dl>
      </details>
    </Container>
  )
}

function FactRow({ fact: { path, value } }: { fact: Fact }) {
  const { t } = useTranslation()
  const text =
    value === null
      ? t("masspay.payout.empty")
      : typeof value === "boolean"
        ? t(value ? "masspay.payout.yes" : "masspay.payout.no")
        : String(value)

  return (
    <>
      <dt className="text-ui-fg-subtle">{path}</dt>
      <dd className="text-ui-fg-base break-all font-mono">{text}</dd>
    </>
  )
}
