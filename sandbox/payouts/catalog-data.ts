import type { SpecName } from "./attribute-specs"
import type { DeliveryType } from "./types"

export type Country = {
  code: string
  three_letter_code: string
  name: string
  currency_code: string
}

export const COUNTRIES: readonly Country[] = [
  country("US", "USA", "United States", "USD"),
  country("DE", "DEU", "Germany", "EUR"),
  country("GB", "GBR", "United Kingdom", "GBP"),
  country("MX", "MEX", "Mexico", "MXN"),
  country("KE", "KEN", "Kenya", "KES"),
  country("PH", "PHL", "Philippines", "PHP"),
  country("IN", "IND", "India", "INR"),
  country("BR", "BRA", "Brazil", "BRL"),
  country("CO", "COL", "Colombia", "COP"),
  country("JP", "JPN", "Japan", "JPY"),
  country("NG", "NGA", "Nigeria", "NGN"),
  country("FR", "FRA", "France", "EUR"),
]

function country(
  code: string,
  three_letter_code: string,
  name: string,
  currency_code: string
): Country {
  return { code, three_letter_code, name, currency_code }
}

/** Amounts in cents of a US dollar; 0 for no bound. */
export type PayerData = {
  country_code: string
  company: string
  payer_name: string
  delivery_type: DeliveryType
  /** Besides that of its country. */
  also: readonly string[]
  fee_cents: number
  fee_bps: number
  /** What it keeps of the rate. */
  spread_bps: number
  min_cents: number
  max_cents: number
  hours: number
  locations: number
  is_dynamic_token: boolean
  /** Pays to any account of its kind, not to its own customers only. */
  is_generic: boolean
  description: string
  asks: readonly SpecName[]
}

type Terms = Partial<Omit<PayerData, "country_code" | "asks">>

const BANK: Terms = {
  delivery_type: "BANK_DEPOSIT",
  fee_cents: 150,
  min_cents: 100,
  max_cents: 1_000_000,
  hours: 24,
  is_generic: true,
  description: "To any bank account of the country",
}
const CASH: Terms = {
  delivery_type: "CASH_PICKUP",
  fee_cents: 399,
  spread_bps: 100,
  min_cents: 500,
  max_cents: 100_000,
  hours: 1,
  locations: 120,
  description: "Cash at any of its counters, with a pickup code",
}
const WALLET: Terms = {
  delivery_type: "MOBILE_WALLET",
  fee_cents: 75,
  spread_bps: 50,
  min_cents: 100,
  max_cents: 50_000,
  hours: 0,
  is_dynamic_token: true,
  description: "To a wallet on a mobile phone",
}

function payer(
  country_code: string,
  payer_name: string,
  terms: Terms,
  asks: readonly SpecName[]
): PayerData {
  return {
    country_code,
    company: payer_name,
    payer_name,
    delivery_type: "BANK_DEPOSIT",
    also: [],
    fee_cents: 0,
    fee_bps: 0,
    spread_bps: 0,
    min_cents: 0,
    max_cents: 0,
    hours: 0,
    locations: 0,
    is_dynamic_token: false,
    is_generic: false,
    description: "",
    ...terms,
    asks,
  }
}

const US_BANK = ["routing", "account_us", "account_type"] as const
const EXPRESS = { ...BANK, fee_cents: 500, hours: 2, spread_bps: 75 }

/** Names that no company bears. */
export const PAYERS: readonly PayerData[] = [
  payer("USA", "Sandbox Bank USA", BANK, US_BANK),
  payer(
    "USA",
    "Sandbox Express USA",
    { ...EXPRESS, company: "Sandbox Bank USA", is_generic: false },
    US_BANK
  ),
  payer(
    "USA",
    "Sandbox Card",
    { delivery_type: "MASSPAY_CARD", fee_bps: 100, max_cents: 500_000 },
    []
  ),
  payer(
    "USA",
    "Sandbox Check USA",
    {
      delivery_type: "PAPER_CHECK",
      fee_cents: 300,
      min_cents: 1_000,
      hours: 168,
      is_generic: true,
    },
    ["address", "city"]
  ),
  payer("DEU", "Sandbox Bank Germany", { ...BANK, fee_cents: 90 }, [
    "iban_de",
    "account_name",
  ]),
  payer(
    "DEU",
    "Sandbox Sofortbank",
    { ...EXPRESS, is_generic: false, also: ["USD"] },
    ["iban_de", "account_name"]
  ),
  payer("GBR", "Sandbox Bank Britain", BANK, ["sort_code", "account_gb"]),
  payer("MEX", "Sandbox Bank Mexico", { ...BANK, also: ["USD"] }, [
    "clabe",
    "second_last_name",
  ]),
  payer("MEX", "Sandbox Efectivo", CASH, ["date_of_birth", "phone"]),
  payer("KEN", "Sandbox Bank Kenya", BANK, ["account_ke", "branch_ke"]),
  payer("KEN", "Sandbox Pesa", WALLET, ["phone_ke"]),
  payer("PHL", "Sandbox Bank Manila", BANK, ["account_ph"]),
  payer("PHL", "Sandbox Cash Islands", CASH, ["date_of_birth", "phone_ph"]),
  payer("PHL", "Sandbox Isla Wallet", WALLET, ["phone_ph"]),
  payer("IND", "Sandbox Bank India", BANK, [
    "account_in",
    "ifsc",
    "remittance",
  ]),
  payer("BRA", "Sandbox Banco Brasilia", { ...BANK, min_cents: 1_000 }, [
    "cpf",
    "branch_br",
    "account_br",
    "account_type_br",
  ]),
  payer("COL", "Sandbox Banco Colombia", BANK, [
    "id_type_co",
    "id_number_co",
    "account_co",
    "account_type_co",
  ]),
  payer("COL", "Sandbox Giros", CASH, ["id_type_co", "id_number_co", "phone"]),
  payer("JPN", "Sandbox Bank Japan", { ...BANK, fee_cents: 250 }, [
    "bank_jp",
    "branch_jp",
    "account_jp",
    "account_name",
  ]),
  payer("NGA", "Sandbox Bank Lagos", BANK, ["account_ng"]),
  payer("NGA", "Sandbox Cash Lagos", CASH, [
    "date_of_birth",
    "phone_ng",
    "id_selfie",
  ]),
  payer("FRA", "Sandbox Banque France", BANK, ["iban_fr", "account_name"]),
]
