import type { Browser, BrowserContext, Locator, Page } from "playwright-core"

import { type Look, openBrowser, openPage, openWindow } from "./browser"
import { type Demo, type Login, theDemo } from "./demo"
import { signIn } from "./session"
import { Shop } from "./shop"

const PATIENCE_MS = 5 * 60_000
const UNTIL_MS = 5 * 60_000

/** What a file's tests share: the run's demo, and a browser of its own. */
export type Stage = { demo: Demo; browser: Browser; shop: Shop }

/** Filled before the first test of the file that calls it. */
export function openStage(): Stage {
  const stage = {} as Stage
  jest.setTimeout(PATIENCE_MS)
  beforeAll(async () => {
    const demo = theDemo()
    const browser = await openBrowser()
    Object.assign(stage, { demo, browser, shop: await Shop.open(demo) })
  })
  afterAll(() => (stage as Partial<Stage>).browser?.close())
  return stage
}

/** By whose they are. */
const windows = new Map<string, Promise<BrowserContext>>()

async function windowOf(
  { browser, demo }: Stage,
  login: Login
): Promise<BrowserContext> {
  const known =
    windows.get(login.email) ??
    signIn(demo, login).then((session) => openWindow(browser, session))
  windows.set(login.email, known)
  return known
}

/** Whose page it is, where not the first operator's. */
type Signed = Look & { login?: Login }

/**
 * A page of somebody who is signed in. All pages that a file opens for her share
 * a window and its cache: the dashboard is large. The stage's end closes them.
 */
export async function signedIn(
  stage: Stage,
  { login = stage.demo.login, ...look }: Signed = {}
): Promise<Page> {
  return openPage(await windowOf(stage, login), look)
}

/** The same for one test, which answers of the server can be changed in. */
export async function withPage(
  stage: Stage,
  act: (page: Page) => Promise<void>,
  look: Signed = {}
): Promise<void> {
  const page = await signedIn(stage, look)
  try {
    await act(page)
  } finally {
    await page.close()
  }
}

export async function open(
  { demo }: Stage,
  page: Page,
  path: string
): Promise<void> {
  await page.goto(`${demo.shopUrl}/app${path}`)
}

/** Waits until it is on the screen. */
export async function seen(locator: Locator): Promise<void> {
  await locator.waitFor({ state: "visible" })
}

/** The dialog that asks before something is done. */
export function dialogOf(page: Page): Locator {
  return page.getByTestId("masspay-action-dialog")
}

/** Waits until something is so, and returns it. MassPay may take minutes to show what happened. */
export async function until<Value>(
  what: string,
  look: () => Promise<Value | null | undefined | false>
): Promise<Value> {
  const ends = Date.now() + UNTIL_MS
  for (;;) {
    const value = await look()
    if (value) return value
    if (Date.now() > ends) throw new Error(`Waited in vain for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
}
