import type { Browser } from "playwright-core"

import { graveIn } from "./support/axe"
import { openBrowser } from "./support/browser"

const PALE = "color: #ccc; background: #fff"
const PLAIN = "color: #111; background: #fff"

describe("what is grave for those who cannot see well", () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser.close())

  const pageOf = async (style: string) => {
    const page = await browser.newPage()
    await page.setContent(
      `<main><button style="${style}">Confirm</button></main>`
    )
    return page
  }

  it("is a pale text that stays, with the place where it is", async () => {
    const page = await pageOf(PALE)
    expect(await graveIn(page.locator("main"), 1_000)).toEqual([
      expect.stringMatching(/^color-contrast: <button /),
    ])
  })

  it("is not one that was on its way to a plain one", async () => {
    const page = await pageOf(PALE)
    await page.evaluate(plainOnceRead, PLAIN)
    expect(await graveIn(page.locator("main"))).toEqual([])
  })
})

/** What axe sees at first is pale, and plain when it looks again. */
function plainOnceRead(style: string): void {
  type Axe = { run: (...args: unknown[]) => Promise<unknown> }
  let axe: Axe | undefined
  Object.defineProperty(globalThis, "axe", {
    get: () => axe,
    set: (given: Axe) => {
      axe = {
        ...given,
        run: async (...args) => {
          const found = await given.run(...args)
          document.querySelector("button")?.setAttribute("style", style)
          return found
        },
      }
    },
  })
}
