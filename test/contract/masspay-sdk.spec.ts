import { ApiError, IDUpload, MasspayJsSdk } from "masspay-js-sdk"

import { type Sandbox, startSandbox } from "../../sandbox"

/** The official client is the one reading of the API that we did not write. */
describe("MassPay's own JavaScript SDK against the sandbox", () => {
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

  async function createUser(): Promise<string> {
    const user = await sdk.UserService.createUser({
      internal_user_id: "vendor-1",
      country: "USA",
      first_name: "Ada",
      last_name: "Byron",
      email: "ada@example.com",
    })
    return user.user_token
  }

  it("creates a user, finds her, loads her and reads the load back", async () => {
    const userToken = await createUser()
    const found = await sdk.UserService.userLookup(
      "ada@example.com",
      "Ada",
      "vendor-1"
    )
    const balances = await sdk.AccountService.getAccountBalance()
    const funding = balances.find((row) => row.currency_code === "USD")
    const load = await sdk.LoadService.loadUser(
      userToken,
      {
        client_load_id: "load-1",
        source_token: funding?.token ?? "",
        amount: 100.5,
        source_currency_code: "USD",
        notes: "Order 7",
        notify_user: false,
      },
      "load-1-1"
    )
    const loads = await sdk.LoadService.getUserLoadsByToken(userToken)
    const wallets = await sdk.WalletService.getWallet(userToken)

    expect(found.user_token).toBe(userToken)
    expect(load.status).toBe("COMPLETED")
    expect(loads).toMatchObject([
      {
        load_token: load.load_token,
        client_load_id: "load-1",
        amount: 100.5,
        status: "COMPLETED",
      },
    ])
    expect(wallets).toMatchObject([
      { token: load.wallet_token, balance: 100.5, currency_code: "USD" },
    ])
    const after = await sdk.AccountService.getAccountBalance()
    expect(after.find((row) => row.token === funding?.token)?.balance).toBe(
      999_899.5
    )
  })

  it("replays a load under its key and reverses it", async () => {
    const userToken = await createUser()
    const [funding] = await sdk.AccountService.getAccountBalance()
    const order = {
      client_load_id: "load-1",
      source_token: funding?.token ?? "",
      amount: 5,
      source_currency_code: funding?.currency_code ?? "",
    }

    const first = await sdk.LoadService.loadUser(userToken, order, "key")
    const again = await sdk.LoadService.loadUser(userToken, order, "key")
    await sdk.LoadService.cancelUserLoad(userToken, first.load_token)

    expect(again).toEqual(first)
    const [load] = await sdk.LoadService.getUserLoadsByToken(userToken)
    expect(load?.status).toBe("CANCELLED")
    expect(sandbox.control.audit()).toMatchObject({
      is_sound: true,
      executed_loads: { "load-1": 1 },
    })
  })

  it("spends a load back and reads both from the history", async () => {
    const userToken = await createUser()
    const balances = await sdk.AccountService.getAccountBalance()
    const funding = balances.find((row) => row.currency_code === "USD")
    const load = await sdk.LoadService.loadUser(userToken, {
      client_load_id: "load-1",
      source_token: funding?.token ?? "",
      amount: 100.5,
      source_currency_code: "USD",
    })
    const order = {
      client_spendback_id: "back-1",
      source_token: load.wallet_token,
      source_currency_code: "USD",
      amount: 40.25,
    }

    const back = sdk.SpendBackService
    const first = await back.initiateSpendback(userToken, "key", order)
    const again = await back.initiateSpendback(userToken, "key", order)
    const list = await back.getUserSpendbacksByToken(userToken)
    const history = await sdk.UserService.getUserHistory(userToken)

    expect(first.status).toBe("success")
    expect(again).toEqual(first)
    expect(list).toMatchObject([
      {
        spendback_token: first.spendback_token,
        client_spendback_id: "back-1",
        source_token: load.wallet_token,
        wallet_token: funding?.token,
        amount: 40.25,
      },
    ])
    expect(history.map((row) => row.type).sort()).toEqual([
      "load",
      "spend back",
    ])
    const [wallet] = await sdk.WalletService.getWallet(userToken)
    expect(wallet?.balance).toBe(60.25)
  })

  it("asks a user for papers and for a tax form", async () => {
    const userToken = await createUser()
    const kyc = sdk.KycService

    const veriff = await kyc.getUserUserTokenKycVeriff(userToken)
    const au10tix = await kyc.getUserUserTokenKycAu10Tix(userToken)
    await kyc.uploadIdPhotos(userToken, [
      { type: IDUpload.type.FACE, content: "/9j/4AA=" },
    ])
    const sessions = await kyc.getUserUserTokenKycAttempts(userToken)
    const tax = await sdk.TaxService.getTaxInterviewLink(
      userToken,
      "https://shop.example/vendor?tab=tax&done=1"
    )

    expect(veriff.session_url).toMatch(/^https:\/\/magic\.veriff\.me\/v/)
    expect(au10tix.session_url).toContain(`${sandbox.url}/upload/`)
    expect(sessions.map(({ provider, status }) => [provider, status])).toEqual([
      ["Veriff", "Started"],
      ["Au10tix", "Started"],
      ["Veriff", "Approved"],
    ])
    expect(tax.interview_url).toContain(`${sandbox.url}/tax/`)
  })

  it("takes the key with a Bearer in front as well", async () => {
    const bearer = new MasspayJsSdk({
      BASE: `${sandbox.url}/v1.0.0`,
      AUTHORIZER_NAME_API_KEY: `Bearer ${sandbox.apiKey}`,
    })

    await expect(
      bearer.AccountService.getAccountBalance()
    ).resolves.toHaveLength(2)
  })

  it("gets errors in the shape it knows", async () => {
    const refused = await sdk.UserService.getUserByToken("usr_nobody").catch(
      (error: unknown) => error
    )

    expect(refused).toBeInstanceOf(ApiError)
    expect(refused).toMatchObject({
      status: 404,
      message: "Not found.",
      body: { code: 404 },
    })
  })
})
