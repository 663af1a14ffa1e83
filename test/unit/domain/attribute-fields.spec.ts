import {
  type AttributeDefinition,
  attributeFields,
  checkAttributes,
  maskedTail,
  problemWithLabel,
} from "../../../src/domain/attribute-fields"

function anAttribute(
  change: Partial<AttributeDefinition> = {}
): AttributeDefinition {
  return {
    token: "attr_1",
    label: "Account number",
    type: "BankAccountNumber",
    input_type: "text",
    validation: "^[0-9]{6,17}$",
    is_optional: false,
    expected_value: null,
    has_value: false,
    ...change,
  }
}

describe("a form", () => {
  it("has a field for each attribute, and none for what a link collects", () => {
    const fields = attributeFields([
      anAttribute(),
      anAttribute({
        token: "attr_2",
        label: "Kind",
        type: "BankAccountType",
        input_type: "options",
        validation: "^(Checking|Savings)$",
        is_optional: true,
      }),
      anAttribute({
        token: "attr_3",
        type: "DateOfBirth",
        input_type: "date",
        expected_value: "MM/DD/YYYY",
        has_value: true,
      }),
      anAttribute({ token: "attr_4", type: "IDSelfieCollection" }),
      anAttribute({ token: "attr_5", type: "IFramePaymentCollection" }),
    ])

    expect(fields).toMatchObject([
      {
        token: "attr_1",
        input: "text",
        is_required: true,
        pattern: "^[0-9]{6,17}$",
        options: null,
      },
      {
        token: "attr_2",
        input: "select",
        is_required: false,
        pattern: null,
        options: ["Checking", "Savings"],
      },
      {
        token: "attr_3",
        input: "date",
        pattern: null,
        hint: "MM/DD/YYYY",
        has_value: true,
      },
    ])
  })

  it("offers choices only where MassPay says that there are some", () => {
    const validation = "^(Checking|Savings)$"
    expect(
      attributeFields([anAttribute({ input_type: "text", validation })])
    ).toMatchObject([{ input: "text", options: null, pattern: validation }])
    expect(
      attributeFields([
        anAttribute({ input_type: "options", validation: null }),
        anAttribute({ validation: null }),
      ])
    ).toMatchObject([
      { input: "text", options: null, pattern: null },
      { input: "text", options: null, pattern: null },
    ])
  })

  it("shows choices that are no list as a text, and gives a browser no pattern that could hang it", () => {
    expect(
      attributeFields([
        anAttribute({ input_type: "options", validation: "^(a+)+$" }),
      ])
    ).toMatchObject([{ input: "text", options: null, pattern: null }])
  })
})

