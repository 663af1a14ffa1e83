/**
 * How the vendor herself acts: under her own name, and with request ids that are
 * hers alone, so that no other vendor can use one up or learn what came of it.
 */
export function vendorActing(
  vendor_id: string,
  { request_id, reason }: { request_id: string; reason: string }
) {
  const actor = `vendor:${vendor_id}`
  return {
    actor,
    chosen_by: actor,
    reason,
    request_id: `${actor}:${request_id}`,
  }
}
