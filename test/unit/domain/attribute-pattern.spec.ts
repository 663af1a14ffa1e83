import {
  optionsIn,
  safePattern,
  VALUE_LENGTH_MAX,
} from "../../../src/domain/attribute-pattern"

describe("a pattern", () => {
  it.each([
    "^[0-9]{6,17}$",
    "^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$",
    "^(?=.{8,34}$)[A-Z0-9]+$",
    "^(\\d{4}[ -]?){4}$",
    "^\\w+@\\w+\\.com$",
    "^(Checking|Savings)$",
    "[0-9]{9}",
    "^[^\\]a-z]*$",
    "^[]a]$",
    "^(?:a|b)c$",
    "^(?!0)\\d+$",
    "^\\d+(?<=5)$",
    "^\\d+(?<!5)$",
    "^(?<bank>\\d{4})-x$",
    "^\\(\\d+\\)$",
    "^[)|(]+$",
    "^\\d+?$",
    "^a{2}b{2,}$",
    "^a{0}$",
    "^[a\\ b]+$",
    "^\\d[\\1]$",
    "^(a*b*c?d?|e)$",
    `^${"a{0,9}".repeat(7)}$`,
  ])("%s is run", (pattern) => {
    expect(safePattern(pattern)).toBeInstanceOf(RegExp)
  })

  it.each([
    ["repeats a repetition", "^(a+)+$"],
    ["repeats a choice", "^(a|a)*$"],
    ["repeats what may be empty", "^(a?){60}$"],
    ["has many repetitions in a row", "^\\d*\\d*\\d*\\d*\\d*x$"],
    ["has many that may be missing", `^${"a?".repeat(40)}${"a".repeat(40)}$`],
    ["has many choices in a row", `^${"(a|a)".repeat(60)}b$`],
    ["may begin anywhere, and repeats three times", "\\d*\\d*\\d*x"],
    ["is anchored in one of its choices only", "^x|\\d*\\d*\\d*y"],
    ["has a choice that is not anchored, of few ways", "^a*b*c?d?|e"],
    ["repeats in too many ways by one", `^${"a{0,9}".repeat(7)}a?$`],
    ["begins with what only looks like a repetition", "^{a}$"],
    ["looks back", "^(a)\\1$"],
    ["names what it looks back at", "^(?<x>a)\\k<x>$"],
    ["does not compile", "^([0-9]$"],
    ["repeats nothing", "^*$"],
    ["is another engine's", "^(?i:abc)$"],
    ["is possessive", "^a++$"],
    ["is very long", `^${"a".repeat(600)}$`],
    ["is empty", ""],
    ["closes a group that none opened", "^a)$"],
    ["looks back in a group", "^((a)\\2|b)$"],
    ["ends in a backslash", "^a\\"],
    ["leaves a set open", "^[a-z"],
    ["repeats from much to little", "^a{5,2}$"],
    ["repeats the wrong way in a group", "^(a{5,2}|b)$"],
    ["is wrong in its second choice", "^(a|b{5,2})$"],
    ["is wrong in its third choice only", "^(a|b|*)$"],
    ["repeats a repetition that has a top", "^(a{1,9})*$"],
    ["repeats a choice a few times too often", "^(a|b){24}$"],
    ["has the repetitions in its second choice", "^(x|\\d*\\d*)\\d*\\d*$"],
    ["has the repetitions in its first choice", "^(\\d*\\d*|x)\\d*\\d*$"],
    ["repeats at least once, four times", "^\\d+\\d+\\d+\\d+$"],
    ["repeats without a top, four times", "^\\d{1,}\\d{1,}\\d{1,}\\d{1,}$"],
    ["repeats without greed", "^\\d*?\\d*?\\d*?\\d*?$"],
    ["looks ahead at what repeats", "^(?=\\d*\\d*)\\d*\\d*$"],
    ["holds a comment", "^(?#a)b$"],
    ["is nested beyond reason", `${"(".repeat(50)}a${")".repeat(50)}`],
  ])("that %s is left to MassPay", (_, pattern) => {
    expect(safePattern(pattern)).toBeNull()
  })

  it.each([
    ["three long repetitions", "^\\d*\\d*\\d*x$"],
    ["two, wherever they begin", "\\d*\\d*x"],
    ["two and a choice of another", "^(\\d*|x)\\d*$"],
    ["a few short ones", "^\\d{1,9}\\d{1,9}\\d{1,9}\\d{1,9}$"],
    ["what may be missing 23 times", "^(a?){23}$"],
    ["two choices 23 times", "^(a|b){23}$"],
    ["three choices 14 times", "^(a|b|c){14}$"],
    ["a group that is the same each time", "^(\\d{4}){50}$"],
    ["25 groups side by side", `^${"(a)".repeat(25)}$`],
    ["groups within groups, 19 deep", `^${"(".repeat(19)}a${")".repeat(19)}$`],
    ["500 characters", `^${"a".repeat(498)}$`],
    ["long lists of words", "^(aa|bb|cc|dd|ee|ff|gg|hh|ii|jj)$"],
  ])("of %s is run", (_, pattern) => {
    expect(safePattern(pattern)).toBeInstanceOf(RegExp)
  })

  it.each([
    ["24 that may be missing", "^(a?){24}$"],
    ["three choices 15 times", "^(a|b|c){15}$"],
    ["groups within groups, 20 deep", `^${"(".repeat(20)}a${")".repeat(20)}$`],
    ["501 characters", `^${"a".repeat(499)}$`],
  ])("of %s is one too many", (_, pattern) => {
    expect(safePattern(pattern)).toBeNull()
  })

  it("that is run ends at once, whatever it is run on", () => {
    const worst = [
      "^[A-Z0-9]+[A-Z0-9]+[A-Z0-9]+$",
      "^(\\d{4}[ -]?){20}x$",
      "\\d+\\d+x",
      "^(?=.*\\d)(?=.*[a-z]).*x$",
    ]
    const run = worst.filter((text) => safePattern(text) !== null)
    expect(run.length).toBeGreaterThan(1)
    for (const text of run) {
      const pattern = new RegExp(text)
      const began = performance.now()
      for (const value of ["1", "A1", "1 ", "9-"]) {
        pattern.test(
          value.repeat(VALUE_LENGTH_MAX).slice(0, VALUE_LENGTH_MAX) + "!"
        )
      }
      expect({ text, slow: performance.now() - began > 2_000 }).toEqual({
        text,
        slow: false,
      })
    }
  })
})

