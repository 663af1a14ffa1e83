import { InlineTip } from "@medusajs/ui"
import { useTranslation } from "react-i18next"

import { TextLink } from "../common/text-link"

type PapersWantedProps = { vendor: string; vendor_id: string }

/** Says that papers are missing, and where to help. The link to upload them stands nowhere here. */
export function PapersWanted({ vendor, vendor_id }: PapersWantedProps) {
  const { t } = useTranslation()
  const address = new URLSearchParams({ q: vendor_id })

  return (
    <div className="px-6 pb-4" data-testid="masspay-papers-wanted">
      <InlineTip
        variant="warning"
        label={t("masspay.order.kycTitle", { vendor })}
      >
        {t("masspay.order.kycText")}{" "}
        <TextLink to={`/masspay/payees?${address}`}>
          {t("masspay.order.toVendor")}
        </TextLink>
      </InlineTip>
    </div>
  )
}
