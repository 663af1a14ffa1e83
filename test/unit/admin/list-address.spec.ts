import {
  readAddress,
  readFilters,
  writeFilters,
} from "../../../src/admin/lib/list-address"
import {
  beginningOf,
  PAYOUT_FILTERS,
} from "../../../src/admin/lib/payout-filters"

const read = (search: string) =>
  readAddress(new URLSearchParams(search), PAYOUT_FILTERS)

describe("the address of the list", () => {
  it("asks for nothing that the API would refuse", () => {
    expect(read("limit=9999&offset=-3&status=[]&q=&created_at={}")).toEqual({
      limit: 100,
      offset: 0,
    })
    expect(read("limit=1e3&offset=abc")).toEqual({ limit: 20, offset: 0 })
  })

  it("takes no filter that the list does not have", () => {
    expect(read("secret=1&limit=20")).toEqual({ limit: 20, offset: 0 })
  })

  it("takes of a span of time only moments", () => {
    const span = JSON.stringify({
      $gte: "2026-01-31T00:00:00.000Z",
      $lt: "never",
      $ne: "2026-01-31",
    })
    expect(read(`created_at=${span}`)).toMatchObject({
      created_at: { $gte: "2026-01-31T00:00:00.000Z" },
    })
    expect(read("created_at=[1,2]")).toEqual({ limit: 20, offset: 0 })
    expect(read('created_at="x"')).toEqual({ limit: 20, offset: 0 })
  })

  it("reads nothing but words out of a list", () => {
    expect(read('status=["ready",null,{"a":1}]')).toMatchObject({
      status: ["ready"],
    })
  })

  it("always begins at the first row of a page", () => {
    expect(read("limit=20&offset=47")).toMatchObject({ offset: 40 })
  })

  it("finds the filters again that it wrote", () => {
    const params = new URLSearchParams("q=tea")
    const chosen = {
      status: ["ready", "void"],
      vendor_id: undefined,
      created_at: { $gte: "2026-01-31T00:00:00.000Z" },
    }
    writeFilters(params, chosen, PAYOUT_FILTERS)

    expect(readAddress(params, PAYOUT_FILTERS)).toEqual({
      limit: 20,
      offset: 0,
      q: "tea",
      status: ["ready", "void"],
      created_at: { $gte: "2026-01-31T00:00:00.000Z" },
    })
    expect(read("status=ready")).toMatchObject({ status: ["ready"] })
  })

  it("keeps a filter that is only being chosen, but does not ask for it", () => {
    const params = new URLSearchParams("status=[]")
    expect(readFilters(params, PAYOUT_FILTERS)).toEqual({ status: [] })
    expect(readAddress(params, PAYOUT_FILTERS)).not.toHaveProperty("status")
  })

  it("reads one word where only one may be chosen", () => {
    const kinds = { state: "one" } as const
    const params = new URLSearchParams('state="open"')
    expect(readAddress(params, kinds)).toMatchObject({ state: "open" })
    expect(
      readAddress(new URLSearchParams('state=["open","over"]'), kinds)
    ).toMatchObject({ state: "open" })
  })
})

describe("the beginning of a day", () => {
  it("is midnight where the reader is, that many days ago", () => {
    const moment = new Date(beginningOf(new Date(2026, 0, 31, 15, 4), 6))
    expect([moment.getMonth(), moment.getDate(), moment.getHours()]).toEqual([
      0, 25, 0,
    ])
  })
})
