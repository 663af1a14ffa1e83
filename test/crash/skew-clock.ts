/** Makes this process believe that it is another time. The database knows better. */
export function skewClock(skew_ms: number): void {
  if (skew_ms === 0) return
  const RightDate = Date
  class WrongDate extends RightDate {
    constructor(...args: [] | ConstructorParameters<DateConstructor>) {
      if (args.length === 0) super(RightDate.now() + skew_ms)
      else super(...args)
    }
    static override now(): number {
      return RightDate.now() + skew_ms
    }
  }
  globalThis.Date = WrongDate as DateConstructor
}
