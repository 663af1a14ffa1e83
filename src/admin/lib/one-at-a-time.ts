/** While one call is running, further calls get that call's result: two clicks are one request. */
export function oneAtATime<Arguments extends unknown[], Result>(
  act: (...given: Arguments) => Promise<Result>
): (...given: Arguments) => Promise<Result> {
  let running: Promise<Result> | null = null
  return (...given) => {
    running ??= act(...given).finally(() => {
      running = null
    })
    return running
  }
}
