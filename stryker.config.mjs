// `npm run test:mutation`: would the tests notice a wrong rule? Scores and what
// survives are in docs/proof/mutation.md. `-- --mutate src/domain/money.ts` does one file.
export default {
  mutate: [
    "src/domain/**/*.ts",
    "src/modules/masspay-gateway/http/{classify,error-body}.ts",
  ],
  testRunner: "jest",
  jest: { configFile: "jest.mutation.config.js" },
  testRunnerNodeArgs: ["--experimental-vm-modules", "--no-warnings"],
  coverageAnalysis: "perTest",
  concurrency: 2,
  // A mutant that loops for ever, not one that met a busy machine.
  timeoutMS: 60_000,
  timeoutFactor: 4,
  incremental: true,
  incrementalFile: ".stryker/incremental.json",
  jsonReporter: { fileName: ".stryker/mutation.json" },
  tempDirName: ".stryker/tmp",
  ignorePatterns: [".medusa", ".demo", "demo", "docs", ".stryker"],
  reporters: ["clear-text", "progress-append-only", "json"],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  thresholds: { high: 95, low: 90, break: 90 },
}
