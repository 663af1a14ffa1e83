const TAIL = 4
const MASK = "…"

/**
 * Of a token that says where money went: so much that its owner can tell two
 * apart, and too little to use it. A short one is hidden whole.
 */
export function maskedDestination(token: string | null): string | null {
  if (token === null) return null
  return token.length < 3 * TAIL ? MASK : `${MASK}${token.slice(-TAIL)}`
}
