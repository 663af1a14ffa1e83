import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"

import { kernelFrom } from "../../../../kernel"
import { listNotifications } from "../../../../modules/masspay/queries/notification-reads"
import type { AdminNotificationListResponse } from "../../../../types/http-notifications"
import type { ListNotificationsQuery } from "../notification-validators"

/**
 * @oas [get] /admin/masspay/notifications
 * operationId: GetMasspayNotifications
 * summary: List Notifications
 * description: Who was told what, the newest first, and what could not be told. The words, the addresses and the links are kept nowhere.
 * x-authenticated: true
 * parameters:
 *   - { name: q, in: query, description: "Id of the notification, of what it is about or of the vendor, or a part of the vendor's name.", schema: { type: string } }
 *   - { name: state, in: query, schema: { type: array, items: { type: string, enum: [pending, sent, skipped, no_channel, unclear, failed] } } }
 *   - { name: kind, in: query, schema: { type: array, items: { type: string } } }
 *   - { name: audience, in: query, schema: { type: array, items: { type: string, enum: [vendor, operators] } } }
 *   - { name: vendor_id, in: query, schema: { type: array, items: { type: string } } }
 *   - { name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 100, default: 20 } }
 *   - { name: offset, in: query, schema: { type: integer, minimum: 0, default: 0 } }
 * tags:
 *   - MassPay Notifications
 * responses:
 *   "200":
 *     description: The page of notifications.
 *   "400":
 *     $ref: "#/components/responses/400_error"
 *   "401":
 *     $ref: "#/components/responses/unauthorized"
 */
export const GET = async (
  req: AuthenticatedMedusaRequest<unknown, ListNotificationsQuery>,
  res: MedusaResponse<AdminNotificationListResponse>
): Promise<void> => {
  const { books } = await kernelFrom(req.scope)
  res.json(await listNotifications(books, req.validatedQuery.listing))
}
