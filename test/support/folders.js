/** Where the specs of each `TEST_TYPE` are, below `test`. */
module.exports = {
  unit: ["unit"],
  sandbox: ["sandbox", "contract"],
  module: ["module"],
  crash: ["crash"],
  http: ["http"],
  browser: ["browser"],
  package: ["package"],
  // one that leaks on purpose, for the test of the search
  leaks: ["leaks"],
}
