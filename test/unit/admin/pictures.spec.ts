import { spawnSync } from "node:child_process"
import { existsSync, readdirSync, readFileSync } from "node:fs"
import path from "node:path"
import { pathToFileURL } from "node:url"

const ROOT = path.join(__dirname, "../../..")
const ROUTES = path.join(ROOT, "src/admin/routes")
const LOOKS = ["desktop", "phone"].flatMap((width) => [
  `${width}-light`,
  `${width}-dark`,
])

type Pages = { name: string; address: string }[]

const ASK = `
  const { choosePages } = await import(process.argv[1])
  const shop = {
    adminList: async () => [{ id: "one", status: "completed", balances: [] }],
    admin: async () => ({ orders: [{ id: "one" }] }),
  }
  console.log(JSON.stringify(await choosePages(shop)))
`

/** As `npm run screenshots` chooses them, in a shop that has one of everything. */
function chosen(): Pages {
  const file = path.join(ROOT, "demo/lib/admin-pages.mjs")
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ["--input-type=module", "--eval", ASK, pathToFileURL(file).href],
    { encoding: "utf8" }
  )
  if (!stdout) throw new Error(stderr)
  return JSON.parse(stdout) as Pages
}

/** "/masspay/payouts/[id]" of each page that the plugin adds to the dashboard. */
function routes(): string[] {
  return readdirSync(ROUTES, { recursive: true, encoding: "utf8" })
    .filter((file) => path.basename(file) === "page.tsx")
    .map((file) => `/${path.dirname(file).split(path.sep).join("/")}`)
}

it("every page is among those that pictures are taken of", () => {
  const addresses = chosen().map(({ address }) => address)
  const missing = routes().filter(
    (route) => !addresses.includes(route.replace("[id]", "one"))
  )
  expect(routes().length).toBeGreaterThan(10)
  expect(missing).toEqual([])
})

it("there is a picture of each, light and dark, on a desktop and on a telephone, and no other", () => {
  const expected = chosen().flatMap(({ name }) =>
    LOOKS.map((look) => `${name}-${look}.png`)
  )
  const there = readdirSync(path.join(ROOT, "docs/screenshots"))
  expect(there.sort()).toEqual(expected.sort())
})

it("every picture that the README shows is there", () => {
  const text = readFileSync(path.join(ROOT, "README.md"), "utf8")
  const shown = [...text.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map(
    ([, file]) => file ?? ""
  )
  expect(shown.length).toBeGreaterThan(2)
  expect(shown.filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([])
})
