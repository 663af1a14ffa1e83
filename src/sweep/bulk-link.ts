import type { MedusaContainer } from "@medusajs/framework/types"

import type { VendorFacts } from "../domain/facts"
import { failureFields } from "../failure"
import type { Kernel } from "../kernel"
import type { MarketplaceAdapter, VendorPage } from "../marketplaces/types"
import {
  endListing,
  finishBulkLink,
  knownForBulk,
  noteBulkProblem,
  payeesForBulk,
  type RunningBulkLink,
  runningBulkLink,
  wantVendorsLinked,
} from "../modules/masspay/queries/bulk-link"
import { withLease } from "../modules/masspay/queries/leases"
import { missingContactOf } from "../modules/masspay/queries/payee-contact"
import type { RunnerDeps } from "../runners/deps"
import { linkPayees } from "../runners/link-payees"
import type { AdminBulkLinkPreview } from "../types/http-linking"

const PAGE_SIZE = 100
/** Beyond it a preview says that it is not complete. */
const PREVIEW_PAGES_MAX = 200
const INCOMPLETE_SHOWN = 100
const LEASE_MS = 120_000

type Deps = RunnerDeps & {
  adapter: () => Promise<Pick<MarketplaceAdapter, "listVendors">>
  installation: Pick<Kernel["installation"], "tag">
  nudgeOutbox: () => void
}

/**
 * Goes on with the linking of all vendors, if one runs: lists them where the
 * last process stopped, and asks MassPay about whoever has no user, at the pace
 * that all requests have. Does nothing where another process is at it. What is
 * done is in the rows, so whoever comes next goes on from there.
 */
export async function continueBulkLink(
  kernel: Deps,
  container: MedusaContainer
): Promise<void> {
  await withLease(
    kernel.books,
    { key: "bulk-link", worker: kernel.worker, lease_ms: LEASE_MS },
    async (lost) => {
      const signal = kernel.signal
        ? AbortSignal.any([kernel.signal, lost])
        : lost
      const running = await runningBulkLink(kernel.books)
      if (!running) return
      const deps = { ...kernel, signal }
      if (!running.is_listed && !(await list(deps, container, running))) return
      await linkWanted(deps, running.id)
    }
  )
}

/** Returns whether every vendor is listed. */
async function list(
  { books, installation, log, signal, adapter }: Deps & { signal: AbortSignal },
  container: MedusaContainer,
  { id, after_vendor_id }: RunningBulkLink
): Promise<boolean> {
  try {
    const listVendors = await listingOf({ adapter }, container)
    let after = after_vendor_id
    let isMore = listVendors !== null
    while (isMore && listVendors) {
      if (signal.aborted) return false
      const vendors = await listVendors({ after, limit: PAGE_SIZE })
      assertForward(vendors, after)
      const { tag } = installation
      if (!(await wantVendorsLinked(books, { id, vendors, tag }))) return false
      after = vendors.at(-1)?.id ?? after
      isMore = vendors.length === PAGE_SIZE
    }
    let listing = await endListing(books, { id, limit: PAGE_SIZE })
    while (listing === "more" && !signal.aborted) {
      listing = await endListing(books, { id, limit: PAGE_SIZE })
    }
    return listing === "listed"
  } catch (error) {
    log.error("bulk_link.not_listed", {
      bulk_link_id: id,
      ...failureFields(error),
    })
    await noteBulkProblem(books, {
      id,
      problem: "The shop's vendors could not be listed. It is tried again.",
    })
    return false
  }
}

/** A list that stands still would never end. */
function assertForward(
  vendors: readonly VendorFacts[],
  after: string | null
): void {
  if (vendors.length > 0 && vendors.at(-1)?.id === after) {
    throw new Error("The adapter's list of vendors does not go on")
  }
}

type Listing = (page: VendorPage) => Promise<VendorFacts[]>

/** One page at a time; `null` where the adapter cannot list vendors. */
async function listingOf(
  { adapter }: Pick<Deps, "adapter">,
  container: MedusaContainer
): Promise<Listing | null> {
  const model = await adapter()
  if (!model.listVendors) return null
  return async (page) => (await model.listVendors?.(container, page)) ?? []
}

async function linkWanted(
  deps: Deps & { signal: AbortSignal },
  id: string
): Promise<void> {
  const { books, log, signal } = deps
  for (;;) {
    const report = await linkPayees(deps, { of: "wanted" })
    deps.nudgeOutbox()
    if (signal.aborted) return
    if (await finishBulkLink(books, id)) {
      log.info("bulk_link.finished", { bulk_link_id: id })
      return
    }
    // What is left waits for MassPay, or another worker has it.
    if (report.linked + report.not_linked === 0) return
  }
}

/** What linking all vendors would begin with. Asks the shop and the books, not MassPay; writes nothing. */
export async function previewBulkLink(
  { books, adapter }: Deps,
  container: MedusaContainer
): Promise<AdminBulkLinkPreview> {
  const counts = new Counts()
  const seen = new Set<string>()
  const listVendors = await listingOf({ adapter }, container)
  let after: string | null = null
  let isComplete = listVendors !== null
  for (let page = 0; listVendors; page += 1) {
    if (page === PREVIEW_PAGES_MAX) {
      isComplete = false
      break
    }
    const vendors: VendorFacts[] = await listVendors({
      after,
      limit: PAGE_SIZE,
    })
    assertForward(vendors, after)
    const ids = vendors.map((vendor) => vendor.id)
    const known = await knownForBulk(books, { vendor_ids: ids })
    for (const vendor of vendors) {
      seen.add(vendor.id)
      counts.add({
        vendor_id: vendor.id,
        ...(known.get(vendor.id) ?? UNKNOWN),
        missing: missingContactOf(vendor),
      })
    }
    after = vendors.at(-1)?.id ?? after
    if (vendors.length < PAGE_SIZE) break
  }
  let known_after = ""
  for (let page = 0; page < PREVIEW_PAGES_MAX; page += 1) {
    const payees = await payeesForBulk(books, {
      after: known_after,
      limit: PAGE_SIZE,
    })
    for (const payee of payees) {
      if (!seen.has(payee.vendor_id)) counts.add(payee)
    }
    known_after = payees.at(-1)?.vendor_id ?? known_after
    if (payees.length < PAGE_SIZE) break
  }
  return { ...counts.preview, is_complete: isComplete }
}

const UNKNOWN = { is_linked: false, is_paused: false, is_link_held: false }

class Counts {
  readonly preview: Omit<AdminBulkLinkPreview, "is_complete"> = {
    vendors: 0,
    linked: 0,
    to_look_up: 0,
    paused: 0,
    unlinked_by_operator: 0,
    incomplete: 0,
    incomplete_vendors: [],
  }

  /** Each is counted once, under the first that holds. */
  add(vendor: {
    vendor_id: string
    is_linked: boolean
    is_paused: boolean
    is_link_held: boolean
    missing: string[]
  }): void {
    const { preview } = this
    preview.vendors += 1
    if (vendor.is_linked) preview.linked += 1
    else if (vendor.is_link_held) preview.unlinked_by_operator += 1
    else if (vendor.is_paused) preview.paused += 1
    else if (vendor.missing.length === 0) preview.to_look_up += 1
    else {
      preview.incomplete += 1
      if (preview.incomplete_vendors.length < INCOMPLETE_SHOWN) {
        const { vendor_id, missing } = vendor
        preview.incomplete_vendors.push({ vendor_id, missing })
      }
    }
  }
}
