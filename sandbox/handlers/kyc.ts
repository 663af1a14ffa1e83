import { invalid, refused } from "../errors"
import { isJsonObject } from "../json"
import { linkOf } from "../kyc/links"
import type { KycProvider } from "../kyc/papers"
import { startSession, submit } from "../kyc/rules"
import type { User } from "../store"
import {
  type Operation,
  type OperationContext,
  type OperationResult,
  read,
  userOf,
} from "./context"

const PHOTO_TYPES = ["face", "document-front", "document-back"]
const PHOTOS_BYTES_MAX = 10 * 1024 * 1024
const SIGNATURES = [
  [0x89, 0x50, 0x4e, 0x47],
  [0xff, 0xd8, 0xff],
]

/** A GET, and yet each one makes another session: that is how MassPay has it. */
export const startVeriff: Operation = (context) => start(context, "Veriff")

export const startAu10tix: Operation = (context) => start(context, "Au10tix")

function start(
  context: OperationContext,
  provider: KycProvider
): OperationResult {
  const { world } = context
  const user = payableUserOf(context)
  const wanted = { provider, asks: "identity", hasLink: true } as const
  const session = startSession(world, user, wanted)
  return {
    status: 200,
    body: { session_url: linkOf(world, session) },
    executed: true,
  }
}

/** Sessions about a person's identity, in order of creation. */
export const listSessions: Operation = (context) => {
  const { papers } = context.world
  const sessions = papers.sessionsOf(userOf(context).token)
  return read(
    sessions
      .filter(({ asks }) => asks === "identity")
      .map(({ provider, token, created_ms, status, reason }) => ({
        provider,
        session_id: token,
        session_time: new Date(created_ms).toISOString(),
        status,
        ...(reason !== null && { resp: { reason } }),
      }))
  )
}

/** Photos instead of a visit to a provider's page. Looked at, and not kept. */
export const uploadPhotos: Operation = (context) => {
  const { world, items } = context
  assertPhotos(items)
  const user = payableUserOf(context)
  const wanted = { provider: "Veriff", asks: "identity" } as const
  const session = startSession(world, user, { ...wanted, hasLink: false })
  submit(world, session)
  return { status: 200, body: { success: true }, executed: true }
}

function payableUserOf(context: OperationContext): User {
  const user = userOf(context)
  if (user.status !== "DEACTIVE") return user
  throw refused(400, ["User account is deactivated"])
}

function assertPhotos(items: readonly unknown[]): void {
  const problems: string[] = []
  const seen = new Set<unknown>()
  let bytes = 0
  for (const [index, item] of items.entries()) {
    const { type, content } = isJsonObject(item) ? item : {}
    if (!PHOTO_TYPES.some((known) => known === type)) {
      problems.push(`type of ${index} must be one of ${PHOTO_TYPES.join(", ")}`)
    } else if (seen.has(type)) problems.push(`type of ${index} is there twice`)
    seen.add(type)
    const photo = typeof content === "string" ? decode(content) : null
    bytes += photo?.length ?? 0
    if (!photo || !isPicture(photo)) {
      problems.push(`content of ${index} must be a PNG or JPEG in base64`)
    }
  }
  if (items.length === 0) problems.push("the body must list at least one photo")
  if (bytes > PHOTOS_BYTES_MAX)
    problems.push("the photos exceed 10 MB together")
  if (problems.length > 0) throw invalid(problems.slice(0, 10))
}

function decode(content: string): Buffer | null {
  const bytes = Buffer.from(content, "base64")
  return bytes.toString("base64") === content ? bytes : null
}

function isPicture(photo: Buffer): boolean {
  return SIGNATURES.some((signature) =>
    signature.every((byte, index) => photo[index] === byte)
  )
}
