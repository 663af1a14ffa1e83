import {
  type Case,
  HOUR_MS,
  inShop,
  MINUTE_MS,
  POLICIES,
  SECOND_MS,
} from "./case"

const CAPS = [10, 25] as const

/** Lists that do not show everything, or not yet. */
export function lists(): Case[] {
  return POLICIES.flatMap((duplicates) => [
    ...CAPS.flatMap((cap) =>
      [true, false].map((isExecuted) => ({
        name: `list capped at ${cap}, load ${isExecuted ? "hidden" : "not made"}, duplicates: ${duplicates}`,
        run: () =>
          inShop({ duplicates }, async (stage) => {
            const { control } = stage.world.sandbox
            await stage.collect()
            await stage.jobsUnder(
              {
                fault: isExecuted ? "execute_then_drop" : "drop_before_execute",
                method: "POST",
                path: "/load/",
              },
              ["dispatch"]
            )
            // Younger loads fill the list, so that hers is cut off.
            for (let n = 0; n < cap; n += 1) {
              await stage.collect(100 + n)
              await stage.jobs(["dispatch"])
            }
            control.changeSettings({ load_list_max_rows: cap })
            for (let round = 0; round < 5; round += 1) {
              await stage.pass(15 * MINUTE_MS)
              await stage.jobs(["resolve", "dispatch"])
            }
            const [oldest] = await stage.statuses()
            const wanted = isExecuted ? "unknown" : "completed"
            stage.expect(`${wanted}, found ${oldest ?? ""}`, oldest === wanted)
            control.changeSettings({ load_list_max_rows: null })
          }),
      }))
    ),
    ...[10, 60, 115].map((lag_s) => ({
      name: `list ${lag_s} s late, duplicates: ${duplicates}`,
      run: () =>
        inShop({ duplicates }, async (stage) => {
          await stage.collect()
          await stage.jobsUnder(
            { fault: "execute_then_500", method: "POST", path: "/load/" },
            ["dispatch"]
          )
          for (let n = 0; n < 6; n += 1) {
            stage.world.armFault({
              fault: "list_lag",
              lag_ms: lag_s * SECOND_MS,
            })
            await stage.pass(25 * SECOND_MS)
            await stage.jobs(["resolve", "dispatch"])
          }
          stage.expect("executed once", stage.executed().join() === "1")
          await stage.pass(HOUR_MS)
        }),
    })),
  ])
}
