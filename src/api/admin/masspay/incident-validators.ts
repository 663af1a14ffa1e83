import { z } from "@medusajs/framework/zod"

import { INCIDENT_KINDS, INCIDENT_STATES } from "../../../domain/incidents"
import { paging, text } from "./fields"
import { among, oneOrMore } from "./validators"

/** `GET /admin/masspay/incidents` */
export const ListIncidentsQuery = z
  .strictObject({
    ...paging,
    state: among("state", INCIDENT_STATES),
    kind: among("kind", INCIDENT_KINDS),
    vendor_id: oneOrMore(text("vendor_id")),
    subject_id: oneOrMore(text("subject_id")),
    is_acknowledged: z
      .enum(["true", "false"], {
        error: "Field 'is_acknowledged' must be one of: true, false",
      })
      .transform((value) => value === "true")
      .optional(),
  })
  .transform(({ limit, offset, ...filters }) => ({
    listing: { filters, limit, offset },
  }))
export type ListIncidentsQuery = z.infer<typeof ListIncidentsQuery>
