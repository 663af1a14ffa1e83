/** Of a hold `h`: it ends when it is released, and by itself when its time is over. */
export const HOLD_STANDS = `(
  h.released_at is null
  and (h.until is null or h.until > (select masspay_now())))`
