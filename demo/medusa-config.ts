import { defineConfig, Modules } from "@medusajs/framework/utils"

const origin = process.env.DEMO_ORIGIN ?? "http://localhost:9000"

module.exports = defineConfig({
  projectConfig: {
    databaseUrl: process.env.DATABASE_URL ?? "",
    cookieOptions: { secure: false, sameSite: "lax" }, // the demo speaks plain http
    http: {
      storeCors: origin,
      adminCors: origin,
      authCors: origin,
      jwtSecret: "demo",
      cookieSecret: "demo",
    },
  },
  admin: { path: "/app", disable: process.env.DEMO_DASHBOARD === "off" },
  modules: [
    { resolve: "./src/modules/marketplace" },
    ...(process.env.DEMO_EVENTS === "off"
      ? [{ key: Modules.EVENT_BUS, resolve: "./src/modules/muted-events" }]
      : []),
    {
      resolve: "@medusajs/medusa/notification",
      options: {
        providers: [
          {
            resolve: "@medusajs/medusa/notification-local",
            id: "local",
            options: { channels: ["feed"] },
          },
          {
            resolve: "./src/modules/inbox",
            id: "inbox",
            options: { channels: ["email"] },
          },
        ],
      },
    },
  ],
  plugins: [
    {
      resolve: "medusa-plugin-masspay",
      options: {
        environment: "sandbox",
        baseUrl: process.env.MASSPAY_BASE_URL,
        marketplace: "medusa-recipe",
        webhooks: process.env.DEMO_WEBHOOKS !== "off" && {
          secrets: [process.env.DEMO_WEBHOOK_SECRET ?? "demo"],
        },
        notifications: { operators: ["operations@example.com"] },
        settlement: {
          releaseOn: "completed",
          holdDays: 0,
          commission: { basisPoints: 1000 },
          shipping: "by_value",
          tax: "vendor",
        },
        payouts: {
          minimum: { USD: "15.00", EUR: "15.00" },
          // A second person has to agree to what is worth more.
          approval: { above: { USD: "500.00", EUR: "500.00" } },
        },
        // Nobody wants to wait in a demo. The defaults are calmer. A refused
        // payment is looked for two minutes after its time was up; those pass
        // with the demo's clocks (`demo/lib/clock.mjs`).
        limits: { deadlineMs: 3000 },
        jobs: {
          intervals: {
            dispatch: 2,
            resolve: 5,
            collect: 5,
            sweep: 10,
            webhooks: 2,
          },
        },
      },
    },
  ],
})
