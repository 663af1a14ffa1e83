import { useTranslation } from "react-i18next"

import type { AdminDiscrepancy } from "../../../types/http-reconciliation"
import { useOperatorName } from "../../hooks/operators"
import { factsOf } from "../../lib/reconciliation"
import { humanize } from "../../lib/texts"

/** What either side says, folded away; and why somebody put it at rest. */
export function Sides({
  discrepancy: { ours, theirs, resolved_by, resolved_reason },
}: {
  discrepancy: AdminDiscrepancy
}) {
  const { t } = useTranslation()
  const nameOf = useOperatorName()

  return (
    <details className="txt-compact-small whitespace-normal py-2">
      <summary className="text-ui-tag-blue-text focus-visible:shadow-borders-focus w-fit cursor-pointer rounded-sm outline-none">
        {t("masspay.reconciliation.compare")}
      </summary>
      <Side title={t("masspay.reconciliation.ours")} facts={factsOf(ours)} />
      <Side
        title={t("masspay.reconciliation.theirs")}
        facts={factsOf(theirs)}
      />
      {resolved_reason && (
        <p className="text-ui-fg-subtle pt-2 text-pretty">
          {t("masspay.people.byBecause", {
            actor: nameOf(resolved_by ?? "system"),
            reason: resolved_reason,
          })}
        </p>
      )}
    </details>
  )
}

function Side({
  title,
  facts,
}: {
  title: string
  facts: ReturnType<typeof factsOf>
}) {
  const { t } = useTranslation()

  return (
    <section className="pt-2">
      <h3 className="font-medium">{title}</h3>
      {facts.length === 0 ? (
        <p className="text-ui-fg-subtle">
          {t("masspay.reconciliation.nothingThere")}
        </p>
      ) : (
        <dl>
          {facts.map(({ name, value }) => (
            <div key={name} className="flex gap-x-2">
              <dt className="text-ui-fg-subtle shrink-0">{humanize(name)}</dt>
              <dd className="break-all">{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  )
}
