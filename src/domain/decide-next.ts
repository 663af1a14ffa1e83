/** Every decision about what happens to a payout on the wire, in one place. */
export {
  decideAfterAttempt,
  isBack,
  REMOTE_STATUSES,
  type AfterAttempt,
  type AfterAttemptInput,
  type AttemptOutcome,
  type RemoteStatus,
} from "./decide-after-attempt"
export { decideAfterLookup } from "./decide-after-lookup"
export { lookupDelay } from "./lookup-timing"
export {
  type AfterLookup,
  type AfterLookupInput,
  type FoundLoad,
  mustBeFound,
  type MustBeFound,
} from "./lookup-types"
