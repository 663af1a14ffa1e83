// The unit tests as mutation testing runs them, thousands of times over: those
// that state the rules of the files at hand, and properties in fewer cases.
process.env.PROPERTY_RUNS_MAX ??= "100"
process.env.TEST_TYPE = "unit"
const specs = process.env.MUTATION_TESTS ?? "test/unit/domain/*.spec.ts"

module.exports = {
  ...require("./jest.config.js"),
  roots: ["<rootDir>/src", "<rootDir>/test"],
  watchman: false,
  testMatch: specs.split(",").map((spec) => `**/${spec}`),
}
