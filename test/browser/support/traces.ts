import type { Page } from "playwright-core"

/** Everything a page keeps: its text, its address, its stores, and what the router has of it. */
export async function traces(on: Page): Promise<string> {
  return on.evaluate(() =>
    [
      document.documentElement.outerHTML,
      location.href,
      JSON.stringify(history.state),
      JSON.stringify(Object.entries(localStorage)),
      JSON.stringify(Object.entries(sessionStorage)),
      document.cookie,
    ].join("\n")
  )
}
