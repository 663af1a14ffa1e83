export default async function demoDown(): Promise<void> {
  const { masspayStopDemo } = globalThis as {
    masspayStopDemo?: () => Promise<void>
  }
  await masspayStopDemo?.()
}
