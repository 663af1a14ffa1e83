/** Words on a terminal: aligned, and coloured only where somebody sees it. */

export class Terminal {
  #out
  #hasColour
  #isMuted = false

  /** @param {NodeJS.WriteStream} out standard output, or standard error */
  constructor(out) {
    this.#out = out
    this.#hasColour = Boolean(out.isTTY) && !process.env.NO_COLOR
  }

  say(line = "") {
    if (!this.#isMuted) this.#out.write(`${line}\n`)
  }

  /** What is still under way when the demo ends has nothing more to say. */
  mute() {
    this.#isMuted = true
  }

  title(text) {
    this.say()
    this.say(this.bold(text))
  }

  /**
   * Says what is being done, does it, and says how long it took.
   *
   * @template T
   * @param {string} name
   * @param {() => Promise<T>} work
   * @param {(result: T) => string} [detail] what came out, in a few words
   * @returns {Promise<T>}
   */
  async step(name, work, detail = () => "") {
    const started = Date.now()
    const label = `  ${name.padEnd(16)}`
    if (this.#hasColour) this.#out.write(`${label}…`)
    try {
      const result = await work()
      const seconds = `${((Date.now() - started) / 1000).toFixed(1)} s`
      this.#replace(
        `${label}${detail(result).padEnd(44)}${seconds.padStart(8)}`
      )
      return result
    } catch (error) {
      this.#replace(`${label}${this.red("failed")}`)
      throw error
    }
  }

  /**
   * @param {string[][]} rows the first one is the head
   * @param {string} align a letter per column: `l` or `r`
   */
  table([head, ...rows], align) {
    const widths = head.map((_, column) =>
      Math.max(...[head, ...rows].map((row) => row[column].length))
    )
    const lines = [head, ...rows].map((row) =>
      row
        .map((cell, column) =>
          align[column] === "r"
            ? cell.padStart(widths[column])
            : cell.padEnd(widths[column])
        )
        .join("  ")
        .trimEnd()
    )
    lines.forEach((line, index) =>
      this.say(`  ${index === 0 ? this.dim(line) : line}`)
    )
  }

  bold = (text) => this.#paint(1, text)
  dim = (text) => this.#paint(2, text)
  green = (text) => this.#paint(32, text)
  red = (text) => this.#paint(31, text)

  #paint(code, text) {
    return this.#hasColour ? `\u001b[${code}m${text}\u001b[0m` : text
  }

  #replace(line) {
    this.say(this.#hasColour ? `\r\u001b[K${line}` : line)
  }
}
