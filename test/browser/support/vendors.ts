import type { Page } from "playwright-core"

import type { AdminPayeeListResponse } from "../../../src/types/http"

type Payee = AdminPayeeListResponse["payees"][number]

/** What is in no payout, major units. */
export function openIn({ balances }: Payee, currency_code: string): string {
  return (
    balances.find((balance) => balance.currency_code === currency_code)?.open ??
    "0.00"
  )
}

/** Chooses what can be done about the vendor whose page is shown. */
export async function choose(page: Page, name: string): Promise<void> {
  await page
    .getByRole("button", { name: "What can be done about this vendor" })
    .click()
  await page.getByRole("menuitem", { name }).click()
}
