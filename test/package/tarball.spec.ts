import { execFileSync, spawn } from "node:child_process"
import { once } from "node:events"
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import os from "node:os"
import path from "node:path"
import { gzipSync } from "node:zlib"

import { Client } from "@medusajs/framework/pg"
import { buildSync } from "esbuild"

const ROOT = path.join(__dirname, "../..")

/** Bytes, gzipped. */
const ADMIN_MAX = 400_000

type Packed = { filename: string; files: { path: string; size: number }[] }

/** What `npm pack` makes of the build that is there, in a folder of its own. */
function pack(into: string): Packed {
  const out = execFileSync(
    "npm",
    ["pack", "--ignore-scripts", "--json", "--pack-destination", into],
    { cwd: ROOT, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }
  )
  const [packed] = JSON.parse(out) as Packed[]
  if (!packed) throw new Error("npm pack reported no tarball")
  return packed
}

/** A shop whose packages are ours, but the plugin is what came out of the tarball. */
function shopWith(tarball: string, home: string): string {
  const shop = path.join(home, "shop")
  const modules = path.join(shop, "node_modules")
  mkdirSync(modules, { recursive: true })
  for (const name of readdirSync(path.join(ROOT, "node_modules"))) {
    if (name === "medusa-plugin-masspay" || name === "masspay-demo") continue
    symlinkSync(path.join(ROOT, "node_modules", name), path.join(modules, name))
  }
  const plugin = path.join(modules, "medusa-plugin-masspay")
  mkdirSync(plugin)
  execFileSync("tar", ["-xzf", tarball, "-C", plugin, "--strip-components=1"])
  writeFileSync(
    path.join(shop, "package.json"),
    JSON.stringify({
      name: "shop",
      private: true,
      dependencies: { "@medusajs/medusa": "2.21.2" },
    })
  )
  writeFileSync(
    path.join(shop, "medusa-config.js"),
    `const { defineConfig } = require("@medusajs/framework/utils")
module.exports = defineConfig({
  projectConfig: {
    databaseUrl: process.env.DATABASE_URL,
    http: { storeCors: "http://localhost", adminCors: "http://localhost", authCors: "http://localhost", jwtSecret: "s", cookieSecret: "s" },
  },
  admin: { disable: true },
  plugins: [{ resolve: "medusa-plugin-masspay", options: { environment: "sandbox", webhooks: false, marketplace: "metadata" } }],
})`
  )
  return shop
}

