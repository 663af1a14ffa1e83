/** Adds decimal texts exactly, without the code that is under test. */
export function sumOf(texts: string[]): string {
  const scale = Math.max(0, ...texts.map((text) => decimalsOf(text).length))
  const units = texts.reduce((sum, text) => {
    const [whole = "0"] = text.replace("-", "").split(".")
    const digits = whole + decimalsOf(text).padEnd(scale, "0")
    return text.startsWith("-") ? sum - BigInt(digits) : sum + BigInt(digits)
  }, 0n)
  const sign = units < 0n ? "-" : ""
  const digits = (units < 0n ? -units : units)
    .toString()
    .padStart(scale + 1, "0")
  const whole = digits.slice(0, digits.length - scale)
  const decimals = digits.slice(digits.length - scale).replace(/0+$/, "")
  return sign + whole + (decimals === "" ? "" : `.${decimals}`)
}

function decimalsOf(text: string): string {
  return text.split(".")[1] ?? ""
}
