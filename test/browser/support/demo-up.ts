import { DEMO_OF_THE_RUN, startDemo } from "./demo"

/**
 * Jest's `globalSetup`: one demo for all files. What it puts into the
 * environment reaches them.
 */
export default async function demoUp(): Promise<void> {
  const { stop, ...demo } = await startDemo()
  process.env[DEMO_OF_THE_RUN] = JSON.stringify(demo)
  Object.assign(globalThis, { masspayStopDemo: stop })
}
