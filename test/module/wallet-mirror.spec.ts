import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"

import {
  walletMirrorOf,
  wantWalletsRead,
} from "../../src/modules/masspay/queries/wallets"
import { GatewayUnreachableError } from "../../src/modules/masspay-gateway/errors"
import { dispatchPayouts } from "../../src/runners/dispatch"
import { mirrorWallets } from "../../src/runners/mirror-wallets"
import { resolvePayouts } from "../../src/runners/resolve"
import {
  aPayee,
  aPayout,
  expectBooksToAgree,
  MINUTE_MS,
  openShop,
  type Payee,
  readPayout,
  requests,
  type Shop,
} from "../support/payout-shop"

const DAY_MS = 24 * 60 * MINUTE_MS
const SRC = join(__dirname, "../../src")

/** As unlinking leaves her; whether she may be is not what this is about. */
async function unlink(payee_id: string): Promise<void> {
  await shop.books.knex.transaction(async (sql) => {
    await sql.raw(`set local session_replication_role = replica`)
    await sql.raw(
      `update masspay_payee set user_token = null, status = 'unlinked' where id = ?`,
      [payee_id]
    )
  })
}

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
})
afterEach(() => shop.close())

const mirrorOf = ({ vendor_id }: Payee) =>
  walletMirrorOf(shop.books.db, { vendor_id })
const readings = () =>
  requests(shop).filter(({ path }) => path.includes("/payout/wallet/")).length
const run = () => mirrorWallets(shop.deps())

it("shows what a payout brought soon after it completed, with the time of the reading", async () => {
  const { payee } = await aPayout(shop, { amount: 12_34n })
  expect(await mirrorOf(payee)).toBeNull()
  await dispatchPayouts(shop.deps())

  expect(await run()).toEqual({ read: 1, unread: 0 })

  const mirror = await mirrorOf(payee)
  expect(mirror?.balances).toEqual([{ currency_code: "USD", balance: "12.34" }])
  expect(Date.now() - Date.parse(mirror?.as_of ?? "")).toBeLessThan(MINUTE_MS)
  // Nothing has happened since.
  expect(await run()).toEqual({ read: 0, unread: 0 })
  expect(readings()).toBe(1)
})

it("sees what she took out herself within a day, and what she has nothing of any more", async () => {
  const { payee } = await aPayout(shop, { amount: 10_00n })
  await dispatchPayouts(shop.deps())
  await run()
  shop.sandbox.control.withdrawAll(payee.user_token)

  await shop.passTime(1.2 * DAY_MS)
  await run()

  expect(await mirrorOf(payee)).toMatchObject({
    balances: [{ currency_code: "USD", balance: "0.00" }],
  })
  expect(readings()).toBe(2)
})

it("reads payees without news once a day, spread over it, and nobody without a user", async () => {
  const payees = await Promise.all(
    Array.from({ length: 12 }, () => aPayee(shop))
  )
  await unlink(payees[0]?.id ?? "")
  const counts: number[] = []
  // The longest pause there is, so that nobody's second turn comes meanwhile.
  const runLate = () => mirrorWallets(shop.deps({ random: () => 0.99 }))
  for (let hour = 0; hour < 24; hour += 1) {
    await runLate()
    counts.push(readings())
    await shop.passTime(60 * MINUTE_MS)
  }
  await runLate()

  expect(readings()).toBe(11)
  // Not in one go: a shop of ten thousand would ask ten thousand times at once.
  expect(new Set(counts).size).toBeGreaterThan(3)
})

it("is told by a message, and still reads a payee once in five minutes at most", async () => {
  const payee = await aPayee(shop)
  const told = () =>
    wantWalletsRead(shop.books.db, { user_tokens: [payee.user_token, "none"] })
  for (let message = 0; message < 5; message += 1) {
    await told()
    await run()
  }
  expect(readings()).toBe(1)

  await shop.passTime(6 * MINUTE_MS)
  await run()
  expect(readings()).toBe(2)
})

it("keeps what it has while MassPay does not answer, and asks ever more seldom", async () => {
  const { payee } = await aPayout(shop, { amount: 5_00n })
  await dispatchPayouts(shop.deps())
  await run()
  const known = await mirrorOf(payee)
  let asked = 0
  const wire = {
    ...shop.wire,
    listWallets: () => {
      asked += 1
      return Promise.reject(new GatewayUnreachableError("down"))
    },
  }
  await shop.passTime(1.2 * DAY_MS)
  for (let minute = 0; minute < 120; minute += 10) {
    await mirrorWallets(shop.deps({ wire }))
    await shop.passTime(10 * MINUTE_MS)
  }

  expect(asked).toBeGreaterThan(2)
  expect(asked).toBeLessThan(7)
  expect(await mirrorOf(payee)).toEqual(known)
})

