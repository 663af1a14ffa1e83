/** The terms that all shops and programs of the measurement settle by. */
export const BASIS_POINTS = 1_250
/** What is settled is not due at once: collecting and paying is not what is measured. */
export const HOLD_DAYS = 7
