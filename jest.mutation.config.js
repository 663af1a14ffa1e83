// The unit tests as mutation testing runs them, thousands of times over: a
// property that notices a mutant does so within a few cases.
process.env.PROPERTY_RUNS_MAX ??= "100"
process.env.TEST_TYPE = "unit"

module.exports = require("./jest.config.js")
