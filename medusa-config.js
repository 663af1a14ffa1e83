// The plugin from its sources, as the tests boot it: nothing here needs a build.
// A shop's own configuration is shown in the README and in demo/medusa-config.ts.
const { defineConfig } = require("@medusajs/framework/utils")

const {
  DATABASE_URL,
  MASSPAY_BASE_URL = "http://127.0.0.1:9",
  MASSPAY_MARKETPLACE = "auto",
  MASSPAY_SETTLEMENT = "{}",
  MASSPAY_PAYOUTS = "{}",
  MASSPAY_DIRECT = "{}",
  MASSPAY_JOBS = "off",
  MASSPAY_WEBHOOKS = "false",
} = process.env
// "on": the demo's vendors, on products and orders. "products": on products
// only. "stores": Medusa's own stores on both.
const vendors = process.env.MASSPAY_TEST_VENDORS
const withVendors = vendors === "on" || vendors === "products"

// Both modules of the plugin get the same options, as plugins give them.
const options = {
  environment: "sandbox",
  baseUrl: MASSPAY_BASE_URL,
  marketplace: MASSPAY_MARKETPLACE.startsWith("{")
    ? JSON.parse(MASSPAY_MARKETPLACE)
    : MASSPAY_MARKETPLACE,
  settlement: JSON.parse(MASSPAY_SETTLEMENT),
  payouts: JSON.parse(MASSPAY_PAYOUTS),
  direct: JSON.parse(MASSPAY_DIRECT),
  webhooks: JSON.parse(MASSPAY_WEBHOOKS),
  jobs: {
    enabled: MASSPAY_JOBS === "on",
    // Not before the database of the first test was put in place, on a slow
    // machine either: a job that loses its connection then is not scheduled again
    // by the engine in memory.
    intervals: {
      ...{ dispatch: 15, resolve: 15, sweep: 15 },
      ...{ collect: 15, webhooks: 15 },
    },
  },
}

if (withVendors) require("./demo/src/links/vendor-product")
if (vendors === "on") {
  require("./demo/src/links/vendor-order")
  require("./demo/src/workflows/complete-vendor-cart")
}
if (vendors === "stores") require("./test/http/support/store-links")

const cors = "http://localhost"
module.exports = defineConfig({
  projectConfig: {
    databaseUrl: DATABASE_URL,
    http: {
      storeCors: cors,
      adminCors: cors,
      authCors: cors,
      jwtSecret: "test",
      cookieSecret: "test",
    },
  },
  modules: [
    { resolve: "./src/modules/masspay", options },
    { resolve: "./src/modules/masspay-gateway", options },
    ...(withVendors
      ? [{ resolve: `${__dirname}/demo/src/modules/marketplace` }]
      : []),
  ],
})