describe("what was typed in", () => {
  const give = (value: string, change: Partial<AttributeDefinition> = {}) =>
    checkAttributes([anAttribute(change)], { attr_1: value })

  it("goes on without the spaces around it", () => {
    expect(give(" 123456789 ")).toEqual({
      values: [{ token: "attr_1", value: "123456789" }],
      problems: [],
    })
  })

  it.each([
    ["nothing", "", {}, /Account number' is required/],
    [
      "the wrong form",
      "12x",
      { expected_value: "6 to 17 digits" },
      /form that MassPay expects: 6 to 17 digits/,
    ],
    ["too much", "1".repeat(201), {}, /1 to 200 characters/],
    ["two lines", "123456\n789", {}, /one line/],
    [
      "none of the choices",
      "Cheque",
      { input_type: "options" as const, validation: "^(Checking|Savings)$" },
      /must be one of: Checking, Savings/,
    ],
    [
      "a day that does not exist",
      "2026-02-30",
      { input_type: "date" as const },
      /a day that exists/,
    ],
  ])(
    "is refused for %s, in words without the value",
    (_, value, change, says) => {
      const { values, problems } = give(value, change)
      expect(values).toBeNull()
      expect(problems).toHaveLength(1)
      expect(problems[0]).toMatch(says)
      if (value !== "") expect(problems[0]).not.toContain(value)
    }
  )

  it.each(["^(a+)+$", "^([0-9]$", "(?i)^x$"])(
    "is left to MassPay where its pattern %s is not run here",
    (validation) => {
      expect(give("whatever", { validation }).problems).toEqual([])
    }
  )

  it("may be as long as a form lets it be", () => {
    const [field] = attributeFields([anAttribute()])
    const longest = "1".repeat(field?.max_length ?? 0)
    expect(give(longest, { validation: null }).values).toEqual([
      { token: "attr_1", value: longest },
    ])
  })

  it("is refused without a hint where MassPay gives none", () => {
    expect(give("12x").problems).toEqual([
      "Field 'Account number' does not have the form that MassPay expects",
    ])
  })

  it("may be left out where it is optional, and is then not sent", () => {
    expect(give("", { is_optional: true })).toEqual({
      values: [],
      problems: [],
    })
    expect(checkAttributes([anAttribute({ is_optional: true })], {})).toEqual({
      values: [],
      problems: [],
    })
  })

  it("is asked for where it is not there at all", () => {
    expect(checkAttributes([anAttribute()], {}).problems).toEqual([
      "Field 'Account number' is required",
    ])
  })

  it.each([
    ["MM/DD/YYYY", "03/09/1987"],
    ["dd.mm.yyyy", "09.03.1987"],
    ["YYYYMMDD", "19870309"],
    ["a date", "1987-03-09"],
    ["MM/MM/YYYY", "1987-03-09"],
    [" MM/DD/YYYY ", "03/09/1987"],
    ["Use MM/DD/YYYY", "1987-03-09"],
    ["MM/DD/YYYY or text", "1987-03-09"],
    [null, "1987-03-09"],
  ])("as a day is written as %s wants it", (expected_value, written) => {
    expect(
      give("1987-03-09", { input_type: "date", expected_value }).values
    ).toEqual([{ token: "attr_1", value: written }])
  })

  it.each([
    "9 March 1987",
    "1987",
    "1987-03",
    "on 1987-03-09",
    "1987-03-09T00",
  ])("as a day is left to MassPay where it is written as %s", (value) => {
    const change = { input_type: "date", expected_value: "MM/DD/YYYY" } as const
    expect(give(value, change).values).toEqual([{ token: "attr_1", value }])
  })

  it("under a name that MassPay does not ask for is refused, with what it asks for", () => {
    const { problems } = checkAttributes([anAttribute()], {
      attr_1: "123456789",
      iban: "canary",
    })
    expect(problems.join()).toContain("attr_1 (Account number)")
    expect(problems.join()).not.toMatch(/canary|123456789/)
  })

  it("under one name or several is refused in a sentence that names what may be given", () => {
    const both = [
      anAttribute(),
      anAttribute({ token: "attr_2", label: "Bank" }),
    ]
    expect(checkAttributes(both, { iban: "x" }).problems).toEqual([
      "Field 'values' has a name that MassPay does not ask for. It asks for: attr_1 (Account number), attr_2 (Bank)",
    ])
    expect(checkAttributes([], { iban: "x", bic: "y" }).problems).toEqual([
      "Field 'values' has names that MassPay does not ask for. It asks for: nothing",
    ])
  })

  it("cannot be given for what a link collects", () => {
    const { problems } = checkAttributes(
      [anAttribute({ type: "IDSelfieCollection" })],
      { attr_1: "x" }
    )
    expect(problems.join()).toContain("MassPay does not ask for")
  })
})

describe("of an account", () => {
  const tail = (value: string, type = "BankAccountNumber") =>
    maskedTail([anAttribute({ type })], [{ token: "attr_1", value }])

  it("four characters of eight or more stay, without gaps", () => {
    expect(tail("12345678")).toBe("…5678")
    expect(tail("DE89 3704 0044 0532 0130 00")).toBe("…3000")
    expect(tail("4111-1111-1111-1234", "CardNumber")).toBe("…1234")
  })

  it("nothing stays of a short one, and nothing of any other field", () => {
    expect(tail("1234567")).toBeNull()
    expect(tail("1 2 3 4 5 6")).toBeNull()
    expect(tail("123-45-6789", "SocialSecurity")).toBeNull()
    expect(tail("021000021", "BankRoutingNumber")).toBeNull()
    expect(maskedTail([], [{ token: "attr_1", value: "123456789" }])).toBeNull()
  })

  it("a label that could hold its number is refused", () => {
    const values = [{ value: "DE89 3704 0044" }, { value: "Lovelace" }]
    for (const label of [
      "DE89370400-44",
      "my de89 3704 0044",
      "acct 12345",
      "12 34 56",
      "Ada Lovelace's",
    ]) {
      expect({ label, problem: problemWithLabel(label, values) }).toEqual({
        label,
        problem: expect.stringContaining("'label'") as string,
      })
    }
    for (const label of ["Savings", "Account 2", "Main 2026"]) {
      expect(problemWithLabel(label, values)).toBeNull()
    }
  })

  it("a label may repeat up to four characters of it, and no more, however both are written", () => {
    const isRefused = (label: string, value: string) =>
      problemWithLabel(label, [{ value }]) !== null
    expect(isRefused("Ada's account", "Ada")).toBe(false)
    expect(isRefused("Bank account", "bank")).toBe(false)
    expect(isRefused("Savings", "Savin")).toBe(true)
    expect(isRefused("J-Ö-R-G-5", "jörg 5")).toBe(true)
    expect(isRefused("my a1b2c3", "A1-B2-C3")).toBe(true)
  })

  it("a label is held to its digits where nothing else was given", () => {
    expect(problemWithLabel("Savings")).toBeNull()
    expect(problemWithLabel("Savings 12345")).toContain("4 digits in a row")
  })
})
