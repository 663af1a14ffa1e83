import { InlineTip } from "@medusajs/ui"
import { useTranslation } from "react-i18next"

import type { MasspayOverview } from "../../../types/http-overview"
import { useOperatorName } from "../../hooks/operators"

/** Why nothing is sent, where nothing is. */
export function StoppedTips({ overview }: { overview: MasspayOverview }) {
  const { t } = useTranslation()
  const { dispatch, circuit } = overview
  const nameOf = useOperatorName()
  if (!dispatch.stopped && circuit.state === "closed") {
    return null
  }
  const stoppedBy =
    dispatch.actor && dispatch.actor !== "system"
      ? t("masspay.overview.stopped.by", { actor: nameOf(dispatch.actor) })
      : t("masspay.overview.stopped.bySystem")

  return (
    <div className="flex flex-col gap-y-2 px-6 py-4">
      {dispatch.stopped && (
        <InlineTip variant="error" label={t("masspay.overview.stopped.title")}>
          {[dispatch.reason, stoppedBy].filter(Boolean).join(" ")}
        </InlineTip>
      )}
      {circuit.state === "open" && (
        <InlineTip
          variant="warning"
          label={t("masspay.overview.circuit.title")}
        >
          {circuit.reason
            ? t(`masspay.overview.circuit.${circuit.reason}`, {
                defaultValue: "",
              })
            : ""}
        </InlineTip>
      )}
    </div>
  )
}
