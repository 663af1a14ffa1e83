import type { AttributeSpec } from "./types"

function text(
  type: string,
  label: string,
  validation: string,
  more: Partial<AttributeSpec> = {}
): AttributeSpec {
  return {
    type,
    label,
    validation,
    input_type: "text",
    is_optional: false,
    ...more,
  }
}

function options(
  type: string,
  label: string,
  choices: readonly string[]
): AttributeSpec {
  const validation = `^(${choices.join("|")})$`
  return text(type, label, validation, { input_type: "options" })
}

/** The fields payers ask for, by a name of the sandbox's own. */
export const SPECS = {
  routing: text("BankRoutingNumber", "Routing number", "^\\d{9}$"),
  account_us: text("BankAccountNumber", "Account number", "^\\d{4,17}$"),
  account_type: options("BankAccountType", "Account type", [
    "Checking",
    "Savings",
  ]),
  iban_de: text("BankAccountNumber", "IBAN", "^DE\\d{20}$", {
    expected_value: "DE followed by 20 digits",
  }),
  iban_fr: text("BankAccountNumber", "IBAN", "^FR\\d{12}[A-Z0-9]{11}\\d{2}$", {
    expected_value: "FR followed by 25 characters",
  }),
  account_name: text(
    "BankAccountName",
    "Name of the account holder",
    "^.{2,70}$",
    { is_optional: true }
  ),
  sort_code: text("BankRoutingNumber", "Sort code", "^\\d{6}$"),
  account_gb: text("BankAccountNumber", "Account number", "^\\d{8}$"),
  clabe: text("BankAccountNumber", "CLABE", "^\\d{18}$", {
    expected_value: "18 digits",
  }),
  second_last_name: text("SecondLastName", "Second last name", "^.{1,50}$", {
    is_optional: true,
  }),
  account_ke: text("BankAccountNumber", "Account number", "^\\d{8,16}$"),
  branch_ke: text("BankAccountBranchNumber", "Branch code", "^\\d{5}$"),
  phone_ke: text("PhoneNumber", "Mobile number", "^254\\d{9}$", {
    expected_value: "254 followed by 9 digits",
  }),
  account_ph: text("BankAccountNumber", "Account number", "^\\d{10,16}$"),
  phone_ph: text("PhoneNumber", "Mobile number", "^63\\d{10}$", {
    expected_value: "63 followed by 10 digits",
  }),
  account_in: text("BankAccountNumber", "Account number", "^\\d{9,18}$"),
  ifsc: text("BankAccountBranchNumber", "IFSC", "^[A-Z]{4}0[A-Z0-9]{6}$"),
  remittance: options("RemittanceReason", "Reason of payment", [
    "Business",
    "Family support",
    "Savings",
  ]),
  cpf: text("IdentificationNumber", "CPF", "^\\d{11}$"),
  branch_br: text("BankAccountBranchNumber", "Agency", "^\\d{4}$"),
  account_br: text("BankAccountNumber", "Account number", "^\\d{4,12}$"),
  account_type_br: options("BankAccountType", "Account type", [
    "Corrente",
    "Poupanca",
  ]),
  id_type_co: options("IdentificationType", "Kind of document", [
    "CC",
    "CE",
    "PA",
  ]),
  id_number_co: text(
    "IdentificationNumber",
    "Document number",
    "^[A-Z0-9]{5,12}$"
  ),
  account_co: text("BankAccountNumber", "Account number", "^\\d{9,16}$"),
  account_type_co: options("BankAccountType", "Account type", [
    "Ahorros",
    "Corriente",
  ]),
  bank_jp: text("BankName", "Bank", "^.{2,40}$"),
  branch_jp: text("BankAccountBranchNumber", "Branch number", "^\\d{3}$"),
  account_jp: text("BankAccountNumber", "Account number", "^\\d{7}$"),
  account_ng: text("BankAccountNumber", "NUBAN", "^\\d{10}$"),
  phone_ng: text("PhoneNumber", "Mobile number", "^234\\d{10}$"),
  date_of_birth: text(
    "DateOfBirth",
    "Date of birth",
    "^\\d{4}-\\d{2}-\\d{2}$",
    { input_type: "date", expected_value: "YYYY-MM-DD" }
  ),
  phone: text("PhoneNumber", "Mobile number", "^\\d{7,15}$"),
  address: text("Address1", "Street and number", "^.{3,80}$"),
  city: text("City", "City", "^.{2,50}$"),
  id_selfie: text("IDSelfieCollection", "Government issued ID", "^.*$"),
} as const satisfies Record<string, AttributeSpec>

export type SpecName = keyof typeof SPECS

/** Collected through a link: nobody types it in. */
export const COLLECTED_BY_LINK = "IDSelfieCollection"
