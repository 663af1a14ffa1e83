/** A screenshot with at most 256 colours: a third of the bytes, and nobody sees it. */
import { crc32, deflateSync, inflateSync } from "node:zlib"

const SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10])
const COLOURS_MAX = 256
/** Colours that differ by less are one: a picture of a screen has many that nobody tells apart. */
const STEP_BITS = 3
/**
 * A colour of a surface: it fills so much of the picture that everybody tells it
 * apart, however near another one is, such as a card's white and the page's.
 */
const SURFACE = 0.001

/**
 * @param {Buffer} png as a browser makes it: eight bits for each of red, green
 *   and blue, not interlaced
 * @returns {Buffer} the same picture by a palette
 * @throws {TypeError} for any other kind of picture
 */
export function shrinkPng(png) {
  const { width, height, channels, data } = read(png)
  const rgb = unfilter(inflateSync(data), { width, height, channels })
  const { palette, indexOf } = choosePalette(rgb, channels)
  const rows = Buffer.alloc((width + 1) * height)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * channels
      rows[y * (width + 1) + 1 + x] = indexOf(rgb[at], rgb[at + 1], rgb[at + 2])
    }
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 3, 0, 0, 0], 8)
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", header),
    chunk("PLTE", Buffer.from(palette.flat())),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ])
}

function read(png) {
  if (!png.subarray(0, 8).equals(SIGNATURE)) throw new TypeError("Not a PNG")
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)]
  const [depth, type, , , interlaced] = png.subarray(24, 29)
  const channels = { 2: 3, 6: 4 }[type]
  if (depth !== 8 || !channels || interlaced !== 0) {
    throw new TypeError("Not a PNG of eight bits for each colour")
  }
  const parts = []
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at)
    const name = png.toString("latin1", at + 4, at + 8)
    if (name === "IDAT") parts.push(png.subarray(at + 8, at + 8 + length))
    at += length + 12
  }
  return { width, height, channels, data: Buffer.concat(parts) }
}

/** Every row is written as what it differs from its neighbours by. */
function unfilter(raw, { width, height, channels }) {
  const size = width * channels
  const out = Buffer.alloc(size * height)
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (size + 1)]
    for (let x = 0; x < size; x += 1) {
      const at = y * size + x
      const left = x >= channels ? out[at - channels] : 0
      const up = y > 0 ? out[at - size] : 0
      const corner = x >= channels && y > 0 ? out[at - size - channels] : 0
      const given = raw[y * (size + 1) + 1 + x]
      out[at] = given + predicted(filter, left, up, corner)
    }
  }
  return out
}

function predicted(filter, left, up, corner) {
  switch (filter) {
    case 1:
      return left
    case 2:
      return up
    case 3:
      return (left + up) >> 1
    case 4:
      return nearestOf(left + up - corner, [left, up, corner])
    default:
      return 0
  }
}

function nearestOf(value, candidates) {
  const gaps = candidates.map((one) => Math.abs(value - one))
  return candidates[gaps.indexOf(Math.min(...gaps))]
}

/** The colours that fill most of the picture; every other one becomes the nearest of them. */
function choosePalette(rgb, channels) {
  const counts = new Map()
  for (let at = 0; at < rgb.length; at += channels) {
    const colour = (rgb[at] << 16) | (rgb[at + 1] << 8) | rgb[at + 2]
    counts.set(colour, (counts.get(colour) ?? 0) + 1)
  }
  const least = (rgb.length / channels) * SURFACE
  const groups = new Map()
  for (const [colour, count] of counts) {
    const key = count >= least ? `#${colour}` : groupOf(colour)
    const group = groups.get(key) ?? { count: 0, colours: new Map() }
    group.count += count
    group.colours.set(colour, count)
    groups.set(key, group)
  }
  const palette = [...groups.values()]
    .sort((one, other) => other.count - one.count)
    .slice(0, COLOURS_MAX)
    .map(({ colours }) => partsOf(mostOf(colours)))
  const known = new Map()
  const indexOf = (red, green, blue) => {
    const colour = (red << 16) | (green << 8) | blue
    const index = known.get(colour) ?? nearestIn(palette, [red, green, blue])
    known.set(colour, index)
    return index
  }
  return { palette, indexOf }
}

const groupOf = (colour) =>
  partsOf(colour).reduce((key, part) => (key << 8) | (part >> STEP_BITS), 0)

const partsOf = (colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]

function mostOf(colours) {
  const [[most]] = [...colours].sort(([, one], [, other]) => other - one)
  return most
}

function nearestIn(palette, parts) {
  const gaps = palette.map((one) =>
    one.reduce((sum, part, at) => sum + (part - parts[at]) ** 2, 0)
  )
  return gaps.indexOf(Math.min(...gaps))
}

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body) >>> 0)
  return Buffer.concat([length, body, sum])
}
