import { Button, Text } from "@medusajs/ui"
import { useState } from "react"
import { useTranslation } from "react-i18next"

import type { AdminPayeeDetail } from "../../../types/http-collect"
import type {
  AdminDestination,
  AdminDestinationListResponse,
} from "../../../types/http-destinations"
import { useDestinations } from "../../hooks/destinations"
import { NothingHere, Section } from "../common/section"
import { ChooseDialog } from "./choose-dialog"
import { DestinationDetails, DestinationRow } from "./destination-row"
import { DetailsDialog } from "./details-dialog"
import { MethodDialog } from "./method-dialog"

type Open =
  | { dialog: "method" }
  | { dialog: "choose"; instead_of: AdminDestination | null }
  | { dialog: "details"; destination: AdminDestination }

/** How she is paid, and where money goes that is paid to her directly. */
export function DestinationsSection({ payee }: { payee: AdminPayeeDetail }) {
  const { t } = useTranslation()
  const query = useDestinations(payee.id)
  const [open, setOpen] = useState<Open | null>(null)
  const close = () => setOpen(null)
  const isLinked = payee.user_token !== null

  return (
    <>
      <Section
        testId="masspay-payee-destinations"
        title={t("masspay.destinations.title")}
        subtitle={query.data && <MethodWords {...query.data.method} />}
        loading={t("masspay.destinations.loading")}
        query={query}
        body={(data) => (
          <List
            data={data}
            isLinked={isLinked}
            onChoose={(instead_of) => setOpen({ dialog: "choose", instead_of })}
            onDetails={(destination) =>
              setOpen({ dialog: "details", destination })
            }
          />
        )}
      >
        <Button
          size="small"
          variant="secondary"
          type="button"
          onClick={() => setOpen({ dialog: "method" })}
        >
          {t("masspay.destinations.method.change")}
        </Button>
        {isLinked && (
          <Button
            size="small"
            variant="secondary"
            type="button"
            onClick={() => setOpen({ dialog: "choose", instead_of: null })}
          >
            {t("masspay.destinations.choose.open")}
          </Button>
        )}
      </Section>
      {open?.dialog === "method" && (
        <MethodDialog payee={payee} onClose={close} />
      )}
      {open?.dialog === "choose" && (
        <ChooseDialog
          payee={payee}
          instead_of={open.instead_of}
          onChosen={(destination) => {
            if (destination?.status === "incomplete") {
              setOpen({ dialog: "details", destination })
            } else close()
          }}
          onClose={() =>
            // What was chosen may have opened the next step already.
            setOpen((now) => (now?.dialog === "choose" ? null : now))
          }
        />
      )}
      {open?.dialog === "details" && (
        <DetailsDialog
          payee_id={payee.id}
          destination={open.destination}
          onClose={close}
        />
      )}
    </>
  )
}

function MethodWords({
  own,
  effective,
}: AdminDestinationListResponse["method"]) {
  const { t } = useTranslation()

  return (
    <>
      {t(`masspay.destinations.method.${effective}`)} (
      {t(
        own === null ? "masspay.payee.terms.shops" : "masspay.payee.terms.own"
      )}
      )
    </>
  )
}

function List({
  data: { method, destinations, replaced },
  isLinked,
  onChoose,
  onDetails,
}: {
  data: AdminDestinationListResponse
  isLinked: boolean
  onChoose: (instead_of: AdminDestination) => void
  onDetails: (destination: AdminDestination) => void
}) {
  const { t } = useTranslation()
  const isDirect = method.effective === "direct"

  return (
    <>
      {destinations.length === 0 ? (
        <NothingHere
          title={t("masspay.destinations.none")}
          text={t(
            !isLinked
              ? "masspay.destinations.noneUnlinked"
              : isDirect
                ? "masspay.destinations.noneDirect"
                : "masspay.destinations.noneWallet"
          )}
        />
      ) : (
        <ul className="divide-y">
          {destinations.map((destination) => (
            <DestinationRow
              key={destination.id}
              destination={destination}
              onChoose={onChoose}
              onDetails={onDetails}
            />
          ))}
        </ul>
      )}
      {replaced.length > 0 && (
        <details className="group">
          <summary className="hover:bg-ui-bg-base-hover transition-fg focus-visible:shadow-borders-focus txt-compact-small-plus cursor-pointer rounded-lg px-6 py-3 outline-none">
            {t("masspay.destinations.earlier", { count: replaced.length })}
          </summary>
          <ul className="flex flex-col gap-y-3 px-6 pb-4 pt-1">
            {replaced.map((one) => (
              <li key={one.id}>
                <Text size="small" leading="compact" as="div">
                  <DestinationDetails destination={one} />
                </Text>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}
