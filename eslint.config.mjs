// The framework's own rules, type-checked rules, and the fences that keep
// books, wire and rules apart. A fence that is in the way is a design question.
import medusa from "@medusajs/eslint-plugin"
import { defineConfig } from "eslint/config"
import simpleImportSort from "eslint-plugin-simple-import-sort"
import tseslint from "typescript-eslint"

const MONEY_MOVER = {
  group: [
    "**/resources/create-load",
    "**/resources/create-spendback",
    "**/resources/quote-payout",
    "**/resources/commit-payout",
    "**/resources/cancel-payout",
    "**/resources/reverse-payout",
    "**/resources/take-back",
  ],
  message:
    "Only src/runners/dispatch-requests.ts may call what moves money, for dispatch.ts. Create a payout instead.",
}
const WIRE = {
  group: ["**/masspay-gateway/**", "**/masspay-gateway", "axios"],
  message: "The books hold no handle on the network.",
}
const BOOKS = {
  group: ["**/modules/masspay/**", "**/modules/masspay"],
  message: "The wire holds no handle on the database.",
}
const SANDBOX = {
  group: ["**/sandbox", "**/sandbox/**"],
  message: "The plugin never depends on the sandbox.",
}
const PLUGIN = {
  group: ["**/src/**", "../src", "../../src", "medusa-plugin-masspay"],
  message: "The sandbox is a second, independent reading of MassPay's API.",
}
const OUTSIDE = {
  regex: "^(?!\\./|node:crypto$).*",
  message: "Rules are pure: src/domain imports from nowhere else.",
}

/** Flat config replaces a rule's options per file, so each fence lists all that holds there. */
function fence(files, ...patterns) {
  return { files, rules: { "no-restricted-imports": ["error", { patterns }] } }
}

export default defineConfig(
  ...medusa.configs.strict,
  {
    ignores: [
      "!**/*.spec.*",
      "**/migrations/**",
      ".medusa/**",
      "**/.medusa/**",
      ".demo/**",
      "demo/public/**",
      ".stryker/**",
      "**/*.js",
      "**/*.mjs",
    ],
  },
  {
    files: ["**/*.{ts,tsx}"],
    extends: [tseslint.configs.strictTypeChecked],
    plugins: { "simple-import-sort": simpleImportSort },
    languageOptions: {
      parserOptions: {
        // Two programs in place of five: Medusa's types are read twice only.
        project: ["./tsconfig.lint.json", "./src/admin/tsconfig.json"],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      "simple-import-sort/imports": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-explicit-any": "error",
      // the framework wants services, jobs and subscribers async
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/no-confusing-void-expression": [
        "error",
        { ignoreArrowShorthand: true },
      ],
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_" },
      ],
      // a default answers what the outside may send although the types say it cannot
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      // numbers and bigints read well in messages; objects still do not
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true },
      ],
    },
  },
  {
    // Only what Medusa itself catches has to be a MedusaError.
    files: [
      "src/{domain,runners,marketplaces,sweep}/**/*.ts",
      "src/modules/**/*.ts",
      "src/*.ts",
      "{sandbox,test,bench,demo}/**/*.ts",
    ],
    rules: { "@medusajs/use-medusa-error-not-generic-error": "off" },
  },
  {
    files: ["src/**/*.ts"],
    ignores: ["src/options.ts"],
    rules: {
      "no-restricted-properties": [
        "error",
        {
          object: "process",
          property: "env",
          message:
            "The environment is read in src/options.ts and nowhere else.",
        },
      ],
    },
  },
  {
    // The sandbox and the wire take amounts as MassPay and the books mean them.
    files: ["{sandbox,test,bench}/**/*.ts"],
    rules: { "@medusajs/prices-in-major-units": "off" },
  },
  fence(["src/**/*.{ts,tsx}"], MONEY_MOVER, SANDBOX),
  fence(["src/domain/**/*.ts"], OUTSIDE),
  fence(["src/modules/masspay/**/*.ts"], MONEY_MOVER, SANDBOX, WIRE),
  fence(["src/modules/masspay-gateway/**/*.ts"], SANDBOX, BOOKS),
  fence(["src/runners/dispatch-requests.ts"], SANDBOX),
  fence(["sandbox/**/*.ts"], PLUGIN)
)
