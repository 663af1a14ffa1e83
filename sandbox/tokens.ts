import { createHash, randomUUID } from "node:crypto"

type TokenPrefix =
  | "usr_"
  | "usr_wlt_"
  | "clnt_wlt_"
  | "ld_"
  | "spnd_bk_"
  | "kyc_"
  | "pyt_"
  | "payout_"
  | "payout_rev_"
  | "attr_set_"
  | "autopayout_"

/**
 * Makes the opaque tokens of the API. With a seed the same calls give the same
 * tokens in every run; without one they are random.
 */
export class TokenFactory {
  constructor(
    readonly seed: number | null,
    private issued = 0
  ) {}

  next(prefix: TokenPrefix): string {
    return prefix + this.uuid()
  }

  /** One without a prefix. */
  plain(): string {
    return this.uuid()
  }

  /** A code of so many digits, at most 19. */
  digits(count: number): string {
    const number = BigInt(`0x${this.uuid().replaceAll("-", "").slice(0, 16)}`)
    return String(number).padStart(count, "0").slice(-count)
  }

  /** The secret part of a link that only its addressee may see. */
  linkSecret(): string {
    return this.uuid().replaceAll("-", "")
  }

  /** How many were made: with the seed, all that is needed to go on later. */
  count(): number {
    return this.issued
  }

  private uuid(): string {
    this.issued += 1
    if (this.seed === null) return randomUUID()
    const hex = createHash("sha256")
      .update(`${this.seed}:${this.issued}`)
      .digest("hex")
    return [
      hex.slice(0, 8),
      hex.slice(8, 12),
      `4${hex.slice(13, 16)}`,
      `8${hex.slice(17, 20)}`,
      hex.slice(20, 32),
    ].join("-")
  }
}
