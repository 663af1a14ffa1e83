import { Button, Container, Text } from "@medusajs/ui"
import { useState } from "react"
import { useTranslation } from "react-i18next"

import type { AdminPayeeDetail } from "../../../types/http-collect"
import { NothingHere, SectionHeader } from "../common/section"
import { TextLink } from "../common/text-link"
import { HoldWords } from "../holds/hold-words"
import { PlaceHoldDialog } from "../holds/place-hold-dialog"
import { ReleaseHoldButton } from "../holds/release-hold-button"

/** What keeps her money back, with the way to end it. */
export function HoldsSection({ payee }: { payee: AdminPayeeDetail }) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)

  return (
    <Container
      className="divide-y overflow-hidden p-0"
      data-testid="masspay-payee-holds"
    >
      <SectionHeader title={t("masspay.holds.title")}>
        <Button
          size="small"
          variant="secondary"
          type="button"
          onClick={() => setOpen(true)}
        >
          {t("masspay.holds.place")}
        </Button>
      </SectionHeader>
      {payee.holds.length === 0 ? (
        <NothingHere
          title={t("masspay.holds.noneOfVendor")}
          text={t("masspay.holds.noneOfVendorText")}
        >
          <TextLink to="/masspay/holds" className="txt-compact-small-plus">
            {t("masspay.holds.all")}
          </TextLink>
        </NothingHere>
      ) : (
        <ul className="divide-y">
          {payee.holds.map((hold) => (
            <li
              key={hold.id}
              className="flex flex-wrap items-center justify-between gap-2 px-6 py-3"
            >
              <Text size="small" as="div" className="min-w-0 text-pretty">
                <HoldWords hold={hold} />
              </Text>
              <ReleaseHoldButton hold={hold} />
            </li>
          ))}
        </ul>
      )}
      {isOpen && (
        <PlaceHoldDialog
          vendor_id={payee.vendor_id}
          onClose={() => setOpen(false)}
        />
      )}
    </Container>
  )
}
