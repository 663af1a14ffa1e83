import { randomBytes } from "node:crypto"

import { clearKycRequest } from "../../src/modules/masspay/queries/kyc-decisions"
import { listNotifications } from "../../src/modules/masspay/queries/notification-reads"
import {
  notifyOfKycRequest,
  resendNotification,
} from "../../src/modules/masspay/queries/notification-resend"
import type {
  Delivery,
  Message,
  Notifier,
} from "../../src/notifications/notifier"
import { dispatchPayouts } from "../../src/runners/dispatch"
import {
  type NotificationPolicy,
  type NotifyDeps,
  sendNotifications,
} from "../../src/runners/notify"
import { publishOutbox } from "../../src/runners/publish-outbox"
import { refreshPayee } from "../../src/runners/refresh-payees"
import { aVault, dumpOf, kycRowsOf } from "../support/kyc"
import { aPayout, MINUTE_MS, openShop, type Shop } from "../support/payout-shop"

let shop: Shop
const links = aVault()
const OPERATOR = "ops@example.com"

beforeEach(async () => {
  shop = await openShop()
})
afterEach(async () => {
  await shop.close()
})

const deps = () => shop.deps({ links })

/** A Notification module that keeps what it sent, and knows its keys as Medusa does. */
class Post implements Notifier {
  readonly sent: Message[] = []
  readonly known = new Map<string, Delivery>()
  fails = 0
  served: readonly string[] = ["email", "feed"]

  serves(channel: string): boolean {
    return this.served.includes(channel)
  }

  deliver(message: Message): Promise<Delivery> {
    if (this.fails > 0) {
      this.fails -= 1
      return Promise.reject(new Error(`no route to ${message.to}`))
    }
    const known = this.known.get(message.key)
    if (known) return Promise.resolve(known)
    this.known.set(message.key, "sent")
    this.sent.push(message)
    return Promise.resolve("sent")
  }

  to(address: string): Message[] {
    return this.sent.filter(({ to }) => to === address)
  }
  get bell(): Message[] {
    return this.sent.filter(({ channel }) => channel === "feed")
  }
}

const POLICY: NotificationPolicy = {
  channel: "email",
  from: null,
  operators: [OPERATOR],
  templates: {},
}

async function publish(): Promise<void> {
  const { books, log } = deps()
  await publishOutbox({ books, publish: () => Promise.resolve(), log })
}

async function send(
  notifier: Notifier | null,
  overrides: Partial<NotifyDeps> = {}
): Promise<number> {
  const { books, log } = deps()
  return sendNotifications({
    books,
    log,
    links,
    notifier,
    notifications: POLICY,
    ...overrides,
  })
}

async function tell(notifier: Notifier): Promise<number> {
  await publish()
  return send(notifier)
}

const rows = async () =>
  (
    await listNotifications(shop.books.db, {
      filters: {},
      limit: 100,
      offset: 0,
    })
  ).notifications

/** A vendor whom MassPay does not let be paid, and her link. */
async function lockedVendor() {
  const payout = await aPayout(shop)
  const { user_token, vendor_id } = payout.payee
  const { lock } = shop.sandbox.control.lockUser(user_token, "identity")
  await dispatchPayouts(deps())
  const request = (await kycRowsOf(shop)).find(
    (row) => row.vendor_id === vendor_id
  )
  if (!lock?.link || !request) throw new Error("She was not locked with a link")
  return {
    payout,
    link: lock.link,
    request,
    address: `${vendor_id}@example.com`,
  }
}

const asking = () => ({
  actor: "user_1",
  reason: "she asked for it",
  request_id: randomBytes(6).toString("hex"),
})

it("mails a locked vendor her link, and tells operators without it", async () => {
  const { link, address } = await lockedVendor()
  const post = new Post()
  await tell(post)

  expect(post.to(address)).toHaveLength(1)
  expect(post.to(address)[0]?.content?.text).toContain(link)
  expect(post.to(address)[0]?.content?.html).toContain(`href="${link}"`)
  expect(JSON.stringify(post.to(address)[0]?.data)).not.toContain(link)
  expect(post.to(OPERATOR)).toHaveLength(1)
  expect(post.bell).toHaveLength(1)
  expect(JSON.stringify([post.to(OPERATOR), post.bell])).not.toContain(link)
  expect((await kycRowsOf(shop))[0]?.notified_at).not.toBeNull()
})