describe("the packed plugin", () => {
  const home = mkdtempSync(path.join(os.tmpdir(), "masspay-pack-"))
  let packed: Packed
  let shop: string

  beforeAll(() => {
    packed = pack(home)
    shop = shopWith(path.join(home, packed.filename), home)
  })
  afterAll(() => {
    rmSync(home, { recursive: true, force: true })
  })

  it("contains nothing but what ships", () => {
    const strangers = packed.files
      .map((file) => file.path)
      .filter(
        (file) =>
          !/^(package\.json|README\.md|LICENSE|CHANGELOG\.md)$/.test(file) &&
          !/^\.medusa\/server\/(package\.json|(src|sandbox)\/.+\.(js|mjs|d\.ts|json))$/.test(
            file
          )
      )

    expect(strangers).toEqual([])
    expect(
      packed.files.filter((file) =>
        /(spec|test|medusa-plugin-options)\b/.test(path.basename(file.path))
      )
    ).toEqual([])
  })

  it("carries the modules, their migrations, the admin bundle and the sandbox", () => {
    const files = packed.files.map((file) => file.path)
    const base = ".medusa/server"

    expect(files).toEqual(
      expect.arrayContaining([
        `${base}/src/modules/masspay/index.js`,
        `${base}/src/modules/masspay-gateway/index.js`,
        `${base}/src/admin/index.mjs`,
        `${base}/src/workflows/index.js`,
        `${base}/sandbox/cli.js`,
        `${base}/sandbox/index.js`,
        `${base}/sandbox/index.d.ts`,
      ])
    )
    expect(
      files.filter((file) =>
        /masspay\/migrations\/Migration\d+\.js$/.test(file)
      )
    ).not.toEqual([])
  })

  it("gives the browser no more than it can carry, the chart's library included", () => {
    const { outputFiles } = buildSync({
      entryPoints: [path.join(ROOT, ".medusa/server/src/admin/index.mjs")],
      bundle: true,
      minify: true,
      write: false,
      format: "esm",
      // Of these the dashboard has its own.
      external: [
        "@medusajs/*",
        "@tanstack/*",
        "react",
        "react/*",
        "react-dom",
        "react-i18next",
        "react-router-dom",
      ],
    })
    const [bundle] = outputFiles
    expect(bundle?.text).toContain("recharts")
    expect(gzipSync(bundle?.contents ?? "").length).toBeLessThan(ADMIN_MAX)
  })

  it("says nothing of the machine it was packed on", () => {
    const around = path.dirname(ROOT)
    const leaks = packed.files
      .filter((file) => /\.(js|mjs|json|ts|md)$/.test(file.path))
      .filter((file) =>
        readFileSync(
          path.join(shop, "node_modules/medusa-plugin-masspay", file.path),
          "utf8"
        ).includes(`${around}/`)
      )
      .map((file) => file.path)

    expect(leaks).toEqual([])
  })

  it("starts the sandbox by its bin, answers, and ends on SIGINT", async () => {
    const cli = path.join(
      shop,
      "node_modules/medusa-plugin-masspay/.medusa/server/sandbox/cli.js"
    )
    const child = spawn(process.execPath, [cli, "--port", "0"], {
      stdio: ["ignore", "pipe", "inherit"],
    })
    try {
      let said = ""
      const url = await new Promise<string>((resolve, reject) => {
        child.once("exit", () => {
          reject(new Error(`the sandbox ended: ${said}`))
        })
        child.stdout.on("data", (chunk: Buffer) => {
          said += chunk.toString()
          const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said)
          if (found) resolve(found[0])
        })
      })
      const page = await fetch(url)
      expect(page.status).toBe(200)
      child.removeAllListeners("exit")
      child.kill("SIGINT")
      const [code] = (await once(child, "exit")) as [number | null]
      expect(code).toBe(0)
    } finally {
      child.kill("SIGKILL")
    }
  })

  it("offers the sandbox to tests of a shop", () => {
    const script = `const { startSandbox } = require("medusa-plugin-masspay/sandbox")
startSandbox({ port: 0 }).then(async (sandbox) => { console.log(sandbox.url); await sandbox.stop() })`
    const out = execFileSync(process.execPath, ["-e", script], {
      cwd: shop,
      encoding: "utf8",
      timeout: 30_000,
    })

    expect(out).toMatch(/^http:\/\/127\.0\.0\.1:\d+/)
  })

  it("is installed in a shop by one config entry and db:migrate", async () => {
    const database = `masspay_packed_${Date.now()}`
    await inPostgres(`create database ${database}`)
    try {
      const medusa = path.join(shop, "node_modules/.bin/medusa")
      execFileSync(medusa, ["db:migrate", "--skip-scripts"], {
        cwd: shop,
        env: {
          ...process.env,
          NODE_OPTIONS: "",
          NODE_ENV: "development",
          MEDUSA_DISABLE_TELEMETRY: "1",
          DATABASE_URL: urlOf(database),
        },
        stdio: "ignore",
        timeout: 280_000,
      })
      const tables = await inPostgres(
        "select table_name from information_schema.tables where table_name like 'masspay_%'",
        database
      )
      expect(tables).toEqual(
        expect.arrayContaining([
          { table_name: "masspay_ledger_entry" },
          { table_name: "masspay_payout" },
        ])
      )
    } finally {
      await inPostgres(`drop database ${database} with (force)`)
    }
  }, 300_000)
})

function urlOf(database: string): string {
  const { DB_HOST, DB_PORT, DB_USERNAME, DB_PASSWORD } = process.env
  return `postgres://${DB_USERNAME}:${DB_PASSWORD}@${DB_HOST}:${DB_PORT}/${database}`
}

async function inPostgres(
  statement: string,
  database = "postgres"
): Promise<unknown[]> {
  const client = new Client({ connectionString: urlOf(database) })
  await client.connect()
  try {
    const { rows } = (await client.query(statement)) as { rows: unknown[] }
    return rows
  } finally {
    await client.end()
  }
}
