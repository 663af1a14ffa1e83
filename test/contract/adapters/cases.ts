import type { DifferenceReason } from "../../../src/domain/settle"
import type { Sale, SaleItem, Seller } from "./sale"

/** One look at a sale: what every vendor is due then, and what the books hold for her after it. */
export type Look = {
  sale: Sale
  due: Partial<Record<Seller, string>>
  /** Where each seller ships her own parcel. */
  due_each?: Partial<Record<Seller, string>>
  /** Why nothing is booked now, the same for every vendor; absent where it is. */
  held?: string
  booked: Partial<Record<Seller, string>>
  booked_each?: Partial<Record<Seller, string>>
  /** Of the one difference that is booked now. */
  reason?: DifferenceReason
}

export type Case = {
  name: string
  /** Only where a vendor has an order of her own. */
  needs_split?: boolean
  looks: Look[]
}

const BOWL = {
  id: "bowl",
  seller: "ada",
  unit_price: "20.00",
  quantity: 1,
} as const
const CUPS = {
  id: "cups",
  seller: "bob",
  unit_price: "5.00",
  quantity: 2,
} as const
const WRAP = {
  id: "wrap",
  seller: null,
  unit_price: "3.00",
  quantity: 1,
} as const
/** 20.00 of ada's and 10.00 of bob's, paid and done. */
const SOLD: Sale = {
  currency: "usd",
  items: [BOWL, CUPS],
  captured: "30.00",
  is_completed: true,
}
const WHEN_SOLD: Look = {
  sale: SOLD,
  due: { ada: "20.00", bob: "10.00" },
  booked: { ada: "20.00", bob: "10.00" },
}

