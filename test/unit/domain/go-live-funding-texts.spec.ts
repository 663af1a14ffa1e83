import {
  type DirectFacts,
  type FundingFacts,
  judgeDirectMinimums,
  judgeFunding,
  judgeWalletMinimums,
} from "../../../src/domain/go-live-account"
import { linesOf, type TextCase } from "./go-live-builders"

const wallet = (
  currency_code: string,
  balance: bigint | null,
  { wanted = 0n, wallets = 1 } = {}
): FundingFacts => ({
  currency_code,
  wallets,
  wallet: balance === null ? null : { token: "wlt_1", balance },
  wanted,
})

const DIRECT: DirectFacts = {
  method: "wallet",
  vendors: 7,
  destinations: [
    { currency_code: "EUR", count: 2, unbounded: 2 },
    { currency_code: "GBP", count: 1, unbounded: 0 },
    { currency_code: "MXN", count: 3, unbounded: 1 },
    { currency_code: "USD", count: 1, unbounded: 1 },
  ],
}

it.each<TextCase>([
  [
    "not read",
    () => judgeFunding(null),
    [
      "MassPay did not say what the funding wallets hold.",
      "Make the API key right first.",
    ],
  ],
  [
    "no currency",
    () => judgeFunding([]),
    [
      "No currency is known yet: no vendor has earned anything, and no option names one.",
      "Run the checklist again after the first order, or name the currencies in payouts.minimum.",
    ],
  ],
  [
    "none, and none chosen of two",
    () =>
      judgeFunding([
        wallet("EUR", null, { wallets: 0 }),
        wallet("JPY", null, { wallets: 2 }),
        wallet("USD", 100n),
      ]),
    [
      "No funding wallet to draw from in EUR, JPY.",
      "Ask MassPay for a funding wallet in that currency. Where there are several, name one in funding.sourceTokens.",
      "EUR: no wallet, 0.00 due now",
      "JPY: 2 wallets and none chosen, 0 due now",
      "USD: 1.00 in wlt_1, 0.00 due now",
    ],
  ],
  [
    "empty",
    () =>
      judgeFunding([
        wallet("EUR", 0n),
        wallet("JPY", -5n),
        wallet("USD", 100n),
      ]),
    [
      "Nothing in the funding wallet of EUR, JPY.",
      "Fill the wallet in MassPay's dashboard.",
      "EUR: 0.00 in wlt_1, 0.00 due now",
      "JPY: -5 in wlt_1, 0 due now",
      "USD: 1.00 in wlt_1, 0.00 due now",
    ],
  ],
  [
    "less than is due",
    () =>
      judgeFunding([
        wallet("EUR", 99n, { wanted: 100n }),
        wallet("JPY", 1n, { wanted: 2n }),
        wallet("USD", 100n),
      ]),
    [
      "Less in the funding wallet of EUR, JPY than is due now. The oldest payouts are sent first, the others wait.",
      "Fill the wallet in MassPay's dashboard.",
      "EUR: 0.99 in wlt_1, 1.00 due now",
      "JPY: 1 in wlt_1, 2 due now",
      "USD: 1.00 in wlt_1, 0.00 due now",
    ],
  ],
  [
    "enough",
    () =>
      judgeFunding([wallet("EUR", 100n, { wanted: 100n }), wallet("USD", 5n)]),
    [
      "A funding wallet with enough for what is due now in EUR, USD.",
      "Nothing to do.",
      "EUR: 1.00 in wlt_1, 1.00 due now",
      "USD: 0.05 in wlt_1, 0.00 due now",
    ],
  ],
])("funding wallets, %s", (_, judged, text) => {
  expect(linesOf(judged())).toEqual(text)
})

it.each<TextCase>([
  [
    "no currency",
    () => judgeWalletMinimums({ currencies: [], minimum: {} }),
    [
      "No currency is known yet.",
      "Run the checklist again after the first order, or name the currencies in payouts.minimum.",
    ],
  ],
  [
    "two without one",
    () =>
      judgeWalletMinimums({
        currencies: ["EUR", "JPY", "USD"],
        minimum: { USD: 500n, JPY: 0n },
      }),
    [
      "No smallest payout in EUR, JPY: sums of any size are sent, also those below what MassPay takes.",
      "Ask MassPay for the smallest load in each currency, and set payouts.minimum to it or above.",
      "EUR: none",
      "JPY: 0",
      "USD: 5.00",
    ],
  ],
  [
    "set",
    () =>
      judgeWalletMinimums({
        currencies: ["JPY", "USD"],
        minimum: { USD: 500n, JPY: 100n },
      }),
    [
      "A smallest payout is set in JPY, USD. That it is not below MassPay's own, only MassPay can say.",
      "Nothing to do.",
      "JPY: 100",
      "USD: 5.00",
    ],
  ],
  [
    "no direct payouts",
    () =>
      judgeDirectMinimums({
        facts: { method: "wallet", vendors: 0, destinations: [] },
        minimum: {},
      }),
    [
      "Vendors are paid into their MassPay wallets; no payout goes direct.",
      "Nothing to do.",
    ],
  ],
  [
    "direct payouts to nowhere yet",
    () =>
      judgeDirectMinimums({
        facts: { method: "direct", vendors: 1, destinations: [] },
        minimum: {},
      }),
    [
      "Vendors are paid directly, and none of them has chosen where to.",
      "Run the checklist again when the first of them has chosen: MassPay's limits come with the destination.",
    ],
  ],
  [
    "direct payouts of any size",
    () => judgeDirectMinimums({ facts: DIRECT, minimum: { EUR: 1n } }),
    [
      "Neither MassPay nor payouts.minimum names a smallest payout for some destinations in MXN, USD: sums of any size are sent there.",
      "Ask MassPay for the smallest payout there, and set payouts.minimum to it or above.",
      "EUR: 2 chosen, 2 without a smallest payout of MassPay's",
      "GBP: 1 chosen, 0 without a smallest payout of MassPay's",
      "MXN: 3 chosen, 1 without a smallest payout of MassPay's",
      "USD: 1 chosen, 1 without a smallest payout of MassPay's",
    ],
  ],
  [
    "direct payouts that are bounded",
    () =>
      judgeDirectMinimums({
        facts: { ...DIRECT, destinations: DIRECT.destinations.slice(0, 2) },
        minimum: { EUR: 1n },
      }),
    [
      "Every destination in EUR, GBP has a smallest payout, MassPay's or that of payouts.minimum; smaller sums wait.",
      "Nothing to do.",
      "EUR: 2 chosen, 2 without a smallest payout of MassPay's",
      "GBP: 1 chosen, 0 without a smallest payout of MassPay's",
    ],
  ],
])("minimums, %s", (_, judged, text) => {
  expect(linesOf(judged())).toEqual(text)
})
