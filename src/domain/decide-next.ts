/** Every decision about what happens to a payout on the wire, in one place. */
export {
  decideAfterAttempt,
  REMOTE_STATUSES,
  type AfterAttempt,
  type AfterAttemptInput,
  type AttemptOutcome,
  type RemoteStatus,
} from "./decide-after-attempt"
export { decideAfterLookup } from "./decide-after-lookup"
export {
  mustBeFound,
  PARK_REASONS,
  type AfterLookup,
  type AfterLookupInput,
  type FoundLoad,
  type MustBeFound,
  type ParkReason,
  type WaitReason,
} from "./lookup-types"
export {
  KEY_TRUSTED_MS,
  LOOKUP_DELAYS_MS,
  lookupDelay,
  NOT_FOUND_GAP_MS,
  VISIBILITY_DELAY_MS,
} from "./lookup-timing"
