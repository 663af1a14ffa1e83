import type { AdminGoLiveItem, GoLiveState } from "../../types/http-go-live"

type Color = "green" | "red" | "orange" | "grey" | "purple"

const COLOR_OF_STATE = {
  failed: "red",
  attest_needed: "purple",
  warning: "orange",
  passed: "green",
  not_applicable: "grey",
} satisfies Record<GoLiveState, Color>

/** What stands first is what somebody has to do. */
const ORDER = Object.keys(COLOR_OF_STATE)

export function goLiveColor(state: string): Color {
  return state in COLOR_OF_STATE ? COLOR_OF_STATE[state as GoLiveState] : "grey"
}

/** What is wrong first; otherwise in the order of the list. One of an unknown state is not hidden behind what passed. */
export function byUrgency(
  items: readonly AdminGoLiveItem[]
): AdminGoLiveItem[] {
  const rank = ({ state }: AdminGoLiveItem) => {
    const at = ORDER.indexOf(state)
    return at === -1 ? 0 : at
  }
  return [...items].sort((a, b) => rank(a) - rank(b))
}
