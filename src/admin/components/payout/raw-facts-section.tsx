import { TriangleRightMini } from "@medusajs/icons"
import { Container, Heading } from "@medusajs/ui"
import { useTranslation } from "react-i18next"

import type { AdminPayoutDetail } from "../../../types/http"

/** Everything the API answered, for whoever has to look closer. */
export function RawFactsSection({ payout }: { payout: AdminPayoutDetail }) {
  const { t } = useTranslation()

  return (
    <Container className="overflow-hidden p-0">
      <details className="group">
        <summary className="hover:bg-ui-bg-base-hover transition-fg focus-visible:shadow-borders-focus flex cursor-pointer list-none items-center justify-between gap-x-4 rounded-lg px-6 py-4 outline-none [&::-webkit-details-marker]:hidden">
          <Heading level="h2">{t("masspay.payout.raw")}</Heading>
          <TriangleRightMini
            aria-hidden
            className="text-ui-fg-muted shrink-0 transition-transform group-open:rotate-90 motion-reduce:transition-none"
          />
        </summary>
        <pre
          tabIndex={0}
          className="bg-ui-bg-subtle txt-compact-xsmall text-ui-fg-subtle focus-visible:shadow-borders-focus max-h-96 overflow-auto border-t px-6 py-4 font-mono outline-none"
        >
          {JSON.stringify(payout, null, 2)}
        </pre>
      </details>
    </Container>
  )
}
