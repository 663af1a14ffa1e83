import { Input, Label, toast } from "@medusajs/ui"
import { type ReactNode, useId, useState } from "react"
import { useTranslation } from "react-i18next"

import type { AdminPayeeDetail } from "../../../types/http-collect"
import type {
  AdminDestination,
  AdminDestinationResponse,
  DestinationRouteListResponse,
} from "../../../types/http-destinations"
import { useSettled } from "../../hooks/use-settled"
import { get, post, segment } from "../../lib/api"
import { readWish, type RouteWish, shownTerms } from "../../lib/destinations"
import { ActionDialog } from "../common/action-dialog"
import { RouteChoice } from "./route-choice"

type ChooseDialogProps = {
  payee: AdminPayeeDetail
  /** The one that another shall take the place of; `null`: whatever there is. */
  instead_of: AdminDestination | null
  onChosen: (destination: AdminDestination | null) => void
  onClose: () => void
}

type Offered = {
  /** What was asked for. */
  wish: RouteWish
  amount: string | null
  list: DestinationRouteListResponse
}

/** Asks MassPay how the vendor can be paid, the best way first, and chooses one on the terms that are shown. */
export function ChooseDialog({
  payee,
  instead_of,
  onChosen,
  onClose,
}: ChooseDialogProps) {
  const { t } = useTranslation()
  const first = instead_of?.currency_code ?? currencyOf(payee)
  const [typed, setTyped] = useState<RouteWish>({
    currency_code: first,
    destination_currency_code: instead_of?.destination_currency_code ?? first,
    country_code: instead_of?.country_code ?? payee.country_code ?? "",
  })
  const [token, setToken] = useState<string | null>(null)
  const settled = useSettled(typed)
  const wish = readWish(settled)
  const isSettled = settled === typed
  const path = `payees/${segment(payee.id)}/destinations`

  const ask = async (): Promise<Offered | null> => {
    if (!wish) return null
    const amount = dueIn(payee, wish.currency_code)
    const list = await get<DestinationRouteListResponse>(`${path}/routes`, {
      ...wish,
      ...(amount && { amount }),
    })
    return { wish, amount, list }
  }
  /** The one that was clicked, else the one to choose first. */
  const chosenIn = ({ list: { routes } }: Offered) =>
    routes.find(({ destination_token }) => destination_token === token) ??
    routes[0]

  return (
    <ActionDialog
      subject={`choose-destination:${payee.id}`}
      title={t("masspay.destinations.choose.title", {
        vendor: payee.name ?? payee.vendor_id,
      })}
      description={t("masspay.destinations.choose.text")}
      confirmLabel={t("masspay.destinations.choose.confirm")}
      checkKey={JSON.stringify(wish)}
      check={ask}
      canConfirm={(offered) =>
        isSettled && offered !== null && chosenIn(offered) !== undefined
      }
      preview={(offered) =>
        offered && (
          <RouteChoice
            {...offered.list}
            amount={offered.amount}
            chosen={chosenIn(offered)?.destination_token ?? null}
            onChoose={setToken}
          />
        )
      }
      act={(request, offered) => {
        const route = offered && chosenIn(offered)
        if (!offered || !route) throw new Error("No route is chosen")
        return post<AdminDestinationResponse>(path, {
          ...request,
          currency_code: offered.wish.currency_code,
          country_code: offered.wish.country_code,
          destination_token: route.destination_token,
          destination_currency_code: route.destination_currency_code,
          ...(offered.amount && { amount: offered.amount }),
          shown: shownTerms(route),
        })
      }}
      onDone={({ destination }) => {
        toast.success(t("masspay.destinations.choose.done"))
        onChosen(destination)
      }}
      onClose={onClose}
    >
      <div className="grid grid-cols-1 gap-3 sm:grid-cols-3">
        {(
          [
            "currency_code",
            "destination_currency_code",
            "country_code",
          ] as const
        ).map((name) => (
          <Typed key={name} label={t(`masspay.destinations.choose.${name}`)}>
            {(id) => (
              <Input
                id={id}
                size="small"
                autoComplete="off"
                maxLength={name === "destination_currency_code" ? 5 : 3}
                value={typed[name]}
                onChange={(event) =>
                  setTyped({ ...typed, [name]: event.target.value })
                }
              />
            )}
          </Typed>
        ))}
      </div>
      {wish === null && isSettled && (
        <p role="status" className="txt-compact-small text-ui-fg-subtle">
          {t("masspay.destinations.choose.incomplete")}
        </p>
      )}
    </ActionDialog>
  )
}

function Typed({
  label,
  children,
}: {
  label: string
  children: (id: string) => ReactNode
}) {
  const id = useId()
  return (
    <div className="flex flex-col gap-y-1">
      <Label size="small" htmlFor={id}>
        {label}
      </Label>
      {children(id)}
    </div>
  )
}

/** The currency that she is owed something in, else one that she was ever owed. */
function currencyOf({ balances }: AdminPayeeDetail): string {
  const owed = balances.find(({ open }) => isPositive(open))
  return (owed ?? balances[0])?.currency_code ?? ""
}

/** What is due in a currency, to ask about fees for just that; `null`: nothing. */
function dueIn(
  { balances }: AdminPayeeDetail,
  currency_code: string
): string | null {
  const due = balances.find((one) => one.currency_code === currency_code)?.due
  return due !== undefined && isPositive(due) ? due : null
}

function isPositive(amount: string): boolean {
  return !amount.startsWith("-") && /[1-9]/.test(amount)
}
