import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
} from "node:crypto"

/** A link as it may be stored: what it is cannot be told without the key. */
export type SealedLink = {
  sealed: string
  host: string
  /** Of the first key, to store. */
  hash: string
  /** Of every key, to find the same link again after the key was replaced. */
  hashes: string[]
}

/**
 * Keeps upload links, which are bearer secrets, at rest. The first key seals;
 * all of them open, so that a key can be replaced without losing what stands.
 * Without a key nothing is sealed.
 */
export interface LinkVault {
  readonly has_key: boolean
  /** `owner`: whose link it is. It opens for nobody else. `null` without a key. */
  seal(link: string, owner: string): SealedLink | null
  /** `null` where no key opens it, or it is somebody else's. Never throws. */
  open(sealed: string, owner: string): string | null
}

const VERSION = "v1"
const IV_BYTES = 12
const TAG_BYTES = 16
const KEY_BYTES = 32

/** Keys of 32 bytes each, the newest first. */
export function createLinkVault(keys: readonly Buffer[]): LinkVault {
  const derived = keys.map((key) => ({
    id: derive(key, "id").toString("hex").slice(0, 8),
    cipher: derive(key, "cipher"),
    mac: derive(key, "hash"),
  }))
  const [first] = derived
  return {
    has_key: first !== undefined,
    seal(link, owner) {
      if (!first) return null
      const iv = randomBytes(IV_BYTES)
      const cipher = createCipheriv("aes-256-gcm", first.cipher, iv)
      cipher.setAAD(Buffer.from(owner, "utf8"))
      const body = Buffer.concat([cipher.update(link, "utf8"), cipher.final()])
      const hashes = derived.map(({ mac }) =>
        createHmac("sha256", mac).update(link, "utf8").digest("hex")
      )
      return {
        sealed: [VERSION, first.id, iv, cipher.getAuthTag(), body]
          .map((part) =>
            typeof part === "string" ? part : part.toString("base64url")
          )
          .join("."),
        host: new URL(link).host,
        hash: hashes[0] ?? "",
        hashes,
      }
    },
    open(sealed, owner) {
      const [version, id, iv, tag, body] = sealed.split(".")
      if (version !== VERSION || !iv || !tag || body === undefined) return null
      // Two keys may share an id by chance: whichever opens it is right.
      for (const key of derived.filter((one) => one.id === id)) {
        const link = openWith(key.cipher, { iv, tag, body, owner })
        if (link !== null) return link
      }
      return null
    },
  }
}

function openWith(
  key: Buffer,
  {
    iv,
    tag,
    body,
    owner,
  }: { iv: string; tag: string; body: string; owner: string }
): string | null {
  try {
    const decipher = createDecipheriv(
      "aes-256-gcm",
      key,
      Buffer.from(iv, "base64url"),
      { authTagLength: TAG_BYTES }
    )
    decipher.setAAD(Buffer.from(owner, "utf8"))
    decipher.setAuthTag(Buffer.from(tag, "base64url"))
    return Buffer.concat([
      decipher.update(Buffer.from(body, "base64url")),
      decipher.final(),
    ]).toString("utf8")
  } catch {
    // A wrong key, or somebody changed it: both show as unreadable.
    return null
  }
}

/** One purpose, one key: what is known of a hash tells nothing about the cipher. */
function derive(key: Buffer, purpose: string): Buffer {
  return Buffer.from(
    hkdfSync("sha256", key, "masspay-links", purpose, KEY_BYTES)
  )
}
