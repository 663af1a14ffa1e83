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
  return idOf(prefix, timeDigits(), randomBytes(RANDOM_LENGTH))
}

/** As many at once: for rows by the hundred, whose every single id would cost. */
export function newIds(prefix: string, count: number): string[] {
  const time = timeDigits()
  const random = randomBytes(RANDOM_LENGTH * count)
  return Array.from({ length: count }, (_, nth) => {
    const from = RANDOM_LENGTH * nth
    return idOf(prefix, time, random.subarray(from, from + RANDOM_LENGTH))
  })
}

function idOf(prefix: string, time: string, random: Uint8Array): string {
  let id = `${prefix}_${time}`
  for (const byte of random) id += ALPHABET.charAt(byte % 32)
  return id
}

function timeDigits(): string {
  let time = Date.now()
  let digits = ""
  for (let position = 0; position < TIME_LENGTH; position += 1) {
    digits = ALPHABET.charAt(time % 32) + digits
    time = Math.floor(time / 32)
  }
  return digits
}
