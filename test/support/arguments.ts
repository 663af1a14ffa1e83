/** The arguments of a proof's command. Throws with a sentence when they make no sense. */
export class Arguments {
  private readonly left: string[]

  constructor(args: readonly string[] = process.argv.slice(2)) {
    this.left = [...args]
  }

  flag(name: string): boolean {
    const at = this.left.indexOf(name)
    if (at >= 0) this.left.splice(at, 1)
    return at >= 0
  }

  text(name: string): string | null {
    const at = this.left.indexOf(name)
    if (at < 0) return null
    const [, value] = this.left.splice(at, 2)
    if (value === undefined) throw new Error(`${name} needs a value`)
    return value
  }

  /** A whole number, not negative. */
  number(name: string): number | null {
    const text = this.text(name)
    if (text === null) return null
    if (!/^\d{1,12}$/.test(text)) {
      throw new Error(`${name} needs a whole number, not "${text}"`)
    }
    return Number(text)
  }

  /** Call it last: what nobody asked for is a mistake. */
  end(): void {
    const [unknown] = this.left
    if (unknown !== undefined) throw new Error(`There is no "${unknown}"`)
  }
}
