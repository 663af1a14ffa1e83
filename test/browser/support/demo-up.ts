import { openBrowser, openPage, openWindow } from "./browser"
import { type Demo, DEMO_OF_THE_RUN, startDemo } from "./demo"

/** The dashboard is bundled when it is first asked for. */
const FIRST_PAGE_MS = 4 * 60_000

/**
 * Jest's `globalSetup`: one demo for all files. What it puts into the
 * environment reaches them.
 */
export default async function demoUp(): Promise<void> {
  const { stop, ...demo } = await startDemo()
  Object.assign(globalThis, { masspayStopDemo: stop })
  process.env[DEMO_OF_THE_RUN] = JSON.stringify(demo)
  try {
    await warmUp(demo)
  } catch (error) {
    // Jest tears nothing down whose setup failed.
    await stop()
    throw error
  }
}

async function warmUp({ shopUrl }: Demo): Promise<void> {
  const browser = await openBrowser()
  try {
    const page = await openPage(await openWindow(browser))
    page.setDefaultTimeout(FIRST_PAGE_MS)
    await page.goto(`${shopUrl}/app/login`)
    await page.locator("input[name=email]").waitFor()
  } finally {
    await browser.close()
  }
}
