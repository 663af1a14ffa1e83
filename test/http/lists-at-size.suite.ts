import { kernelFrom } from "../../src/kernel"
import { finishedPayouts, manyPayees } from "../support/many-payouts"
import { longLists } from "../support/many-rows"
import type { HostSuite } from "./support/host"

const PAYOUTS = 50_000
const PAYEES = 5_000
const ENTRIES = 10_000
const PAGE_SIZE = 20
const TIMES = 5
const LIMIT_MS = 300

/** By which each list of the admin that grows with the shop is read, and how many rows it then has. */
const listsOf = (payee_id: string): Record<string, number> => ({
  payouts: PAYOUTS,
  "payouts?order=created_at": PAYOUTS,
  "payouts?order=amount": PAYOUTS,
  "payouts?order=-amount": PAYOUTS,
  "payouts?status=completed": PAYOUTS,
  "payouts?currency_code=usd&order=amount": PAYOUTS,
  "payouts?status=completed&order=-status": PAYOUTS,
  "payouts/preview?totals=false": PAYEES,
  "payouts/preview?totals=false&currency_code=usd": PAYEES,
  payees: PAYEES,
  "payees?order=name": PAYEES,
  "payees?status=active": PAYEES,
  "payees?currency_code=usd&order=-open": PAYEES,
  [`payees/${payee_id}/ledger?currency_code=eur`]: ENTRIES,
  discrepancies: PAYEES,
  incidents: PAYEES,
  holds: PAYEES,
  "action-requests": PAYEES,
  "kyc-requests": PAYEES,
  notifications: PAYOUTS,
  "webhook-events": PAYOUTS,
})

export const listsAtSize: HostSuite = ({ getContainer, admin }) => {
  it(`answers any page of ${PAYOUTS} payouts, ${PAYEES} payees and whatever else grows with them within ${LIMIT_MS} ms`, async () => {
    const { books } = await kernelFrom(getContainer())
    await manyPayees(books, {
      tag: "aaaaaa",
      count: PAYEES,
      createUser: ({ vendor_id }) => Promise.resolve(`usr_${vendor_id}`),
    })
    await finishedPayouts(books, {
      ...{ source_token: "wlt_long", count: PAYOUTS },
      with_history: false,
    })
    const { payee_id } = await longLists(books, {
      payouts: PAYOUTS,
      entries: ENTRIES,
    })
    await books.rows(`vacuum (analyze)`)
    const { get } = await admin()

    const took: Record<string, number> = {}
    for (const [path, rows] of Object.entries(listsOf(payee_id))) {
      for (const offset of [0, rows / 2, rows - PAGE_SIZE]) {
        const address = `${path}${path.includes("?") ? "&" : "?"}offset=${offset}&limit=${PAGE_SIZE}`
        const read = async () => {
          const began = performance.now()
          const { count, ...answer } = await get<{ count: number }>(address)
          const ms = performance.now() - began
          expect([address, count]).toEqual([address, rows])
          expect(shown(answer)).toBeGreaterThanOrEqual(PAGE_SIZE)
          return ms
        }
        await read() // What has to be loaded and planned once is not the list's.
        // The quickest: what the other shops of this machine do only adds to it.
        const times: number[] = []
        while (times.length < TIMES) times.push(await read())
        took[address] = Math.round(Math.min(...times))
      }
    }

    for (const [address, ms] of Object.entries(took)) {
      process.stdout.write(`${String(ms).padStart(4)} ms  ${address}\n`)
    }
    const late = Object.entries(took).filter(([, ms]) => ms >= LIMIT_MS)
    expect(Object.fromEntries(late)).toEqual({})
  }, 240_000)
}

/** How many rows an answer has, whatever they are called. */
function shown(answer: object): number {
  const [rows = []] = Object.values(answer).filter(Array.isArray)
  return rows.length
}
