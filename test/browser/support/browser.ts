import { existsSync } from "node:fs"
import { mkdir } from "node:fs/promises"
import os from "node:os"
import path from "node:path"

import {
  type Browser,
  type BrowserContext,
  chromium,
  type Page,
} from "playwright-core"

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser"]
const ARGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
]
/** The dashboard is large, and two cores build and serve it. */
const PATIENCE_MS = 60_000

export async function openBrowser(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH ?? PLACES.find(existsSync)
  if (!executablePath) {
    throw new Error("No Chromium found. Set CHROMIUM_PATH to one.")
  }
  return chromium.launch({ executablePath, args: ARGS })
}

export type Session = Awaited<ReturnType<BrowserContext["storageState"]>>

export type Look = {
  colorScheme?: "light" | "dark"
  width?: number
  height?: number
  /** Of the dashboard. */
  language?: "en" | "de"
}

/** One person's browser, whose pages share cookies and cache; in UTC whatever the machine says. */
export async function openWindow(
  browser: Browser,
  storageState?: Session
): Promise<BrowserContext> {
  const window = await browser.newContext({
    locale: "en-US",
    timezoneId: "UTC",
    ...(storageState && { storageState }),
  })
  window.setDefaultTimeout(PATIENCE_MS)
  return window
}

/** A page of it, in English unless it is to be another language. */
export async function openPage(
  window: BrowserContext,
  {
    colorScheme = "light",
    width = 1440,
    height = 1000,
    language = "en",
  }: Look = {}
): Promise<Page> {
  const page = await window.newPage()
  await page.setViewportSize({ width, height })
  await page.emulateMedia({ colorScheme })
  await page.addInitScript(
    ({ theme, lng }) => {
      localStorage.setItem("medusa_admin_theme", theme)
      // The dashboard keeps its language in both.
      localStorage.setItem("lng", lng)
      document.cookie = `lng=${lng};path=/`
    },
    { theme: colorScheme, lng: language }
  )
  return page
}

/** Into the folder that SCREENSHOTS names, else into the system's temporary one. */
export async function takePicture(
  target: { screenshot: (options: { path: string }) => Promise<Buffer> },
  name: string
): Promise<void> {
  const folder =
    process.env.SCREENSHOTS ?? path.join(os.tmpdir(), "masspay-screenshots")
  await mkdir(folder, { recursive: true })
  await target.screenshot({ path: path.join(folder, `${name}.png`) })
}
