import { model } from "@medusajs/framework/utils"

/** One step of an attestation: somebody vouched for an item of the checklist, or took that back. Append-only. */
export const MasspayGoLiveItem = model.define("masspay_go_live_item", {
  id: model.id({ prefix: "msgli" }).primaryKey(),
  key: model.text(),
  /** Counts from 1; the highest of a key is what holds. */
  revision: model.number(),
  did: model.enum(["attested", "withdrawn"]),
  /** Id of the operator. */
  actor: model.text(),
  note: model.text(),
})
