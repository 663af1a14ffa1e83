// How test/mutation.mjs runs Stryker.
export default {
  testRunner: "jest",
  // The groups name their specs; to look for others costs more than to run them.
  jest: {
    configFile: "jest.mutation.config.js",
    enableFindRelatedTests: false,
  },
  testRunnerNodeArgs: ["--experimental-vm-modules", "--no-warnings"],
  coverageAnalysis: "perTest",
  concurrency: 1,
  // A mutant that loops for ever, not one that met a busy machine.
  timeoutMS: 60_000,
  timeoutFactor: 4,
  incremental: true,
  tempDirName: ".stryker/tmp",
  ignorePatterns: [".medusa", ".demo", "demo", "docs", ".stryker"],
  reporters: ["clear-text"],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
}
