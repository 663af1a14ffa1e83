import { createNudge } from "../../../src/runners/nudge"

const log = {
  info: () => undefined,
  warn: () => undefined,
  error: jest.fn(),
  debug: () => undefined,
}

describe("a nudge", () => {
  it("runs once for what was asked at once, and once more for what came meanwhile", async () => {
    let runs = 0
    let release: () => void = () => undefined
    const nudge = createNudge(
      () => {
        runs += 1
        return runs === 1
          ? new Promise<void>((resolve) => (release = resolve))
          : Promise.resolve()
      },
      { log, name: "test" }
    )
    nudge()
    nudge()
    await Promise.resolve()
    expect(runs).toBe(1)

    nudge()
    nudge()
    release()
    await nudge.idle()
    expect(runs).toBe(2)
  })

  it("waits before each run for more to come, where it is told to", async () => {
    const began = performance.now()
    const at: number[] = []
    const nudge = createNudge(
      async () => {
        at.push(performance.now() - began)
        if (at.length === 1) nudge()
      },
      { log, name: "test", gather_ms: 40 }
    )
    nudge()
    nudge()
    await nudge.idle()
    expect(at).toHaveLength(2)
    // Timers may come a moment early.
    expect(at[0]).toBeGreaterThan(35)
    expect(at[1]).toBeGreaterThan(75)
  })

  it("tells of a run that failed and goes on", async () => {
    let runs = 0
    const nudge = createNudge(
      () => {
        runs += 1
        return Promise.reject(new Error("no"))
      },
      { log, name: "test" }
    )
    nudge()
    await nudge.idle()
    nudge()
    await nudge.idle()
    expect(runs).toBe(2)
    expect(log.error).toHaveBeenCalledTimes(2)
  })
})
