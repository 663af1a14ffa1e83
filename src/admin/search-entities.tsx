import { defineSearchEntity } from "@medusajs/dashboard/lib"

/**
 * "Jump to" entries of the command palette, each with its keys. Names begin
 * with "masspay" so that they meet no other plugin's.
 */
defineSearchEntity("masspay_overview", {
  groupLabel: (t) => t("masspay.menu.overview"),
  shortcut: {
    keys: { Mac: ["G", "Y"] },
    label: (t) => t("masspay.search.overview"),
    to: "/masspay",
  },
})

defineSearchEntity("masspay_payout", {
  groupLabel: (t) => t("masspay.menu.payouts"),
  shortcut: {
    keys: { Mac: ["G", "W"] },
    label: (t) => t("masspay.search.payouts"),
    to: "/masspay/payouts",
  },
})

defineSearchEntity("masspay_preview", {
  groupLabel: (t) => t("masspay.menu.preview"),
  shortcut: {
    keys: { Mac: ["G", "N"] },
    label: (t) => t("masspay.search.preview"),
    to: "/masspay/preview",
  },
})
