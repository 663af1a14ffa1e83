// The unit tests as mutation testing runs them, thousands of times over: those
// of the rules and the classifier only, and properties in fewer cases.
process.env.PROPERTY_RUNS_MAX ??= "60"
process.env.TEST_TYPE = "unit"

module.exports = {
  ...require("./jest.config.js"),
  testMatch: [
    "**/test/unit/domain/**/*.spec.ts",
    "**/test/unit/gateway/classify*.spec.ts",
  ],
}
