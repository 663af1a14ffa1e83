import type { Browser, BrowserContext, Locator, Page } from "playwright-core"

import { logIn, openPage } from "./browser"
import type { Demo } from "./demo"
import type { Shop } from "./shop"

/** What all tests of a demo share. Filled before the first of them. */
export type Stage = { demo: Demo; browser: Browser; shop: Shop }

type Look = Parameters<typeof openPage>[1] & { language?: string }
type Session = Awaited<ReturnType<BrowserContext["storageState"]>>

/** Signing in takes seconds, so it is done once. */
const sessions = new WeakMap<Stage, Session>()

async function sessionOf(stage: Stage): Promise<Session> {
  const known = sessions.get(stage)
  if (known) return known
  const page = await openPage(stage.browser)
  await logIn(page, stage.demo)
  const session = await page.context().storageState()
  await page.context().close()
  sessions.set(stage, session)
  return session
}

/** A window of its own, signed in, that answers of the server can be changed in. */
export async function withPage(
  stage: Stage,
  act: (page: Page) => Promise<void>,
  { language = "en", ...look }: Look = {}
): Promise<void> {
  const page = await openPage(stage.browser, {
    ...look,
    storageState: await sessionOf(stage),
  })
  try {
    await page.context().addInitScript((lng) => {
      // The dashboard keeps its language in both.
      localStorage.setItem("lng", lng)
      document.cookie = `lng=${lng};path=/`
    }, language)
    await act(page)
  } finally {
    await page.context().close()
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
