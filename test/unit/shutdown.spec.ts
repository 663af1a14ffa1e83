import { beginOnSignals, createShutdown } from "../../src/shutdown"

function deferred() {
  let resolve: () => void = () => undefined
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve }
}

describe("a shutdown", () => {
  it("waits for what is under way, and not for what has ended", async () => {
    const shutdown = createShutdown()
    const [first, second] = [deferred(), deferred()]
    const runs = [
      shutdown.run(() => first.promise),
      shutdown.run(() => second.promise),
    ]
    first.resolve()
    let isDrained = false
    const drained = shutdown.drain(60_000).then((all) => {
      isDrained = true
      return all
    })
    await runs[0]

    expect(shutdown.signal.aborted).toBe(true)
    expect(isDrained).toBe(false)
    second.resolve()
    expect(await drained).toBe(true)
  })

  it("is over at its limit, and says that something has not ended", async () => {
    const shutdown = createShutdown()
    const never = deferred()
    const run = shutdown.run(() => never.promise)

    expect(await shutdown.drain(10)).toBe(false)
    never.resolve()
    await run
    expect(await shutdown.drain(60_000)).toBe(true)
  })

  it("hands on what work gives or throws, and a failure has ended as well", async () => {
    const shutdown = createShutdown()

    expect(await shutdown.run(async () => 7)).toBe(7)
    await expect(
      shutdown.run(async () => {
        throw new Error("no")
      })
    ).rejects.toThrow("no")
    expect(await shutdown.drain(60_000)).toBe(true)
  })

  it("listens to a signal only where it would not be alone", () => {
    const others = process.listeners("SIGTERM")
    const shutdown = createShutdown()
    const host = () => undefined
    try {
      for (const listener of others) process.off("SIGTERM", listener)
      beginOnSignals(shutdown)
      expect(process.listenerCount("SIGTERM")).toBe(0)

      process.on("SIGTERM", host)
      beginOnSignals(shutdown)
      process.emit("SIGTERM", "SIGTERM")
      expect(shutdown.signal.aborted).toBe(true)
    } finally {
      process.off("SIGTERM", host)
      for (const listener of others) process.on("SIGTERM", listener)
    }
  })
})
