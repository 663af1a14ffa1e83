import { type ChildProcess, spawn } from "node:child_process"
import { join } from "node:path"

import { helpText, readCommand } from "../../sandbox/cli-options"
import { until } from "./support/harness"

describe("flags", () => {
  it("start on port 4010 when there are none", () => {
    expect(readCommand([])).toEqual({
      do: "start",
      options: { port: 4010, settings: { upload_links: "sandbox" } },
    })
  })

  it("are read with a space or an equals sign", () => {
    const args =
      "--port 0 --host=localhost --seed 7 --data w.json --api-key=a=b"

    expect(
      readCommand([...args.split(" "), "--currencies", "USD=1.50,JPY=0"])
    ).toEqual({
      do: "start",
      options: {
        port: 0,
        host: "localhost",
        seed: 7,
        dataFile: "w.json",
        apiKey: "a=b",
        currencies: { USD: "1.50", JPY: "0" },
        settings: { upload_links: "sandbox" },
      },
    })
  })

  it("say whom to tell what happens, and how", () => {
    const args = [
      "--webhook-url=http://localhost:9000/hooks/masspay",
      "--webhook-secret=new --webhook-secret old",
      "--webhook-timestamp milliseconds --webhook-encoding base64",
      "--upload-links masspay --kyc-review manual",
    ]

    expect(readCommand(args.join(" ").split(" "))).toEqual({
      do: "start",
      options: {
        port: 4010,
        webhooks: {
          url: "http://localhost:9000/hooks/masspay",
          secrets: ["new", "old"],
        },
        settings: {
          upload_links: "masspay",
          kyc_review: "manual",
          webhook_timestamp: "milliseconds",
          webhook_encoding: "base64",
        },
      },
    })
  })

  it.each([
    ["--prot 1", /^--prot: there is no such flag\. Allowed: --port, --host/],
    ["4010", /^4010: there is no such flag/],
    ["--port", /^--port: its value is missing/],
    ["--port --seed 1", /^--port: its value is missing/],
    ["--port=", /^--port: its value is missing/],
    ["--port abc", /^--port: it cannot be "abc".*0 to 65535/],
    ["--port 65536", /^--port: .*0 to 65535/],
    ["--port -1", /^--port: it cannot be "-1"/],
    ["--port 1 --port 2", /^--port: it is given twice/],
    ["--host 0.0.0.0", /^--host: .*Allowed: 127\.0\.0\.1, localhost, ::1/],
    ["--webhook-url https://shop.example/hooks", /^--webhook-url: .*http:/],
    ["--webhook-url http://10.0.0.1/hooks", /^--webhook-url: .*127\.0\.0\.1/],
    ["--webhook-url http://a:b@localhost/", /^--webhook-url: .*password/],
    ["--webhook-timestamp days", /^--webhook-timestamp: it cannot be "days"/],
    ["--webhook-encoding rot13", /^--webhook-encoding: .*hex or base64/],
    ["--upload-links mine", /^--upload-links: /],
    ["--seed 1.5", /^--seed: /],
    ["--api-key é", /^--api-key: /],
    ["--currencies USD", /^--currencies: "USD" is not/],
    ["--currencies USD=1,", /^--currencies: "" is not/],
    ["--currencies XXX=1", /^--currencies: "XXX" is not an ISO/],
    ["--currencies USD=1,USD=2", /^--currencies: USD is given twice/],
    ["--currencies USD=0.001", /^--currencies: .*at most 2 decimals/],
  ])("refuse %s", (args, problem) => {
    expect(() => readCommand(args.split(" "))).toThrow(problem)
  })

  it("are all in the help", () => {
    expect(readCommand(["--port", "x", "--help"])).toEqual({ do: "help" })
    for (const flag of [
      "port",
      "host",
      "seed",
      "data",
      "api-key",
      "currencies",
      "webhook-url",
      "webhook-secret",
      "webhook-timestamp",
      "webhook-encoding",
      "upload-links",
      "kyc-review",
    ]) {
      expect(helpText()).toContain(`--${flag} <`)
    }
  })
})

describe("the command", () => {
  const children: ChildProcess[] = []

  afterEach(() => {
    for (const child of children.splice(0)) child.kill("SIGKILL")
  })

  function run(...args: string[]): {
    child: ChildProcess
    out: () => string
    err: () => string
    ended: Promise<number | null>
  } {
    const cli = join(__dirname, "../../sandbox/cli.ts")
    const child = spawn(
      process.execPath,
      ["-r", "ts-node/register/transpile-only", cli, ...args],
      { env: { ...process.env, NODE_OPTIONS: "" } }
    )
    children.push(child)
    let out = ""
    let err = ""
    child.stdout.on("data", (piece: Buffer) => {
      out += piece.toString()
    })
    child.stderr.on("data", (piece: Buffer) => {
      err += piece.toString()
    })
    const ended = new Promise<number | null>((resolve) => {
      child.on("close", resolve)
    })
    return { child, out: () => out, err: () => err, ended }
  }

  it.each(["SIGINT", "SIGTERM"] as const)(
    "says how to reach it, and ends on %s",
    async (signal) => {
      const { child, out, err, ended } = run("--port", "0", "--api-key", "KEY")
      await until("it listens", () => {
        if (child.exitCode !== null) throw new Error(err())
        return out().includes("curl ")
      })
      const curl = /curl -H "(Authorization): (.+?)" (\S+)/.exec(out())
      const [, name = "", value = "", url = ""] = curl ?? []

      const response = await fetch(url, { headers: { [name]: value } })
      child.kill(signal)

      expect(response.status).toBe(200)
      expect(out()).toContain("no real money")
      expect(await ended).toBe(0)
      expect(err()).toBe("")
    }
  )

  it("ends with 2 for a flag it does not know", async () => {
    const { out, err, ended } = run("--prot", "1")

    expect(await ended).toBe(2)
    expect(err()).toMatch(/^masspay-sandbox: --prot: there is no such flag/)
    expect(out()).toBe("")
  })

  it("prints the version of its package", async () => {
    const { out, ended } = run("--version")

    expect(await ended).toBe(0)
    expect(out().trim()).toMatch(/^\d+\.\d+\.\d+/)
  })
})
