/** What the shop sells, and who sells it. Prices are without tax, in major units. */

export type VendorSeed = {
  handle: string
  name: string
  country_code: string | null
  admin: { first_name: string; last_name: string; email: string } | null
  products: {
    handle: string
    title: string
    price: { usd: number; eur: number }
  }[]
}

export const VENDORS: VendorSeed[] = [
  {
    handle: "prairie-honey",
    name: "Prairie Honey Co.",
    country_code: "US",
    admin: {
      first_name: "Grace",
      last_name: "Miller",
      email: "grace.miller@example.com",
    },
    products: [
      {
        handle: "wildflower-honey",
        title: "Wildflower honey, 500 g",
        price: { usd: 14.5, eur: 13.9 },
      },
      {
        handle: "beeswax-candle",
        title: "Beeswax candle",
        price: { usd: 9.95, eur: 9.25 },
      },
    ],
  },
  {
    handle: "lindenhof",
    name: "Werkstatt Lindenhof",
    country_code: "DE",
    admin: {
      first_name: "Jonas",
      last_name: "Weber",
      email: "jonas.weber@example.com",
    },
    products: [
      {
        handle: "oak-cutting-board",
        title: "Oak cutting board",
        price: { usd: 64, eur: 58.5 },
      },
      {
        handle: "walnut-spoon",
        title: "Walnut spoon",
        price: { usd: 17.35, eur: 15.45 },
      },
    ],
  },
  {
    handle: "kikapu",
    name: "Kikapu Baskets",
    country_code: "KE",
    admin: {
      first_name: "Amina",
      last_name: "Otieno",
      email: "amina.otieno@example.com",
    },
    products: [
      {
        handle: "sisal-basket",
        title: "Sisal basket",
        price: { usd: 42.25, eur: 39.99 },
      },
      {
        handle: "kanga-cloth",
        title: "Kanga cloth",
        price: { usd: 21.05, eur: 19.99 },
      },
    ],
  },
  {
    // Is paid straight to her bank, in pesos.
    handle: "taller-colibri",
    name: "Taller Colibrí",
    country_code: "MX",
    admin: {
      first_name: "Lucía",
      last_name: "Ortega",
      email: "lucia.ortega@example.com",
    },
    products: [
      {
        handle: "clay-jug",
        title: "Clay jug",
        price: { usd: 38.6, eur: 35.9 },
      },
    ],
  },
  {
    // Signed up, but nobody entered a contact or a country yet: what she earns
    // has to wait.
    handle: "harbour-prints",
    name: "Harbour Prints",
    country_code: null,
    admin: null,
    products: [
      {
        handle: "lighthouse-print",
        title: "Lighthouse print",
        price: { usd: 30, eur: 28 },
      },
    ],
  },
  {
    handle: "tiny-press",
    name: "Tiny Press",
    country_code: "US",
    admin: {
      first_name: "Nora",
      last_name: "Lind",
      email: "nora.lind@example.com",
    },
    products: [
      {
        // One of them, and its parcel, is less than the smallest payout.
        handle: "postcard",
        title: "Letterpress postcard",
        price: { usd: 3.2, eur: 2.95 },
      },
    ],
  },
]

export type MarketSeed = {
  name: string
  currency_code: "usd" | "eur"
  country_code: string
  /** Sales tax in percent, on items and shipping. */
  tax: number
  shipping: number
}

export const MARKETS: MarketSeed[] = [
  {
    name: "United States",
    currency_code: "usd",
    country_code: "us",
    tax: 8.875,
    shipping: 7.9,
  },
  {
    name: "Germany",
    currency_code: "eur",
    country_code: "de",
    tax: 19,
    shipping: 5.45,
  },
]
