import type { Random } from "./random"

/**
 * Makes something else of a genuine delivery: a bit, a byte, a piece of the
 * header or of the body. Now and then it comes out unchanged.
 */
export function mutate(
  genuine: { header: string; body: Buffer },
  random: Random
): { headers: string[]; body: Buffer } {
  const { header, body } = genuine
  switch (random.between(0, 9)) {
    case 0:
      return { headers: [header], body: flipBit(body, random) }
    case 1:
      return {
        headers: [header],
        body: body.subarray(0, random.between(0, body.length - 1)),
      }
    case 2:
      return {
        headers: [header],
        body: Buffer.concat([body, Buffer.from([random.between(0, 255)])]),
      }
    case 3:
      return { headers: [changeDigit(header, random)], body }
    case 4:
      return { headers: [withTimestamp(header, random)], body }
    case 5:
      return { headers: [header, header], body }
    case 6:
      return {
        headers: [header.slice(0, random.between(0, header.length - 1))],
        body,
      }
    case 7:
      return {
        headers: [
          `${header}${random.pick([",s=00", ",t=1", ",", ";", "=", "\u0000"])}`,
        ],
        body,
      }
    case 8:
      return { headers: [garbage(random)], body }
    default:
      return { headers: [header], body: Buffer.from(garbage(random)) }
  }
}

function flipBit(body: Buffer, random: Random): Buffer {
  const copy = Buffer.from(body)
  const at = random.between(0, copy.length - 1)
  copy[at] = (copy[at] ?? 0) ^ (1 << random.between(0, 7))
  return copy
}

/** Another digit of the MAC: its case alone would change nothing. */
function changeDigit(header: string, random: Random): string {
  const from = header.indexOf("s=") + 2
  const at = random.between(from, header.length - 1)
  const digit = Number.parseInt(header.charAt(at), 16)
  const other = ((digit + random.between(1, 15)) % 16).toString(16)
  return header.slice(0, at) + other + header.slice(at + 1)
}

function withTimestamp(header: string, random: Random): string {
  const was = /t=(\d+)/.exec(header)?.[1] ?? "0"
  const now = random.pick([
    String(Number(was) + random.between(1, 100_000)),
    `0${was}`,
    `${was}000`,
    `+${was}`,
    "now",
    "9".repeat(random.between(1, 60)),
    "-1",
    "1e9",
  ])
  return header.replace(`t=${was}`, `t=${now}`)
}

function garbage(random: Random): string {
  const length = random.pick([0, 1, 10, 200, 2_000])
  const alphabet = random.pick([
    "t=,s0 ",
    "tttttttt",
    "=,=,=,",
    "A+/=_-",
    'é\u0000{}[]"\\',
  ])
  let text = random.pick(["", "t=1,s=", "t=", " t = "])
  for (let n = 0; n < length; n += 1) {
    text += alphabet.charAt(random.between(0, alphabet.length - 1))
  }
  return text
}