it("stops a run early where MassPay tells nothing at all", async () => {
  for (let n = 0; n < 8; n += 1) await aPayee(shop)
  await shop.passTime(1.2 * DAY_MS)
  let asked = 0
  const wire = {
    ...shop.wire,
    listWallets: () => {
      asked += 1
      return Promise.reject(new GatewayUnreachableError("down"))
    },
  }

  await mirrorWallets(shop.deps({ wire }))

  expect(asked).toBe(3)
})

it("two processes at once read each payee once", async () => {
  for (let n = 0; n < 30; n += 1) await aPayee(shop)
  await shop.passTime(1.2 * DAY_MS)

  const reports = await Promise.all([run(), run(), run()])

  expect(reports.reduce((sum, { read }) => sum + read, 0)).toBe(30)
  expect(readings()).toBe(30)
})

it("never shows the wallets of a user who is hers no more, nor an older reading over a newer one", async () => {
  const { payee } = await aPayout(shop, { amount: 5_00n })
  await dispatchPayouts(shop.deps())
  let meanwhile: () => Promise<unknown> = () => Promise.resolve()
  const wire = {
    ...shop.wire,
    listWallets: async (user_token: string) => {
      const wallets = await shop.wire.listWallets(user_token)
      await meanwhile()
      return wallets
    },
  }
  const slow = () => mirrorWallets(shop.deps({ wire }))
  meanwhile = () =>
    shop.books.db.rows(
      `update masspay_payee set wallets_as_of = masspay_now() + interval '1 hour',
              wallets_user_token = user_token where id = ?`,
      [payee.id]
    )
  await slow()
  expect(await mirrorOf(payee)).toMatchObject({ balances: [] })

  await shop.books.db.rows(
    `update masspay_payee set wallets_as_of = null, wallets_user_token = null,
            wallets_at = masspay_now(), wallets_not_before = masspay_now()
      where id = ?`,
    [payee.id]
  )
  let isRelinked = false
  meanwhile = async () => {
    await unlink(payee.id)
    await shop.books.db.rows(
      `update masspay_payee set user_token = 'usr_another', status = 'active'
        where id = ?`,
      [payee.id]
    )
    isRelinked = true
  }
  await slow()
  expect(isRelinked).toBe(true)
  expect(await mirrorOf(payee)).toBeNull()
})

it("changes no payout, however wrong it is", async () => {
  const outcomes: unknown[] = []
  for (const lie of [null, "0", "-999999999", "999999999999"]) {
    const payee = await aPayee(shop)
    if (lie !== null) {
      await shop.books.db.rows(
        `insert into masspay_wallet
           (id, payee_id, user_token, token, currency_code, balance, as_of)
         values (?, ?, ?, ?, 'USD', ?, masspay_now() + interval '1 year')`,
        [`mswlt_${lie}`, payee.id, payee.user_token, `usr_wlt_${lie}`, lie]
      )
      await shop.books.db.rows(
        `update masspay_payee
            set wallets_as_of = masspay_now() + interval '1 year',
                wallets_user_token = user_token, wallets_failures = 1000
          where id = ?`,
        [payee.id]
      )
    }
    const payout = await aPayout(shop, { payee, amount: 7_77n })
    const before = requests(shop).length
    await dispatchPayouts(shop.deps())
    await resolvePayouts(shop.deps())
    const { status, version } = await readPayout(shop, payout.id)
    outcomes.push({
      status,
      version,
      requests: requests(shop)
        .slice(before)
        .filter(({ path }) => !path.includes("/account/"))
        .map(({ method, path }) => `${method} ${path.split("/")[3]}`),
    })
  }

  expect(new Set(outcomes.map((one) => JSON.stringify(one))).size).toBe(1)
  expect(outcomes[0]).toMatchObject({ status: "completed" })
  await expectBooksToAgree(shop)
})

it("is read by nothing that decides: only by what shows it", () => {
  const readers = readdirSync(SRC, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file) && !file.includes("migrations"))
    .filter((file) => {
      const text = readFileSync(join(SRC, file), "utf8")
      return /masspay_wallet\b|walletMirrorOf|walletTokensOf/.test(text)
    })
    .sort()

  expect(readers).toEqual([
    "api/vendor/masspay/balance/route.ts",
    "modules/masspay/models/wallet.ts",
    "modules/masspay/queries/payee-detail.ts",
    "modules/masspay/queries/wallets.ts",
  ])
})
