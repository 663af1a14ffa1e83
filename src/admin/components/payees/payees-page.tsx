import { BulkLinkProgress } from "./bulk-link"
import { PayeesSection } from "./payees-section"

/** The list, and above it how far the linking of all vendors has come. */
export function PayeesPageSections() {
  return (
    <div className="flex flex-col gap-y-3">
      <BulkLinkProgress />
      <PayeesSection />
    </div>
  )
}
