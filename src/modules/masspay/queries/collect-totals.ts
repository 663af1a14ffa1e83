import type { CollectVerdict, NotPaidReason } from "../../../domain/collect"
import type { AdminPayoutPreviewTotal } from "../../../types/http"
import { amountText } from "./dto"

type Sum = { vendors: number; open: bigint; due: bigint }

/** What is decided about many vendors, by currency, and within it by reason. */
export class PreviewTotals {
  private readonly currencies = new Map<
    string,
    Sum & { pays: bigint; reasons: Map<NotPaidReason, Sum> }
  >()

  add({
    currency_code,
    verdict,
  }: {
    currency_code: string
    verdict: CollectVerdict
  }): void {
    const total = this.currencies.get(currency_code) ?? {
      ...nothing(),
      pays: 0n,
      reasons: new Map<NotPaidReason, Sum>(),
    }
    const reason = total.reasons.get(verdict.reason) ?? nothing()
    total.pays += verdict.pays ?? 0n
    for (const sum of [total, reason]) {
      sum.vendors += 1
      sum.open += verdict.open
      sum.due += verdict.due
    }
    total.reasons.set(verdict.reason, reason)
    this.currencies.set(currency_code, total)
  }

  all(): AdminPayoutPreviewTotal[] {
    return [...this.currencies]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([currency_code, { pays, reasons, ...total }]) => ({
        currency_code,
        ...textOf(total, currency_code),
        pays: amountText(pays, currency_code),
        reasons: [...reasons]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([reason, sum]) => ({
            reason,
            ...textOf(sum, currency_code),
          })),
      }))
  }
}

function nothing(): Sum {
  return { vendors: 0, open: 0n, due: 0n }
}

function textOf(
  { vendors, open, due }: Sum,
  currency_code: string
): { vendors: number; open: string; due: string } {
  return {
    vendors,
    open: amountText(open, currency_code),
    due: amountText(due, currency_code),
  }
}
