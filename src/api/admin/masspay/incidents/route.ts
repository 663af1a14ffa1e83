import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { listIncidents } from "../../../../modules/masspay/queries/incident-reads"
import type { AdminIncidentListResponse } from "../../../../types/http-incidents"
import { booksOf } from "../books"
import type { ListIncidentsQuery } from "../incident-validators"

/**
 * @oas [get] /admin/masspay/incidents
 * operationId: GetMasspayIncidents
 * summary: List Incidents
 * description: What operators were alarmed about, the open ones first, the newest of them first. Each names the page of the runbook that says what it means and what to do.
 * x-authenticated: true
 * parameters:
 *   - { name: state, in: query, schema: { type: array, items: { type: string, enum: [open, closed] } } }
 *   - { name: kind, in: query, schema: { type: array, items: { type: string } } }
 *   - { name: vendor_id, in: query, schema: { type: array, items: { type: string } } }
 *   - { name: subject_id, in: query, description: "Id of the payout, or of whatever it is about.", schema: { type: array, items: { type: string } } }
 *   - { name: is_acknowledged, in: query, schema: { type: boolean } }
 *   - { name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 100, default: 20 } }
 *   - { name: offset, in: query, schema: { type: integer, minimum: 0, default: 0 } }
 * tags:
 *   - MassPay Incidents
 * responses:
 *   "200":
 *     description: The page of incidents.
 *   "400":
 *     $ref: "#/components/responses/400_error"
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 */
export const GET = async (
  req: AuthenticatedMedusaRequest<unknown, ListIncidentsQuery>,
  res: MedusaResponse<AdminIncidentListResponse>
): Promise<void> => {
  const { db } = booksOf(req.scope)
  res.json(await listIncidents(db, req.validatedQuery.listing))
}
