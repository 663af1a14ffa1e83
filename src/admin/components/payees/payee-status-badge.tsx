import { StatusBadge } from "@medusajs/ui"
import { useTranslation } from "react-i18next"

import { payeeColor } from "../../lib/payee"
import { wordFor } from "../../lib/words"

export function PayeeStatusBadge({ status }: { status: string }) {
  const { t } = useTranslation()

  return (
    <StatusBadge color={payeeColor(status)} className="text-nowrap">
      {wordFor(t, "payee.status", status)}
    </StatusBadge>
  )
}
