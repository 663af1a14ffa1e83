/**
 * What a shop that pays by hand would know: what each order owes to its vendor
 * now, and how much a vendor may ever have been paid. Knows nothing of payouts,
 * keys or states. Amounts are cents.
 */
export type ModelOrder = {
  id: string
  vendor: string
  cents: number
  first: number
}

export class Model {
  readonly orders: ModelOrder[] = []
  private readonly peaks = new Map<string, number>()
  private readonly regained = new Map<string, number>()

  addOrder(vendor: string, cents: number): ModelOrder {
    const id = `order_${this.orders.length + 1}`
    const order = { id, vendor, cents, first: cents }
    this.orders.push(order)
    this.notePeak(vendor)
    return order
  }

  changeOrder(order: ModelOrder, cents: number): void {
    order.cents = cents
    this.notePeak(order.vendor)
  }

  /** MassPay says that a cancelled load was paid after all. */
  noteRegained(vendor: string, cents: number): void {
    this.regained.set(vendor, (this.regained.get(vendor) ?? 0) + cents)
  }

  due(vendor: string): number {
    return this.orders
      .filter((order) => order.vendor === vendor)
      .reduce((sum, order) => sum + order.cents, 0)
  }

  /**
   * At no moment may she hold more than was due to her at some moment before;
   * what MassPay itself gave her again comes on top.
   */
  mostPaid(vendor: string): number {
    return (this.peaks.get(vendor) ?? 0) + (this.regained.get(vendor) ?? 0)
  }

  private notePeak(vendor: string): void {
    const peak = Math.max(this.peaks.get(vendor) ?? 0, this.due(vendor))
    this.peaks.set(vendor, peak)
  }
}
