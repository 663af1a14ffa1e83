import { randomBytes } from "node:crypto"

import { createLinkVault } from "../../src/link-vault"

const LINK = "https://magic.veriff.me/vcanary"
const first = randomBytes(32)
const second = randomBytes(32)

describe("a link vault", () => {
  it("opens what it sealed, for its owner alone", () => {
    const vault = createLinkVault([first])
    const sealed = vault.seal(LINK, "ven_1")

    expect(sealed?.host).toBe("magic.veriff.me")
    expect(vault.open(sealed?.sealed ?? "", "ven_1")).toBe(LINK)
    expect(vault.open(sealed?.sealed ?? "", "ven_2")).toBeNull()
    expect(JSON.stringify({ ...sealed, host: "" })).not.toContain("canary")
  })

  it("never seals the same twice alike, and knows it again all the same", () => {
    const vault = createLinkVault([first])
    const [one, other] = [vault.seal(LINK, "v"), vault.seal(LINK, "v")]

    expect(one?.sealed).not.toBe(other?.sealed)
    expect(one?.hash).toBe(other?.hash)
    expect(createLinkVault([second]).seal(LINK, "v")?.hash).not.toBe(one?.hash)
  })

  it("seals with the first key and opens with all of them", () => {
    const old = createLinkVault([first]).seal(LINK, "v")
    const both = createLinkVault([second, first])
    const fresh = both.seal(LINK, "v")

    expect(both.open(old?.sealed ?? "", "v")).toBe(LINK)
    expect(fresh?.hashes).toContain(old?.hash)
    expect(createLinkVault([second]).open(fresh?.sealed ?? "", "v")).toBe(LINK)
    expect(createLinkVault([second]).open(old?.sealed ?? "", "v")).toBeNull()
  })

  it("keeps nothing without a key", () => {
    const vault = createLinkVault([])

    expect(vault.has_key).toBe(false)
    expect(vault.seal(LINK, "v")).toBeNull()
    expect(
      vault.open(createLinkVault([first]).seal(LINK, "v")?.sealed ?? "", "v")
    ).toBeNull()
  })

  it("gives nothing for what was changed, cut or never its own", () => {
    const vault = createLinkVault([first])
    const sealed = vault.seal(LINK, "v")?.sealed ?? ""
    const parts = sealed.split(".")
    const spoilt = parts.flatMap((part, n) =>
      [part.slice(1), `${part}AA`, ""].map((other) =>
        parts.map((one, m) => (m === n ? other : one)).join(".")
      )
    )

    for (const text of [...spoilt, "", ".", "v1....", "not sealed", "\0"]) {
      expect(vault.open(text, "v")).toBeNull()
    }
    // Every bit of it matters.
    const bytes = Buffer.from(parts[4] ?? "", "base64url")
    for (let bit = 0; bit < bytes.length * 8; bit += 7) {
      const changed = Buffer.from(bytes)
      const at = Math.floor(bit / 8)
      changed[at] = (changed[at] ?? 0) ^ (1 << (bit % 8))
      const text = [...parts.slice(0, 4), changed.toString("base64url")].join(
        "."
      )
      expect(vault.open(text, "v")).toBeNull()
    }
  })
})
