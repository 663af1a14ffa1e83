import { randomBytes } from "node:crypto"

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
const TIME_LENGTH = 10
const RANDOM_LENGTH = 16

/**
 * An id like those of Medusa's own records (prefix and ULID), so that ids sort
 * roughly by age. Written out here because the books' statements also run in
 * processes that do not load the framework.
 */
export function newId(prefix: string): string {
  let time = Date.now()
  let digits = ""
  for (let position = 0; position < TIME_LENGTH; position += 1) {
    digits = ALPHABET.charAt(time % 32) + digits
    time = Math.floor(time / 32)
  }
  for (const byte of randomBytes(RANDOM_LENGTH)) {
    digits += ALPHABET.charAt(byte % 32)
  }
  return `${prefix}_${digits}`
}
