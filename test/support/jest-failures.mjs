import { stripVTControlCharacters } from "node:util"

/** Of each message the first lines: what was expected, and what came instead. */
const MESSAGE_LINES = 12

/**
 * What failed in a run of jest, as its JSON report has it: each test by its
 * file and its full name, with the beginning of its messages.
 *
 * @param {{ testResults: { name: string, status: string, message: string,
 *   assertionResults: { status: string, fullName: string,
 *   failureMessages: string[] }[] }[] }} report
 * @param {(file: string) => string} nameOf shortens a file's name
 * @returns {string[]} lines
 */
export function failuresOf(report, nameOf) {
  return report.testResults.flatMap((file) => {
    const failed = file.assertionResults.filter(
      ({ status }) => status === "failed"
    )
    // It could not be loaded, or failed outside of its tests.
    if (failed.length === 0 && file.status === "failed") {
      return [nameOf(file.name), ...beginningOf(file.message)]
    }
    return failed.flatMap(({ fullName, failureMessages }) => [
      `${nameOf(file.name)}: ${fullName}`,
      ...failureMessages.flatMap(beginningOf),
    ])
  })
}

function beginningOf(message) {
  const lines = stripVTControlCharacters(message)
    .split("\n")
    .filter((line) => line.trim() !== "")
  return lines.slice(0, MESSAGE_LINES).map((line) => `  ${line}`)
}
