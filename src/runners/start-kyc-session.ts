import { DecisionRefusedError } from "../domain/decisions"
import type { LinkVault } from "../link-vault"
import {
  recordKycSession,
  recordKycSessionFailed,
  reserveKycSession,
  type SessionWish,
} from "../modules/masspay/queries/kyc-sessions"
import { GatewayError } from "../modules/masspay-gateway/errors"
import type { RunnerDeps } from "./deps"
import { sealedOrNot } from "./kyc-papers"
import { gatewayFields } from "./resolve-log"

/**
 * Makes one identity session at MassPay for one wish of a person, and returns
 * its link: a bearer secret, for the payee it is of. The wish is written down
 * first, MassPay is asked once and never again for it, whatever comes of it; the
 * same request id gets the same link while that is kept. Not a workflow: the
 * engine keeps what its steps return, and may run them twice.
 *
 * Throws `DecisionRefusedError` with what the person can do about it.
 */
export async function startKycSession(
  deps: RunnerDeps & { links: LinkVault },
  wish: SessionWish
): Promise<string> {
  const { books, wire, links, log } = deps
  const reserved = await reserveKycSession(books, wish)
  if (reserved.did === "known") {
    const link =
      reserved.link_sealed === null
        ? null
        : links.open(reserved.link_sealed, reserved.vendor_id)
    if (link === null) throw new DecisionRefusedError("link_gone")
    return link
  }
  const { session_id, payee_id, vendor_id, user_token } = reserved
  const { provider, source } = wish
  const link = await ask()
  await recordKycSession(books, {
    session_id,
    payee_id,
    vendor_id,
    provider,
    source,
    paper: {
      kind: "identity",
      text: null,
      ...sealedOrNot(link, { links, vendor_id }),
    },
  })
  log.info("kyc.session_started", { payee_id, provider, source })
  return link

  async function ask(): Promise<string> {
    try {
      return await wire.startKycSession({ user_token, provider })
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error
      log.warn("kyc.session_failed", { payee_id, ...gatewayFields(error) })
      await recordKycSessionFailed(books, { session_id })
      throw new DecisionRefusedError("masspay_gave_no_link")
    }
  }
}
