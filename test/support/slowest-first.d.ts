/** Whether a spec takes longer than its size says. */
export function isSlow(file: string): boolean
