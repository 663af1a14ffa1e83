import { useSyncExternalStore } from "react"

/** Below Tailwind's `sm`. */
const PHONE = "(max-width: 639.98px)"

/** Whether the window is too narrow for a table of more than two or three columns. */
export function useIsPhone(): boolean {
  return useSyncExternalStore(onChange, isPhone)
}

function isPhone(): boolean {
  return window.matchMedia(PHONE).matches
}

function onChange(tell: () => void): () => void {
  const query = window.matchMedia(PHONE)
  query.addEventListener("change", tell)
  return () => query.removeEventListener("change", tell)
}
