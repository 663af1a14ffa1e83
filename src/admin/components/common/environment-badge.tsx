import { Badge, Tooltip } from "@medusajs/ui"
import { useTranslation } from "react-i18next"

export type Environment = "production" | "staging" | "sandbox"

const COLOR = {
  production: "green",
  staging: "orange",
  sandbox: "purple",
} as const

/** Whose money it is: real money moves in production only. */
export function EnvironmentBadge({
  environment,
}: {
  environment: Environment
}) {
  const { t } = useTranslation()

  return (
    <Tooltip content={t(`masspay.common.environmentText.${environment}`)}>
      <Badge size="2xsmall" color={COLOR[environment]} tabIndex={0}>
        {t(`masspay.common.environment.${environment}`)}
      </Badge>
    </Tooltip>
  )
}
