import i18n from "../../../src/admin/i18n"

type Tree = { [key: string]: string | Tree }

/** "masspay.menu.payouts" with its text, of every text there is. */
function flatten(tree: Tree, prefix = ""): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string"
      ? [[`${prefix}${key}`, value] as [string, string]]
      : flatten(value, `${prefix}${key}.`)
  )
}

function placeholdersIn(text: string): string[] {
  return [...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name]) => `${name}`)
}

const texts = new Map(
  Object.entries(i18n).map(([language, { translation }]) => [
    language,
    new Map(flatten(translation)),
  ])
)
const english = texts.get("en") ?? new Map<string, string>()
const others = [...texts].filter(([language]) => language !== "en")

it("there is a second language", () => {
  expect(others.map(([language]) => language)).toContain("de")
  expect(english.size).toBeGreaterThan(200)
})

describe.each(others)("%s", (language, translated) => {
  it("has a text for every English one, and none besides", () => {
    expect([...translated.keys()].sort()).toEqual([...english.keys()].sort())
  })

  it("has no empty text", () => {
    expect([...translated].filter(([, text]) => !text.trim())).toEqual([])
  })

  it("has the same places for names and amounts", () => {
    const wrong = [...english].filter(
      ([key, text]) =>
        placeholdersIn(text).sort().join() !==
        placeholdersIn(translated.get(key) ?? "")
          .sort()
          .join()
    )
    expect(wrong).toEqual([])
  })

  it("has every plural form that the language has", () => {
    const forms = new Intl.PluralRules(language).resolvedOptions()
      .pluralCategories
    const stems = new Set(
      [...english.keys()].flatMap((key) =>
        /_(one|other)$/.test(key) ? [key.replace(/_(one|other)$/, "")] : []
      )
    )
    const missing = [...stems].flatMap((stem) =>
      forms
        .map((form) => `${stem}_${form}`)
        .filter((key) => !translated.has(key))
    )
    expect(stems.size).toBeGreaterThan(10)
    expect(missing).toEqual([])
  })

  it("says in its own words all that is longer than a name", () => {
    const same = [...english].filter(
      ([key, text]) =>
        text.split(" ").length > 2 &&
        !/^[^a-z]*(\{\{\w+\}\}[^a-z]*)+$/i.test(text) &&
        translated.get(key) === text
    )
    expect(same).toEqual([])
  })
})

it("every text stands below one key, so that no dashboard text is replaced", () => {
  for (const keys of texts.values()) {
    expect([...keys.keys()].every((key) => key.startsWith("masspay."))).toBe(
      true
    )
  }
})

it("counts in both forms wherever a text counts", () => {
  const alone = [...english.keys()].filter(
    (key) =>
      (key.endsWith("_one") && !english.has(key.replace(/_one$/, "_other"))) ||
      (key.endsWith("_other") && !english.has(key.replace(/_other$/, "_one")))
  )
  expect(alone).toEqual([])
})
