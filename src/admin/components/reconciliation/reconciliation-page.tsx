import { DiscrepanciesList } from "./discrepancies-list"
import { RunsSection } from "./runs-section"

/** Differences first, since they are what waits; then the comparisons that found them. */
export function ReconciliationSections() {
  return (
    <div className="flex flex-col gap-y-3">
      <DiscrepanciesList />
      <RunsSection />
    </div>
  )
}
