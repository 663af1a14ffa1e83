// One project per kind of test; `TEST_TYPE` picks it. What each proves stands in docs/testing.md.
const folders = require("./test/support/folders")

const type = process.env.TEST_TYPE || "unit"
/** Some large files in place of all specs of that type, see test/support/bundles.ts. */
const isBundled = process.env.SPEC_BUNDLES === "on"
/** Whatever these log, answer and leave behind is searched for personal data and secrets. */
const isSearched = ["module", "http", "leaks"].includes(type)
const needsDatabase = ["module", "crash", "http", "package", "leaks"].includes(
  type
)

const FAST_GLOBALS = [
  ...["Array", "ArrayBuffer", "BigInt", "Boolean", "Error", "Function", "JSON"],
  ...["Map", "Math", "Number", "Object", "Promise", "Proxy", "RangeError"],
  ...[
    "Reflect",
    "RegExp",
    "Set",
    "String",
    "Symbol",
    "TypeError",
    "Uint8Array",
  ],
  ...["WeakMap", "isNaN", "parseInt"],
]

module.exports = {
  testEnvironment: "node",
  // Looked up in the context of a test, each use of these costs: properties of
  // 100,000 cases take 1.6 times as long.
  sandboxInjectedGlobals: FAST_GLOBALS,
  testMatch: isBundled
    ? ["**/test/bundles/*.spec.ts"]
    : folders[type].map((folder) => `**/test/${folder}/**/*.spec.ts`),
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
  testTimeout: 300_000,
  testSequencer: "<rootDir>/test/support/slowest-first.js",
  ...(isSearched && {
    setupFilesAfterEnv: ["<rootDir>/test/support/canary/setup.ts"],
  }),
  // One demo for all files, which take turns.
  ...(type === "browser" && {
    globalSetup: "<rootDir>/test/browser/support/demo-up.ts",
    globalTeardown: "<rootDir>/test/browser/support/demo-down.ts",
    maxWorkers: 1,
  }),
  ...(needsDatabase && {
    globalSetup: "<rootDir>/test/support/pg-up.mjs",
    globalTeardown: "<rootDir>/test/support/pg-down.mjs",
  }),
}
