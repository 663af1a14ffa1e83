import { existsSync, readdirSync } from "node:fs"
import path from "node:path"

const root = path.join(__dirname, "../..")

type Group = { specs: string[]; files: string[] }

describe("what mutation tests ask of the rules", () => {
  const { mutationGroups } = jest.requireActual<{
    mutationGroups: () => Group[]
  }>("../support/mutation-groups")
  const groups = mutationGroups()

  it("leaves out no file but those without rules", () => {
    const asked = groups.flatMap(({ files }) => files)
    expect(new Set(asked).size).toBe(asked.length)
    expect(asked.filter((file) => !existsSync(path.join(root, file)))).toEqual(
      []
    )
    const all = readdirSync(path.join(root, "src/domain"))
    expect(all.filter((file) => !asked.includes(`src/domain/${file}`))).toEqual(
      [
        "decide-next.ts",
        "facts.ts",
        "overview.ts",
        "payee-needs.ts",
        "settle-types.ts",
      ]
    )
  })

  it("finds somebody who states the rules of each", () => {
    const unheld = groups.filter(({ specs }) => specs.length === 0)
    expect(unheld.flatMap(({ files }) => files)).toEqual([])
  })
})