it("keeps no link, address or word of it", async () => {
  const { link, address } = await lockedVendor()
  const post = new Post()
  post.fails = 2
  await tell(post)
  const kept = JSON.stringify(await rows()) + shop.logs.join("\n")
  const table = JSON.stringify(
    await shop.books.db.rows(`select * from masspay_notification`)
  )

  for (const secret of [link, address, OPERATOR]) {
    expect(kept).not.toContain(secret)
    expect(table).not.toContain(secret)
  }
  expect(await dumpOf(shop)).not.toContain(link)
})

it("gives each vendor her own link", async () => {
  const ada = await lockedVendor()
  const bob = await lockedVendor()
  const post = new Post()
  await tell(post)

  const [toAda] = post.to(ada.address)
  const [toBob] = post.to(bob.address)
  expect(toAda?.content?.text).toContain(ada.link)
  expect(toAda?.content?.text).not.toContain(bob.link)
  expect(toBob?.content?.text).toContain(bob.link)
  expect(toBob?.content?.text).not.toContain(ada.link)
})

it("tells once, however often it is asked and by however many", async () => {
  const { address } = await lockedVendor()
  const post = new Post()
  await Promise.all([tell(post), tell(post), tell(post)])
  await shop.passTime(60 * MINUTE_MS)
  await Promise.all([tell(post), tell(post)])

  expect(post.to(address)).toHaveLength(1)
  expect(post.to(OPERATOR)).toHaveLength(1)
})

it("does not mail again what left before the process ended", async () => {
  const { address } = await lockedVendor()
  const post = new Post()
  await publish()
  await expect(
    send(post, {
      failpoint: () => {
        throw new Error("killed")
      },
    })
  ).rejects.toThrow("killed")
  await shop.passTime(10 * MINUTE_MS)
  await send(post)

  expect(post.to(address)).toHaveLength(1)
  expect((await rows()).map(({ state }) => state)).toEqual(
    expect.arrayContaining(["sent", "sent", "sent"])
  )
})

it("says so where an earlier try was never concluded, and does not risk a second mail", async () => {
  const { address } = await lockedVendor()
  const post = new Post()
  await publish()
  for (const { key } of await shop.books.db.rows<{ key: string }>(
    `select cause_key as key from masspay_notification`
  )) {
    post.known.set(key, "unclear")
  }
  await send(post)

  expect(post.to(address)).toEqual([])
  const papers = (await rows()).filter(({ kind }) => kind.startsWith("papers"))
  expect(papers.map(({ state }) => state)).toEqual([
    "unclear",
    "unclear",
    "unclear",
  ])
})

it("asks for no papers that are there by now", async () => {
  const { payout, address } = await lockedVendor()
  await publish()
  shop.sandbox.control.unlockUser(payout.payee.user_token)
  await shop.passTime(1000)
  await refreshPayee(deps(), { user_token: payout.payee.user_token })
  const post = new Post()
  await tell(post)

  expect(post.to(address).map(({ template }) => template)).toEqual([
    "masspay-papers_accepted",
  ])
})

it("tells nobody that papers were accepted which an operator waved through", async () => {
  const { request, address } = await lockedVendor()
  const post = new Post()
  await tell(post)
  await clearKycRequest(shop.books.db, { id: request.id, ...asking() })
  await tell(post)

  expect(post.to(address)).toHaveLength(1)
})

it("tells a vendor that she was paid once she was", async () => {
  const payout = await aPayout(shop)
  const address = `${payout.payee.vendor_id}@example.com`
  const post = new Post()
  await tell(post)
  expect(post.sent).toEqual([])

  await dispatchPayouts(deps())
  await tell(post)
  expect(post.to(address)).toHaveLength(1)
  expect(post.to(address)[0]?.content?.subject).toMatch(/^You were paid /)
  expect(post.to(OPERATOR)).toEqual([])
})

