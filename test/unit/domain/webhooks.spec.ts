import { backoffAfter, claimedStatus } from "../../../src/domain/webhooks"

it("waits ever longer, and never more than a quarter of an hour", () => {
  const waits = [1, 2, 3, 4, 8, 9, 100].map(backoffAfter)
  expect(waits).toEqual([
    5_000, 10_000, 20_000, 40_000, 640_000, 900_000, 900_000,
  ])
})

it("reads what a message claims in the words of our operations", () => {
  expect(claimedStatus("load", "completed")).toBe("COMPLETED")
  expect(claimedStatus("load", "CANCELED")).toBe("CANCELLED")
  expect(claimedStatus("spendback", "success")).toBe("COMPLETED")
  expect(claimedStatus("spendback", "failure")).toBe("CANCELLED")
  expect(claimedStatus("spendback", "scheduled")).toBe("SCHEDULED")
  expect(claimedStatus("load", "success")).toBe("SUCCESS")
  expect(claimedStatus("load", null)).toBeNull()
})
