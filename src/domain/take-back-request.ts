/** What is to be taken back: a load, or a direct payout, by its token at MassPay. */
export type TakenBack = {
  of: "load" | "payout"
  token: string
  /** Of the reversal of a direct payout: the bytes that are sent. */
  body: string | null
}

type Stored = { load_token: string } | { payout_token: string; body?: string }

/**
 * A request to take something back, as it is stored and later sent. A reversal
 * names no amount, which asks for all that is left: so a second one would have
 * nothing to bring.
 */
export function takeBackText({
  kind,
  of,
  token,
  client_id,
}: {
  kind: "reverse" | "cancel"
  of: TakenBack["of"]
  token: string
  /** Our name for the operation. */
  client_id: string
}): string {
  if (of === "load") return JSON.stringify({ load_token: token })
  const body = JSON.stringify({ client_transfer_id: client_id })
  return JSON.stringify({
    payout_token: token,
    ...(kind === "reverse" && { body }),
  })
}

/** What a text of `takeBackText` says. */
export function readTakeBackText(text: string): TakenBack {
  const stored = JSON.parse(text) as Stored
  return "load_token" in stored
    ? { of: "load", token: stored.load_token, body: null }
    : {
        of: "payout",
        token: stored.payout_token,
        body: stored.body ?? null,
      }
}
