import { toast } from "@medusajs/ui"
import { useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { useTranslation } from "react-i18next"

import type { AdminPayeeSyncResponse } from "../../types/http-kyc"
import { explainError } from "../components/common/load-error"
import { post, segment } from "../lib/api"
import { wordFor } from "../lib/words"

/** Reads a vendor's user at MassPay now. It decides nothing, so nobody is asked why. */
export function useSync(payee_id: string) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [isReading, setReading] = useState(false)

  const sync = async () => {
    setReading(true)
    try {
      const { payee } = await post<AdminPayeeSyncResponse>(
        `payees/${segment(payee_id)}/sync`,
        {}
      )
      toast.success(t("masspay.payee.sync.done"), {
        description: wordFor(t, "payee.status", payee.status),
      })
    } catch (error) {
      toast.error(t("masspay.payee.sync.failed"), {
        description: explainError(t, error).text,
      })
    } finally {
      setReading(false)
      void client.invalidateQueries({ queryKey: ["masspay"] })
    }
  }
  return { sync, isReading }
}
