/** Request ids of actions. The server does what one id asks for once. */

const ID_BYTES = 16
const HEX = 16

/** Also where `crypto.randomUUID` is missing: a shop on plain http. */
export function newRequestId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(ID_BYTES))
  const text = [...bytes].map((byte) => byte.toString(HEX).padStart(2, "0"))
  return `admin-${text.join("")}`
}

/**
 * One id for each thing that is asked for, until its outcome is known: whoever
 * closes a dialog after an answer got lost, and opens it again, asks about the
 * same request and cannot start a second one.
 */
export class RequestIds {
  private readonly open = new Map<string, string>()

  constructor(private readonly make: () => string = newRequestId) {}

  for(subject: string): string {
    const id = this.open.get(subject) ?? this.make()
    this.open.set(subject, id)
    return id
  }

  /** Its outcome is known: what is asked for next is something new. */
  settle(subject: string): void {
    this.open.delete(subject)
  }
}
