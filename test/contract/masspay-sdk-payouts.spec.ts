import { MasspayJsSdk } from "masspay-js-sdk"

import { type Sandbox, startSandbox } from "../../sandbox"

describe("MassPay's own JavaScript SDK pays directly through the sandbox", () => {
  let sandbox: Sandbox
  let sdk: MasspayJsSdk

  beforeEach(async () => {
    sandbox = await startSandbox()
    sdk = new MasspayJsSdk({
      BASE: `${sandbox.url}/v1.0.0`,
      AUTHORIZER_NAME_API_KEY: sandbox.apiKey,
    })
  })

  afterEach(() => sandbox.stop())

  it("from the catalogue to the confirmation, and debits once", async () => {
    const { user_token: user } = await sdk.UserService.createUser({
      internal_user_id: "vendor-1",
      country: "MEX",
      first_name: "Ada",
      last_name: "Byron",
      email: "ada@example.com",
      address1: "1 Main Street",
      city: "Monterrey",
      date_of_birth: "1990-05-17",
    })
    const countries = await sdk.CatalogService.getCountryList()
    expect(countries.map((row) => row.three_letter_code)).toContain("MEX")
    const { companies } = await sdk.CatalogService.getCountryServices(
      "MEX",
      undefined,
      undefined,
      user,
      "USD",
      "Sandbox Bank Mexico"
    )
    const destination =
      companies[0]?.services[0]?.payers[0]?.destination_token ?? ""

    const asked = await sdk.AttributeService.getAttrs(user, destination, "MXN")
    const { attr_set_token } = await sdk.AttributeService.storeAttrs(
      user,
      destination,
      "MXN",
      {
        values: asked
          .filter(({ is_optional }) => !is_optional)
          .map(({ token }) => ({ token, value: "032180000118359719" })),
      }
    )
    const balances = await sdk.AccountService.getAccountBalance()
    const source = balances.find((row) => row.currency_code === "USD")
    const quote = await sdk.PayoutService.initiatePayout(user, {
      client_transfer_id: "debt-1",
      source_token: source?.token ?? "",
      destination_token: destination,
      destination_currency_code: "MXN",
      source_amount: 100,
      attr_set_token,
    })
    const token = quote.payout_token
    const committed = await sdk.PayoutService.commitPayoutTxn(user, token, "c")
    const again = await sdk.PayoutService.commitPayoutTxn(user, token, "d")

    expect([committed.status, again.status]).toEqual(["success", "failure"])
    const status = await sdk.PayoutService.getPayoutStatus(user, token)
    expect(status).toMatchObject({ status: "COMPLETED", fee: 1.5 })
    const list = await sdk.PayoutService.getUserPayoutsByToken(user)
    expect(list.map((row) => row.client_transfer_id)).toEqual(["debt-1"])
    const confirmation =
      await sdk.PayoutService.getTransactionConfirmationDetails(user, token)
    expect(confirmation.content).toMatch(/^JVBERi0/)
    const all = await sdk.AttributeService.getAllAttrs(user)
    expect(all).toMatchObject([{ destination_token: destination }])
    const { payouts } = sandbox.control.audit()
    expect(payouts.executed).toEqual({ "debt-1": 1 })
  })

  it("makes a rule that pays on arrival, and deletes it", async () => {
    const { user_token: user } = await sdk.UserService.createUser({
      internal_user_id: "vendor-1",
      country: "USA",
      first_name: "Ada",
      last_name: "Byron",
      email: "ada@example.com",
    })
    const balances = await sdk.AccountService.getAccountBalance()
    const source = balances.find((row) => row.currency_code === "USD")
    const load = (id: string): Promise<{ wallet_token: string }> =>
      sdk.LoadService.loadUser(user, {
        client_load_id: id,
        source_token: source?.token ?? "",
        amount: 10,
      })
    const { wallet_token } = await load("a")
    const { companies } = await sdk.CatalogService.getCountryServices(
      "USA",
      undefined,
      undefined,
      undefined,
      // The SDK always sends an amount, which needs a currency.
      "USD"
    )
    const destination_token =
      companies[0]?.services[0]?.payers[0]?.destination_token ?? ""

    const rule = await sdk.WalletService.createAutopayoutRule(
      user,
      wallet_token,
      { destination_token, percentage: 100 }
    )
    await load("b")

    const [wallet] = await sdk.WalletService.getWallet(user)
    expect(wallet?.balance).toBe(10)
    await sdk.WalletService.deleteAutopayoutRule(user, wallet_token, rule.token)
    const left = await sdk.WalletService.getAutopayoutRules(user, wallet_token)
    expect(left).toEqual([])
  })
})