describe("where mails cannot leave", () => {
  it("the bell rings, the row says so, and nothing is mailed later by itself", async () => {
    const { address } = await lockedVendor()
    const post = new Post()
    post.served = ["feed"]
    await tell(post)
    expect(post.bell).toHaveLength(1)
    const mailed = (await rows()).filter(
      ({ way, kind }) => way === "mail" && kind.startsWith("papers")
    )
    expect(mailed.map(({ state }) => state)).toEqual([
      "no_channel",
      "no_channel",
    ])

    post.served = ["feed", "email"]
    await shop.passTime(24 * 60 * MINUTE_MS)
    await tell(post)
    expect(post.to(address)).toEqual([])

    const missed = mailed.find(({ audience }) => audience === "vendor")
    const asked = { id: missed?.id ?? "", ...asking() }
    await resendNotification(shop.books.db, asked)
    await resendNotification(shop.books.db, asked)
    await tell(post)
    expect(post.to(address)).toHaveLength(1)
  })

  it("nothing is sent where mails are switched off", async () => {
    await lockedVendor()
    await publish()
    const post = new Post()
    await send(post, { notifications: { ...POLICY, channel: false } })
    expect(post.sent.map(({ channel }) => channel)).toEqual(["feed"])
  })

  it("a provider that fails is tried again later, and left alone at last", async () => {
    const { address } = await lockedVendor()
    const post = new Post()
    post.fails = 3
    await tell(post)
    expect(post.sent).toEqual([])
    await shop.passTime(2 * MINUTE_MS)
    await send(post)
    expect(post.to(address)).toHaveLength(1)

    post.fails = Number.MAX_SAFE_INTEGER
    const { id } = (await rows()).find(({ way }) => way === "feed") ?? {
      id: "",
    }
    await resendNotification(shop.books.db, { id, ...asking() })
    for (let tries = 0; tries < 10; tries += 1) {
      await send(post)
      await shop.passTime(7 * 60 * MINUTE_MS)
    }
    const [again] = (await rows()).filter(({ resend_of }) => resend_of === id)
    expect(again).toMatchObject({ state: "failed", attempts: 8 })
  })
})

it("gives a provider up that never answers, and tries again later", async () => {
  const { address } = await lockedVendor()
  await publish()
  const post = new Post()
  const silent = jest
    .spyOn(post, "deliver")
    .mockImplementation(() => new Promise(() => undefined))
  await send(post, { deliver_within_ms: 20 })
  expect((await rows()).filter(({ state }) => state === "sent")).toEqual([])

  silent.mockRestore()
  await shop.passTime(2 * MINUTE_MS)
  await send(post)
  expect(post.to(address)).toHaveLength(1)
})

describe("an operator", () => {
  it("mails a vendor her open request again, and not a closed one", async () => {
    const { request, address } = await lockedVendor()
    const post = new Post()
    await tell(post)
    await notifyOfKycRequest(shop.books.db, { id: request.id, ...asking() })
    await tell(post)
    expect(post.to(address)).toHaveLength(2)

    await clearKycRequest(shop.books.db, { id: request.id, ...asking() })
    await expect(
      notifyOfKycRequest(shop.books.db, { id: request.id, ...asking() })
    ).rejects.toThrow("closed")
    await expect(
      resendNotification(shop.books.db, { id: "msnot_none", ...asking() })
    ).rejects.toThrow("no such notification")
  })
})

it("is said in a shop's own words where it has some, and the rest stays", async () => {
  const { address } = await lockedVendor()
  const post = new Post()
  await publish()
  await send(post, {
    notifications: {
      ...POLICY,
      templates: {
        papers_needed: ({ papers }) => ({
          subject: "Hallo",
          text: `<b>${papers?.link ?? ""}</b>`,
        }),
      },
    },
  })
  const [mail] = post.to(address)
  expect(mail?.content?.subject).toBe("Hallo")
  expect(mail?.content?.html).toMatch(/^<p>&lt;b&gt;https/)
  expect(post.to(OPERATOR)[0]?.content?.subject).toContain(
    "MassPay wants papers"
  )
})

it("is not led by a vendor's name to a link or a line of her own", async () => {
  const { payout, address } = await lockedVendor()
  await shop.books.db.rows(
    `update masspay_payee set first_name = ?, name = ? where id = ?`,
    [
      "Ada\n\nhttps://example.com/evil",
      "Ada\r\nBcc: x@evil.invalid",
      payout.payee.id,
    ]
  )
  const post = new Post()
  await tell(post)

  expect(post.to(address)[0]?.content?.html).not.toContain(
    'href="https://example'
  )
  for (const { content } of post.sent) {
    expect(content?.subject ?? "").not.toMatch(/[\r\n]/)
  }
})