describe("choices", () => {
  it.each([
    ["^(Checking|Savings)$", ["Checking", "Savings"]],
    ["Checking|Savings", ["Checking", "Savings"]],
    ["^(?:Own account|Family \\(other\\))$", ["Own account", "Family (other)"]],
    ["^Male$|^Female$", ["Male", "Female"]],
    ["(A|B|A)", ["A", "B"]],
    [" ^( A | B )$ ", ["A", "B"]],
    ["^A|B", ["A", "B"]],
    ["A|B$", ["A", "B"]],
    ["N\\/A|A\\+B", ["N/A", "A+B"]],
    ["(A\nB|C)", ["A\nB", "C"]],
    ["A|US\\$", ["A", "US$"]],
    ["^(US\\$|AU\\$)$", ["US$", "AU$"]],
    ["^US\\$$|^AU\\$$", ["US$", "AU$"]],
    ["^(A|B\\\\)$", ["A", "B\\"]],
    ["^A$|^B\\\\$", ["A", "B\\"]],
    ["\\^A|B", ["^A", "B"]],
    [`${"a".repeat(100)}|b`, ["a".repeat(100), "b"]],
  ])("%s are a list", (pattern, options) => {
    expect(optionsIn(pattern)).toEqual(options)
  })

  it.each([
    "^[0-9]+$",
    "^(A|[BC])$",
    "^A.*|B$",
    "^(A|\\d)$",
    "only",
    "^(A||B)$",
    "A|\\d",
    "A|B^C",
    "A|B$C",
    "(A|B",
    "(A|B)C",
    "x(A|B)",
    "(A)",
    "A|A(B)",
    `${"a".repeat(101)}|b`,
    "",
  ])("%s are none", (pattern) => {
    expect(optionsIn(pattern)).toBeNull()
  })

  it("are 300 at most", () => {
    const words = Array.from({ length: 300 }, (_, n) => `w${n}`)
    expect(optionsIn(words.join("|"))).toEqual(words)
    expect(optionsIn([...words, "one more"].join("|"))).toBeNull()
  })
})
