// One project per kind of test; `TEST_TYPE` picks it. What each proves stands in docs/testing.md.
const folders = {
  unit: ["unit"],
  sandbox: ["sandbox", "contract"],
  module: ["module"],
  crash: ["crash"],
  http: ["http"],
  browser: ["browser"],
  package: ["package"],
}
const type = process.env.TEST_TYPE || "unit"
const needsDatabase = ["module", "crash", "http", "package"].includes(type)

module.exports = {
  testEnvironment: "node",
  testMatch: folders[type].map((folder) => `**/test/${folder}/**/*.spec.ts`),
  transform: {
    "^.+\\.[jt]s$": [
      "@swc/jest",
      {
        module: { type: "commonjs" },
        jsc: {
          target: "es2021",
          parser: { syntax: "typescript", decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
      },
    ],
  },
  moduleFileExtensions: ["js", "ts", "json"],
  modulePathIgnorePatterns: ["<rootDir>/.medusa/", "<rootDir>/.stryker/"],
  testTimeout: 120_000,
  ...(needsDatabase && {
    globalSetup: "<rootDir>/test/support/pg-up.mjs",
    globalTeardown: "<rootDir>/test/support/pg-down.mjs",
  }),
}
