/** The admin as somebody sees it who is signed in: in a real Chromium. */
import { existsSync } from "node:fs"
import { chromium } from "playwright-core"

const PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
]
const HEIGHT = 800
const HEIGHT_MAX = 4_800
/** The dashboard is bundled when it is first asked for. */
const PATIENCE_MS = 180_000
const SETTLED_MS = 600

/** @throws where there is no Chromium */
export function startBrowser() {
  const executablePath = process.env.CHROMIUM_PATH ?? PLACES.find(existsSync)
  if (!executablePath) {
    throw new Error("No Chromium found. Set CHROMIUM_PATH to one.")
  }
  return chromium.launch({
    executablePath,
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic"],
  })
}

/**
 * A window that is signed in, in English and in UTC.
 *
 * @param {import("playwright-core").Browser} browser
 * @param {{ url: string, login: object, theme: string, width: number,
 *   ahead_ms: number }} look `ahead_ms`: by so much the demo moved its clocks, and
 *   the window's with them, so that what just happened is not said to come
 */
export async function openWindow(
  browser,
  { url, login, theme, width, ahead_ms }
) {
  const context = await browser.newContext({
    viewport: { width, height: HEIGHT },
    locale: "en-US",
    timezoneId: "UTC",
    colorScheme: theme,
  })
  context.setDefaultTimeout(PATIENCE_MS)
  await context.addInitScript((chosen) => {
    localStorage.setItem("medusa_admin_theme", chosen)
    localStorage.setItem("lng", "en")
  }, theme)
  await context.addInitScript((ahead) => {
    const Real = Date
    globalThis.Date = class extends Real {
      constructor(...given) {
        if (given.length === 0) super(Real.now() + ahead)
        else super(...given)
      }
      static now() {
        return Real.now() + ahead
      }
    }
  }, ahead_ms)
  const window = await context.newPage()
  await signIn(window, { url, login })
  return window
}

async function signIn(window, { url, login }) {
  const { request } = window.context()
  const answer = await request.post(`${url}/auth/user/emailpass`, {
    data: login,
  })
  const { token } = await answer.json()
  const session = await request.post(`${url}/auth/session`, {
    headers: { authorization: `Bearer ${token}` },
  })
  if (!session.ok()) throw new Error(`Signing in: ${session.status()}`)
}

/** Opens a page, waits until its sections are there, and makes the window as high as what it shows. */
export async function showPage(window, { url, ready }) {
  const { width } = window.viewportSize()
  await window.setViewportSize({ width, height: HEIGHT })
  await window.goto(url)
  for (const test_id of ready) {
    await window.getByTestId(test_id).first().waitFor({ state: "visible" })
  }
  await window.waitForFunction(
    () =>
      !document.querySelector(
        "main [aria-busy=true], main [role=status][aria-label], main .animate-pulse"
      )
  )
  // Twice: names that came late may have made rows higher.
  for (const _ of ["first", "again"]) {
    const height = await heightOf(window)
    await window.setViewportSize({
      width,
      height: Math.min(Math.max(height, HEIGHT), HEIGHT_MAX),
    })
    // Charts draw themselves anew, and what pops up fades in.
    await window.waitForTimeout(SETTLED_MS)
  }
}

/** Of all that the page shows, with what stands around it. */
function heightOf(window) {
  return window.evaluate(() => {
    const main = document.querySelector("main")
    const rest = innerHeight - (main?.clientHeight ?? innerHeight)
    const inside = main?.scrollHeight ?? document.body.scrollHeight
    return Math.max(inside + rest, document.documentElement.scrollHeight)
  })
}
