import { PayoutControl } from "./control-payouts"
import { ControlError } from "./errors"

/** The part of the control that keeps MassPay from telling of what it did. */
export class HidingControl extends PayoutControl {
  /**
   * No list and no history shows this load or spendback any more, as if MassPay had
   * lost it; its money stays where it is. A reset, or a restart, shows it again.
   */
  hide(token: string): string[] {
    const world = this.runtime.worldNow()
    const { store } = world
    const isThere =
      store.load(token) ?? store.spendbacks().find((one) => one.token === token)
    if (!isThere) {
      throw new ControlError(404, `There is no load or spendback ${token}`)
    }
    world.hidden.add(token)
    this.runtime.changed()
    return this.hidden()
  }

  /** Tokens of what is hidden. */
  hidden(): string[] {
    return [...this.runtime.world.hidden]
  }

  showAll(): void {
    this.runtime.world.hidden.clear()
    this.runtime.changed()
  }
}
