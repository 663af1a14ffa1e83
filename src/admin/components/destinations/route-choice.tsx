import { Badge, Label, RadioGroup, Text } from "@medusajs/ui"
import { useId } from "react"
import { useTranslation } from "react-i18next"

import type {
  DestinationRoute,
  DestinationRouteListResponse,
} from "../../../types/http-destinations"
import { useMoney } from "../../hooks/use-money"
import { ExactTime } from "../common/time-ago"
import { deliveryWord, useTermsWords } from "./destination-words"

type RouteChoiceProps = DestinationRouteListResponse & {
  /** What fees were asked for; `null`: no amount. */
  amount: string | null
  chosen: string | null
  onChoose: (destination_token: string) => void
}

/** The ways that MassPay offers now, the one to choose first on top, each with its terms. */
export function RouteChoice({
  currency_code,
  routes,
  found_by,
  amount,
  chosen,
  onChoose,
}: RouteChoiceProps) {
  const { t } = useTranslation()
  const { withCode } = useMoney()
  if (routes.length === 0) {
    return (
      <Text size="small" className="text-ui-fg-subtle text-pretty">
        {t("masspay.destinations.choose.noRoute")}
      </Text>
    )
  }

  return (
    <div className="flex flex-col gap-y-2">
      <Text size="small" className="text-ui-fg-subtle text-pretty">
        {t(`masspay.destinations.choose.foundBy.${found_by}`)}
        {amount && (
          <>
            {" "}
            {t("masspay.destinations.choose.feesFor", {
              amount: withCode(amount, currency_code),
            })}
          </>
        )}
      </Text>
      <RadioGroup
        value={chosen ?? ""}
        onValueChange={onChoose}
        aria-label={t("masspay.destinations.choose.routes")}
        className="max-h-72 gap-y-2 overflow-y-auto p-0.5"
      >
        {routes.map((route, index) => (
          <Route
            key={route.destination_token}
            route={route}
            currency_code={currency_code}
            isFirst={index === 0 && routes.length > 1}
          />
        ))}
      </RadioGroup>
    </div>
  )
}

function Route({
  route,
  currency_code,
  isFirst,
}: {
  route: DestinationRoute
  currency_code: string
  isFirst: boolean
}) {
  const { t } = useTranslation()
  const termsOf = useTermsWords()
  const id = useId()
  const { destination_token, estimated_availability, fits } = route

  return (
    <div
      className="bg-ui-bg-component shadow-elevation-card-rest flex items-start gap-x-3 rounded-lg p-3"
      data-testid="masspay-route"
    >
      <RadioGroup.Item
        value={destination_token}
        id={id}
        className="mt-0.5 shrink-0"
      />
      <Label htmlFor={id} className="min-w-0 grow cursor-pointer">
        <span className="txt-compact-small-plus flex flex-wrap items-center gap-x-2 gap-y-1">
          {route.payer_name}
          {isFirst && (
            <Badge size="2xsmall" color="green">
              {t("masspay.destinations.choose.first")}
            </Badge>
          )}
          {fits !== null && fits !== "fits" && (
            <Badge size="2xsmall" color="orange">
              {t(`masspay.destinations.choose.fits.${fits}`)}
            </Badge>
          )}
        </span>
        <span className="txt-small text-ui-fg-subtle block">
          {[
            deliveryWord(t, route.delivery_type),
            ...termsOf({ ...route, currency_code }),
          ].join(" · ")}
        </span>
        {estimated_availability && (
          <span className="txt-small text-ui-fg-subtle block">
            {t("masspay.destinations.estimated")}{" "}
            <ExactTime date={estimated_availability} />
          </span>
        )}
      </Label>
    </div>
  )
}
