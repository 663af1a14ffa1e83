// Which specs state the rules of which files: what `test/mutation.mjs` changes,
// and whom it asks. In CI, test/unit/mutation-groups.spec.ts sees to it that no
// file of the rules is left out.
const { readdirSync } = require("node:fs")
const path = require("node:path")

const root = path.join(__dirname, "../..")
const wire = "src/modules/masspay-gateway/http"

/**
 * @param specs names within test/unit; one that ends with `*` stands for all
 *   that begin so. By example, mostly: properties would take seconds for each change.
 * @param files names within src/domain, or paths
 */
const group = (specs, ...files) => ({
  specs,
  files: files.map((file) =>
    file.startsWith("src/") ? file : `src/domain/${file}.ts`
  ),
})
const settle = (...names) => names.map((name) => `domain/settle-${name}`)

const GROUPS = [
  group(["domain/decide-after-attempt"], "decide-after-attempt"),
  group(
    ["domain/decide-after-lookup", "domain/decide-after-lookup-edges"],
    "decide-after-lookup",
    "lookup-timing",
    "lookup-types"
  ),
  group(["domain/money", "domain/money-texts"], "money"),
  group(["domain/decimal", "domain/money", "domain/money-texts"], "decimal"),
  group(["domain/allocate"], "allocate"),
  group(
    ["domain/load-request", "domain/spendback-request", "domain/request-text"],
    "load-request",
    "spendback-request",
    "request-text"
  ),
  group(["domain/actions*"], "actions", "action-effects"),
  group(["domain/go-live", "domain/go-live-texts"], "go-live"),
  group(
    [
      "domain/go-live-judges",
      "domain/go-live-account-texts",
      "domain/go-live-funding-texts",
    ],
    "go-live-account"
  ),
  group(
    [
      "domain/go-live-judges",
      "domain/go-live-shop-texts",
      "domain/go-live-message-texts",
    ],
    "go-live-shop"
  ),
  group(["domain/circuit"], "circuit", "retry-budget"),
  group(
    ["gateway/classify", "gateway/classify-texts", "gateway/error-body"],
    `${wire}/classify.ts`,
    `${wire}/error-body.ts`
  ),
  group(["domain/statement"], "statement"),
  group(
    ["domain/collect", "domain/collect-details"],
    "collect",
    "collect-sums"
  ),
  // Of settling, each file with the specs that state its rules: to run all of
  // them for every change would take an hour.
  group(settle("attribution", "frozen"), "settle-attribution"),
  group(settle("terms", "held"), "settle-held"),
  group(settle("lines", "frozen"), "settle-lines"),
  group(settle("booking", "held", "reasons", "refunds"), "settle-difference"),
  group(settle("refunds", "held", "refund-plan"), "settle-refunds"),
  group(settle("shares", "frozen"), "settle-shares"),
  group(
    settle("amounts", "booking", "frozen", "held", "order", "refunds"),
    "settle"
  ),
]
/** Types, lists, and names that another file has: nothing to change. */
const WITHOUT_RULES = [
  "facts",
  "overview",
  "payee-needs",
  "settle-types",
  "decide-next",
]

/** Every other file meets the specs whose names begin with its own. */
function groupsOfTheRest() {
  const named = GROUPS.flatMap(({ files }) => files)
  return readdirSync(path.join(root, "src/domain"))
    .map((file) => path.basename(file, ".ts"))
    .filter((file) => !WITHOUT_RULES.includes(file))
    .filter((file) => !named.includes(`src/domain/${file}.ts`))
    .map((file) => group([`domain/${file}*`], file))
}

/** @returns {{ specs: string[], files: string[] }[]} paths within the repository; without specs where nobody states the rules */
function mutationGroups() {
  const all = ["domain", "gateway"].flatMap((folder) =>
    readdirSync(path.join(root, "test/unit", folder))
      .filter((file) => file.endsWith(".spec.ts"))
      .map((file) => `${folder}/${path.basename(file, ".spec.ts")}`)
  )
  const meant = (wanted) =>
    all.filter((name) =>
      wanted.endsWith("*")
        ? name.startsWith(wanted.slice(0, -1))
        : name === wanted
    )
  return [...GROUPS, ...groupsOfTheRest()].map(({ specs, files }) => ({
    specs: specs.flatMap(meant).map((name) => `test/unit/${name}.spec.ts`),
    files,
  }))
}

module.exports = { mutationGroups }
