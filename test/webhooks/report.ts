import type { Forgeries } from "../support/forgeries"
import { writeProof } from "../support/write-proof"
import type { Storm } from "./storm"

/** `docs/proof/webhooks.md`: how far the last run that was told to write it has gone. */
export async function writeReport({
  seed,
  forgeries,
  forged_s,
  storm,
  storm_s,
}: {
  seed: number
  forgeries: Forgeries
  forged_s: number
  storm: Storm
  storm_s: number
}): Promise<void> {
  const day = new Date().toISOString().slice(0, 10)
  await writeProof(
    "webhooks",
    `# How far the proof of the webhooks went

Written by \`npm run test:webhooks -- --seed ${seed} --write\` on ${day}.

## Forgeries

${forgeries.tried} mutated deliveries: bits and bytes of the body, digits of the signature, other timestamps, cut, doubled, extended and made up headers.

| | |
| --- | --- |
| accepted | ${forgeries.accepted} |
| threw | ${forgeries.crashed} |
| took longer than 50 ms, also when tried again | ${forgeries.slow} |
| took, all together | ${forged_s} s |

## A storm

${storm.loads} loads of ${storm.users} users, flipped up to four deep while the messages about it came late, in no order, up to five times (some copies signed anew), 5 % of them not at all, and 1 % with a forgery that claims the contrary. Two workers followed. What was lost was found by the resolver's daily reading.

| | |
| --- | --- |
| events | ${storm.events}, of which ${storm.flips} flips |
| deliveries | ${storm.deliveries}; ${storm.stored} stored, the others repeats or forged |
| lost | ${storm.lost} |
| forged | ${storm.forged}, accepted ${storm.forged_accepted} |
| state as MassPay's, by webhooks alone | ${storm.right_by_webhooks} of ${storm.loads} |
| state as MassPay's, in the end | ${storm.right_in_the_end} of ${storm.loads} |
| look-ups because of webhooks | ${storm.lookups}, ${(storm.lookups / storm.events).toFixed(2)} for each event |
| look-ups of one user, at most | ${storm.lookups_of_one_max}; the interval of 5 s allows ${storm.lookups_of_one_allowed} |
| messages not applied in the end | ${storm.left_in_inbox} |
| took | ${storm_s} s |
`
  )
}
