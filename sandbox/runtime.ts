import { settleDue } from "./due"
import { type Beginning, beginWorld, type World } from "./world"

/**
 * Holds the world that is current, and tells who wants to know that it changed.
 * Take `world` anew for each request: a reset puts another one in its place, and
 * what was under way ends harmlessly in the old one.
 */
export class Runtime {
  private current: World
  private resets = 0

  constructor(
    private readonly beginning: Beginning,
    restored: World | null,
    private readonly onChange: () => void
  ) {
    this.current = restored ?? beginWorld(beginning)
  }

  get world(): World {
    return this.current
  }

  /** Tells one world from the next, whose journal starts at 1 again. */
  get generation(): number {
    return this.resets + 1
  }

  /** The world with everything done that its clock says is due. */
  worldNow(): World {
    if (settleDue(this.current) > 0) this.changed()
    return this.current
  }

  reset(): void {
    this.current = beginWorld(this.beginning)
    this.resets += 1
    this.changed()
  }

  changed(): void {
    this.onChange()
  }
}