export const CASES: Case[] = [
  {
    name: "gives a single vendor everything, shipping included",
    looks: [
      {
        sale: {
          currency: "usd",
          items: [{ ...BOWL, unit_price: "19.99", quantity: 2 }],
          shipping: { together: "5.00", each: { ada: "5.00" } },
          captured: "44.98",
          is_completed: true,
        },
        due: { ada: "44.98" },
        booked: { ada: "44.98" },
      },
    ],
  },
  {
    name: "gives each of several vendors her own lines",
    looks: [
      {
        sale: {
          ...SOLD,
          items: [
            { ...BOWL, unit_price: "12.50" },
            { ...CUPS, unit_price: "7.25", quantity: 1 },
            { ...CUPS, id: "lid", unit_price: "0.25", quantity: 1 },
          ],
          captured: "20.00",
        },
        due: { ada: "12.50", bob: "7.50" },
        booked: { ada: "12.50", bob: "7.50" },
      },
    ],
  },
  {
    name: "gives nobody a line without a vendor",
    looks: [
      {
        sale: { ...SOLD, items: [BOWL, WRAP], captured: "23.00" },
        due: { ada: "20.00" },
        booked: { ada: "20.00" },
      },
    ],
  },
  {
    name: "gives nobody anything of a sale of the platform's alone",
    looks: [
      {
        sale: {
          ...SOLD,
          items: [WRAP],
          shipping: { together: "4.00", each: {} },
          captured: "7.00",
        },
        due: {},
        booked: {},
      },
    ],
  },
  {
    name: "leaves shipping that several share to be divided, and a parcel of her own to its vendor",
    looks: [
      {
        sale: {
          ...SOLD,
          items: [BOWL, CUPS, { ...WRAP, unit_price: "10.00" }],
          shipping: { together: "6.00", each: { ada: "4.50", bob: "1.50" } },
          captured: "46.00",
        },
        // 6.00 by 20 : 10 : 10 of the platform's.
        due: { ada: "23.00", bob: "11.50" },
        due_each: { ada: "24.50", bob: "11.50" },
        booked: { ada: "23.00", bob: "11.50" },
        booked_each: { ada: "24.50", bob: "11.50" },
      },
    ],
  },
  {
    name: "takes a discount across vendors off each one's own lines",
    looks: [
      {
        sale: {
          ...SOLD,
          items: [
            { ...BOWL, discount: "5.00" },
            { ...CUPS, discount: "2.50" },
          ],
          captured: "22.50",
        },
        due: { ada: "15.00", bob: "7.50" },
        booked: { ada: "15.00", bob: "7.50" },
      },
    ],
  },
  {
    name: "gives a vendor the tax on her lines",
    looks: [
      {
        sale: {
          ...SOLD,
          items: [
            { ...BOWL, tax: "3.80" },
            { ...CUPS, discount: "1.00", tax: "0.63" },
          ],
          captured: "33.43",
        },
        due: { ada: "23.80", bob: "9.63" },
        booked: { ada: "23.80", bob: "9.63" },
      },
    ],
  },
  {
    name: "lets a gift card that is sold be the platform's",
    looks: [
      {
        sale: {
          ...SOLD,
          items: [BOWL, { ...WRAP, id: "gift_card", unit_price: "25.00" }],
          captured: "45.00",
        },
        due: { ada: "20.00" },
        booked: { ada: "20.00" },
      },
    ],
  },
  {
    name: "owes vendors what a gift card paid for",
    looks: [
      {
        sale: { ...SOLD, credit: "12.00", captured: "18.00" },
        due: { ada: "20.00", bob: "10.00" },
        booked: { ada: "20.00", bob: "10.00" },
      },
    ],
  },
  {
    name: "takes a partial refund off a vendor who sold everything",
    looks: [
      {
        sale: { ...SOLD, items: [BOWL], captured: "20.00" },
        due: { ada: "20.00" },
        booked: { ada: "20.00" },
      },
      {
        sale: {
          ...SOLD,
          items: [BOWL],
          captured: "20.00",
          refunded: "4.50",
        },
        due: { ada: "15.50" },
        booked: { ada: "15.50" },
      },
    ],
  },
  {
    name: "does not guess whose a refund without a return is",
    looks: [
      WHEN_SOLD,
      {
        sale: { ...SOLD, refunded: "4.50" },
        due: { ada: "20.00", bob: "10.00" },
        held: "unallocated_refund",
        booked: { ada: "20.00", bob: "10.00" },
      },
    ],
  },
  {
    name: "takes a return from its vendor at once, and its refund from nobody",
    looks: [
      WHEN_SOLD,
      {
        sale: { ...SOLD, items: [BOWL, { ...CUPS, returned: 1 }] },
        due: { ada: "20.00", bob: "5.00" },
        booked: { ada: "20.00", bob: "5.00" },
      },
      {
        sale: {
          ...SOLD,
          items: [BOWL, { ...CUPS, returned: 1 }],
          refunded: "5.00",
        },
        due: { ada: "20.00", bob: "5.00" },
        booked: { ada: "20.00", bob: "5.00" },
      },
      {
        sale: {
          ...SOLD,
          items: [
            { ...BOWL, returned: 1 },
            { ...CUPS, returned: 2 },
          ],
          refunded: "30.00",
        },
        due: { ada: "0.00", bob: "0.00" },
        booked: { ada: "0.00", bob: "0.00" },
      },
    ],
  },
  {
    name: "pays nobody for an order that is not paid, or paid in part",
    looks: [
      {
        sale: { ...SOLD, captured: "0.00" },
        due: { ada: "20.00", bob: "10.00" },
        held: "not_captured",
        booked: {},
      },
      {
        sale: { ...SOLD, captured: "29.99" },
        due: { ada: "20.00", bob: "10.00" },
        held: "partially_captured",
        booked: {},
      },
    ],
  },
  {
    name: "pays nobody before the order is done",
    looks: [
      {
        sale: { ...SOLD, is_completed: false },
        due: { ada: "20.00", bob: "10.00" },
        held: "not_released",
        booked: {},
      },
    ],
  },
  {
    name: "pays nobody for an order cancelled before it was paid",
    looks: [
      {
        sale: { ...SOLD, captured: "0.00", canceled: ["ada", "bob"] },
        due: { ada: "0.00", bob: "0.00" },
        held: "canceled",
        booked: {},
      },
    ],
  },
  {
    name: "takes everything back for an order cancelled after it was paid",
    looks: [
      WHEN_SOLD,
      {
        sale: {
          ...SOLD,
          canceled: ["ada", "bob"],
          refunded: "30.00",
        },
        due: { ada: "0.00", bob: "0.00" },
        booked: { ada: "0.00", bob: "0.00" },
      },
    ],
  },
  {
    name: "takes a cancelled part from its vendor alone, refunded or not",
    needs_split: true,
    looks: [
      WHEN_SOLD,
      {
        sale: { ...SOLD, canceled: ["ada"] },
        due: { ada: "0.00", bob: "10.00" },
        booked: { ada: "0.00", bob: "10.00" },
      },
      {
        sale: { ...SOLD, canceled: ["ada"], refunded: "20.00" },
        due: { ada: "0.00", bob: "10.00" },
        booked: { ada: "0.00", bob: "10.00" },
      },
    ],
  },
  {
    name: "pays what an edit added once it is paid for",
    looks: [
      WHEN_SOLD,
      {
        sale: {
          ...SOLD,
          items: [BOWL, CUPS, added("plate", "4.00")],
        },
        due: { ada: "24.00", bob: "10.00" },
        held: "partially_captured",
        booked: { ada: "20.00", bob: "10.00" },
      },
      {
        sale: {
          ...SOLD,
          items: [BOWL, CUPS, added("plate", "4.00")],
          captured_later: { seller: "ada", amount: "4.00" },
        },
        due: { ada: "24.00", bob: "10.00" },
        booked: { ada: "24.00", bob: "10.00" },
        reason: "edit",
      },
    ],
  },
  {
    name: "takes back what an edit took out",
    looks: [
      WHEN_SOLD,
      {
        sale: { ...SOLD, items: [BOWL, { ...CUPS, left: 1 }] },
        due: { ada: "20.00", bob: "5.00" },
        booked: { ada: "20.00", bob: "5.00" },
      },
      {
        sale: {
          ...SOLD,
          items: [BOWL, { ...CUPS, left: 1 }],
          refunded: "5.00",
        },
        due: { ada: "20.00", bob: "5.00" },
        booked: { ada: "20.00", bob: "5.00" },
      },
    ],
  },
  {
    name: "follows an exchange for something dearer",
    looks: [
      WHEN_SOLD,
      {
        sale: {
          ...SOLD,
          items: [
            { ...BOWL, returned: 1 },
            CUPS,
            added("vase", "25.00", "exchange"),
          ],
        },
        due: { ada: "25.00", bob: "10.00" },
        held: "partially_captured",
        booked: { ada: "20.00", bob: "10.00" },
      },
      {
        sale: {
          ...SOLD,
          items: [
            { ...BOWL, returned: 1 },
            CUPS,
            added("vase", "25.00", "exchange"),
          ],
          captured_later: { seller: "ada", amount: "5.00" },
        },
        due: { ada: "25.00", bob: "10.00" },
        booked: { ada: "25.00", bob: "10.00" },
        reason: "exchange",
      },
    ],
  },
  {
    name: "follows an exchange for something cheaper, before and after its refund",
    looks: [
      WHEN_SOLD,
      {
        sale: {
          ...SOLD,
          items: [
            { ...BOWL, returned: 1 },
            CUPS,
            added("mug", "15.00", "exchange"),
          ],
        },
        due: { ada: "15.00", bob: "10.00" },
        booked: { ada: "15.00", bob: "10.00" },
        reason: "exchange",
      },
      {
        sale: {
          ...SOLD,
          items: [
            { ...BOWL, returned: 1 },
            CUPS,
            added("mug", "15.00", "exchange"),
          ],
          refunded: "5.00",
        },
        due: { ada: "15.00", bob: "10.00" },
        booked: { ada: "15.00", bob: "10.00" },
      },
    ],
  },
  {
    name: "names an exchange whose goods come back later, and a plain return after it",
    looks: [
      WHEN_SOLD,
      {
        sale: {
          ...SOLD,
          items: [BOWL, CUPS, added("mug", "15.00", "exchange")],
        },
        due: { ada: "35.00", bob: "10.00" },
        held: "partially_captured",
        booked: { ada: "20.00", bob: "10.00" },
      },
      {
        sale: {
          ...SOLD,
          items: [
            { ...BOWL, returned: 1, came_back_by: "exchange" },
            CUPS,
            added("mug", "15.00", "exchange"),
          ],
        },
        due: { ada: "15.00", bob: "10.00" },
        booked: { ada: "15.00", bob: "10.00" },
        reason: "exchange",
      },
      {
        sale: {
          ...SOLD,
          items: [
            { ...BOWL, returned: 1, came_back_by: "exchange" },
            { ...CUPS, returned: 1 },
            added("mug", "15.00", "exchange"),
          ],
        },
        due: { ada: "15.00", bob: "5.00" },
        booked: { ada: "15.00", bob: "5.00" },
        reason: "return",
      },
    ],
  },
  {
    name: "names a claim for which something came back",
    looks: [
      WHEN_SOLD,
      {
        sale: {
          ...SOLD,
          items: [BOWL, { ...CUPS, returned: 1, came_back_by: "claim" }],
        },
        due: { ada: "20.00", bob: "5.00" },
        booked: { ada: "20.00", bob: "5.00" },
        reason: "claim",
      },
    ],
  },
  {
    name: "owes nothing more for what a claim sends again",
    looks: [
      WHEN_SOLD,
      {
        sale: {
          ...SOLD,
          items: [BOWL, CUPS, added("bowl_again", "0.00", "claim")],
        },
        due: { ada: "20.00", bob: "10.00" },
        booked: { ada: "20.00", bob: "10.00" },
      },
    ],
  },
  {
    name: "takes what a claim refunds off a vendor who sold everything",
    looks: [
      {
        sale: { ...SOLD, items: [CUPS], captured: "10.00" },
        due: { bob: "10.00" },
        booked: { bob: "10.00" },
      },
      {
        sale: { ...SOLD, items: [CUPS], captured: "10.00", refunded: "5.00" },
        due: { bob: "5.00" },
        booked: { bob: "5.00" },
      },
    ],
  },
  {
    name: "owes nothing for what cost nothing",
    looks: [
      {
        sale: {
          ...SOLD,
          items: [{ ...BOWL, unit_price: "0.00" }],
          captured: "0.00",
        },
        due: { ada: "0.00" },
        held: "nothing_due",
        booked: {},
      },
    ],
  },
  {
    name: "counts yen whole",
    looks: [
      {
        sale: {
          currency: "jpy",
          items: [
            { ...BOWL, unit_price: "1500", quantity: 3 },
            { ...CUPS, unit_price: "999", quantity: 1, tax: "99" },
          ],
          captured: "5598",
          is_completed: true,
        },
        due: { ada: "4500", bob: "1098" },
        booked: { ada: "4500", bob: "1098" },
      },
    ],
  },
  {
    name: "counts dinars in thousandths",
    looks: [
      {
        sale: {
          currency: "kwd",
          items: [
            { ...BOWL, unit_price: "1.250" },
            { ...CUPS, unit_price: "0.125", quantity: 3 },
          ],
          captured: "1.625",
          is_completed: true,
        },
        due: { ada: "1.250", bob: "0.375" },
        booked: { ada: "1.250", bob: "0.375" },
      },
    ],
  },
  {
    name: "hands on prices with more decimals than the currency as they are",
    looks: [
      {
        sale: {
          ...SOLD,
          items: [
            { ...BOWL, unit_price: "0.3333", quantity: 3 },
            { ...CUPS, unit_price: "3.3331", quantity: 1 },
          ],
          captured: "4.33",
        },
        // 0.9999 + 3.3331 = 4.333; of 433 cents, 99.99 : 333.31.
        due: { ada: "1.00", bob: "3.33" },
        booked: { ada: "1.00", bob: "3.33" },
      },
    ],
  },
]

function added(
  id: string,
  unit_price: string,
  brought_by?: SaleItem["brought_by"]
): SaleItem {
  return {
    ...BOWL,
    id,
    unit_price,
    is_added: true,
    ...(brought_by && { brought_by }),
  }
}
