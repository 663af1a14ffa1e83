import { ArrowDownTray } from "@medusajs/icons"
import { Button, Container, Input, Label, Select, toast } from "@medusajs/ui"
import { useId, useState } from "react"
import { useTranslation } from "react-i18next"

import type { AdminPayeeDetail } from "../../../types/http-collect"
import { segment } from "../../lib/api"
import { downloadFile } from "../../lib/download-file"
import { dayAfter, monthBefore } from "../../lib/payee"
import { explainError } from "../common/load-error"
import { NothingHere, SectionHeader } from "../common/section"

const FORMATS = ["csv", "html"] as const
type Format = (typeof FORMATS)[number]

/** Her statement for a span of days: for a spreadsheet, and to read or print. */
export function StatementSection({ payee }: { payee: AdminPayeeDetail }) {
  const { t } = useTranslation()
  const currencies = payee.balances.map(({ currency_code }) => currency_code)

  return (
    <Container
      className="divide-y overflow-hidden p-0"
      data-testid="masspay-payee-statement"
    >
      <SectionHeader
        title={t("masspay.payee.statement.title")}
        subtitle={t("masspay.payee.statement.subtitle")}
      />
      {currencies.length === 0 ? (
        <NothingHere title={t("masspay.payee.statement.empty")} />
      ) : (
        <StatementForm payee_id={payee.id} currencies={currencies} />
      )}
    </Container>
  )
}

function StatementForm({
  payee_id,
  currencies,
}: {
  payee_id: string
  currencies: string[]
}) {
  const { t } = useTranslation()
  const ids = { currency: useId(), from: useId(), to: useId() }
  const [currency_code, setCurrency] = useState(currencies[0] ?? "")
  const [from, setFrom] = useState(() => monthBefore(new Date(), 0).from)
  const [last, setLast] = useState(() => new Date().toISOString().slice(0, 10))
  const to = dayAfter(last)
  const isSpan = to !== null && from !== "" && from < to
  const [busy, setBusy] = useState<Format | null>(null)

  const download = async (format: Format) => {
    setBusy(format)
    try {
      await downloadFile(`payees/${segment(payee_id)}/statement.${format}`, {
        query: { currency_code, from, to: to ?? "" },
        type: `text/${format}`,
        fallbackName: `statement.${format}`,
      })
    } catch (error) {
      toast.error(t("masspay.payee.statement.failed"), {
        description: explainError(t, error).text,
      })
    } finally {
      setBusy(null)
    }
  }

  return (
    <div className="flex flex-col gap-y-4 px-6 py-4">
      <div className="grid grid-cols-1 gap-3 sm:grid-cols-3">
        <div className="flex flex-col gap-y-1">
          <Label size="small" htmlFor={ids.currency}>
            {t("masspay.payee.statement.currency")}
          </Label>
          <Select
            size="small"
            value={currency_code}
            onValueChange={setCurrency}
          >
            <Select.Trigger id={ids.currency}>
              <Select.Value />
            </Select.Trigger>
            <Select.Content>
              {currencies.map((code) => (
                <Select.Item key={code} value={code}>
                  {code}
                </Select.Item>
              ))}
            </Select.Content>
          </Select>
        </div>
        <div className="flex flex-col gap-y-1">
          <Label size="small" htmlFor={ids.from}>
            {t("masspay.payee.statement.from")}
          </Label>
          <Input
            id={ids.from}
            type="date"
            size="small"
            value={from}
            onChange={(event) => setFrom(event.target.value)}
          />
        </div>
        <div className="flex flex-col gap-y-1">
          <Label size="small" htmlFor={ids.to}>
            {t("masspay.payee.statement.to")}
          </Label>
          <Input
            id={ids.to}
            type="date"
            size="small"
            value={last}
            aria-invalid={!isSpan}
            onChange={(event) => setLast(event.target.value)}
          />
        </div>
      </div>
      <div className="flex flex-wrap gap-2">
        {isSpan ? (
          FORMATS.map((format) => (
            <Button
              key={format}
              size="small"
              variant="secondary"
              type="button"
              isLoading={busy === format}
              onClick={() => void download(format)}
            >
              <ArrowDownTray aria-hidden />
              {t(`masspay.payee.statement.${format}`)}
            </Button>
          ))
        ) : (
          <span role="alert" className="txt-compact-small text-ui-fg-error">
            {t("masspay.payee.statement.noSpan")}
          </span>
        )}
      </div>
    </div>
  )
}
