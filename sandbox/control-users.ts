import { FaultControl } from "./control-faults"
import { ControlError } from "./errors"
import type { KycStatus } from "./kyc/papers"
import {
  clearLock,
  closeLockSession,
  setStatus,
  startLockSession,
} from "./kyc/rules"
import type { LockKind, User } from "./store"
import {
  type KycSessionView,
  type UserView,
  viewSession,
  viewUser,
} from "./views"
import { userEvent } from "./webhooks/bodies"
import { tell } from "./webhooks/tell"

/** The part of the control that decides who may be paid, and who is asked for what. */
export class UserControl extends FaultControl {
  /**
   * Makes MassPay refuse to pay this user. All kinds lock her, except `missing_id`:
   * then she stays ACTIVE, and it is each payment that is refused.
   */
  lockUser(userToken: string, kind: LockKind): UserView {
    const user = this.findUser(userToken)
    if (user.status === "DEACTIVE") {
      throw new ControlError(409, "A deactivated user cannot be locked")
    }
    const { world } = this.runtime
    closeLockSession(world, user)
    const session = startLockSession(world, user, kind)
    user.lock = { kind, session_id: session?.token ?? null }
    user.status = kind === "missing_id" ? "ACTIVE" : "LOCKED"
    tell(world, userEvent(user))
    return this.changedUser(user, `user_locked_${kind}`)
  }

  /** The papers arrived: whatever was missing is no longer. */
  unlockUser(userToken: string): UserView {
    const user = this.findUser(userToken)
    if (!user.lock) throw new ControlError(409, "This user is not locked")
    const { world } = this.runtime
    const session = world.papers.session(user.lock.session_id ?? "")
    if (session) setStatus(world, session, "Approved")
    else clearLock(world, user)
    return this.changedUser(user, "user_unlocked")
  }

  deactivateUser(userToken: string): UserView {
    const user = this.findUser(userToken)
    closeLockSession(this.runtime.world, user)
    user.lock = null
    user.status = "DEACTIVE"
    tell(this.runtime.world, userEvent(user))
    return this.changedUser(user, "user_deactivated")
  }

  /** All rounds of asking this user for papers, in order of creation. */
  kycSessions(userToken: string): KycSessionView[] {
    const user = this.findUser(userToken)
    const { world } = this.runtime
    return world.papers
      .sessionsOf(user.token)
      .map((session) => viewSession(world, session))
  }

  /** Decides about a session as a reviewer would, or lets it end in another way. */
  setKycStatus(sessionId: string, status: KycStatus): KycSessionView {
    const world = this.runtime.worldNow()
    const session = world.papers.session(sessionId)
    if (!session)
      throw new ControlError(404, `There is no session ${sessionId}`)
    setStatus(world, session, status)
    this.runtime.changed()
    return viewSession(world, session)
  }

  protected findUser(userToken: string): User {
    const user = this.runtime.worldNow().store.user(userToken)
    if (!user) throw new ControlError(404, `There is no user ${userToken}`)
    return user
  }

  protected changedUser(user: User, event: string): UserView {
    const { world } = this.runtime
    const user_token = user.token
    world.journal.append({ kind: "note", event, user_token, load_token: null })
    this.runtime.changed()
    return viewUser(world, user)
  }
}
