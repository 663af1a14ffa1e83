import { createHash } from "node:crypto"

import { refused } from "../errors"
import { destinationOf } from "../withdrawals"
import { type Operation, read, userOf } from "./context"

/**
 * The rule by which a user's wallet is paid out when something comes in: what is
 * set for her, or for all.
 */
export const listAutopayouts: Operation = (context) => {
  const { world, params } = context
  const user = userOf(context)
  const wallet = world.store
    .walletsOf(user.token)
    .find(({ token }) => token === params.wallet_token)
  if (!wallet) throw refused(404, ["This user has no such wallet"])
  const percentage =
    user.autopayout_percentage ?? world.settings.autopayout_percentage
  if (percentage === 0) return read([])
  const name = createHash("sha256").update(wallet.token).digest("hex")
  return read([
    {
      token: `autopayout_${name.slice(0, 32)}`,
      destination_token: destinationOf(wallet),
      percentage,
    },
  ])
}
