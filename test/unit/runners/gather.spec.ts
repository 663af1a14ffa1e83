import { createGather } from "../../../src/runners/gather"

/** A turn that ends when the test says so. */
function held() {
  const turns: { keys: string[]; end: () => void }[] = []
  const run = async (keys: string[]): Promise<Map<string, string>> => {
    await new Promise<void>((end) => turns.push({ keys, end }))
    return new Map(keys.map((key) => [key, `${key} of ${keys.length}`]))
  }
  const turn = async (nth: number) => {
    // A few turns of the loop, which is all it takes.
    for (let looks = 0; looks < 10 && !turns[nth]; looks += 1) {
      await new Promise((done) => setImmediate(done))
    }
    const found = turns[nth]
    if (!found) throw new Error(`There is no turn ${nth}`)
    return found
  }
  return { run, turn, turns }
}

describe("createGather", () => {
  it("does one alone and at once, and together what comes meanwhile", async () => {
    const { run, turn, turns } = held()
    const ask = createGather(run, { limit: 10 })
    const first = ask("a")
    expect((await turn(0)).keys).toEqual(["a"])

    const others = [ask("b"), ask("c")]
    turns[0]?.end()
    expect(await first).toBe("a of 1")

    expect((await turn(1)).keys).toEqual(["b", "c"])
    turns[1]?.end()
    expect(await Promise.all(others)).toEqual(["b of 2", "c of 2"])
  })

  it("gives a key one turn before it began, and another once it has", async () => {
    const { run, turn, turns } = held()
    const ask = createGather(run, { limit: 10 })
    const before = [ask("a"), ask("a")]
    expect((await turn(0)).keys).toEqual(["a"])

    const during = ask("a")
    turns[0]?.end()
    await Promise.all(before)
    expect((await turn(1)).keys).toEqual(["a"])
    turns[1]?.end()
    expect(await during).toBe("a of 1")
    expect(turns).toHaveLength(2)
  })

  it("takes no more than its limit at once", async () => {
    const { run, turn, turns } = held()
    const ask = createGather(run, { limit: 2 })
    const answers = ["a", "b", "c"].map(ask)
    expect((await turn(0)).keys).toEqual(["a", "b"])
    turns[0]?.end()
    expect((await turn(1)).keys).toEqual(["c"])
    turns[1]?.end()

    expect(await Promise.all(answers)).toEqual(["a of 2", "b of 2", "c of 1"])
  })

  it("answers nothing for what was left out", async () => {
    const ask = createGather(async () => new Map([["a", 1]]), { limit: 10 })

    expect(await Promise.all([ask("a"), ask("b")])).toEqual([1, undefined])
  })

  it("fails those of one turn, and works on", async () => {
    let isBroken = true
    const ask = createGather(
      async (keys: string[]) => {
        if (isBroken) throw new Error("The database hiccups")
        return new Map(keys.map((key) => [key, key]))
      },
      { limit: 10 }
    )
    await expect(Promise.all([ask("a"), ask("b")])).rejects.toThrow("hiccups")

    isBroken = false
    expect(await ask("a")).toBe("a")
  })
})
