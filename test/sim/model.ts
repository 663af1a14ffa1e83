export type ModelOrder = {
  id: string
  vendor: string
  /** What it owes to its vendor now. */
  cents: number
  /** What it owed first. */
  first: number
  /** What the books were told last, as far as they still know. */
  told: number
}

/**
 * What a shop that pays by hand would know: what each order owes to its vendor
 * now, what its books were told, and how much a vendor may ever have been paid.
 * Knows nothing of payouts, keys or states. Amounts are cents.
 */
export class Model {
  readonly orders: ModelOrder[] = []
  private readonly peaks = new Map<string, number>()
  private readonly regained = new Map<string, number>()
  private backup = new Map<string, number>()

  addOrder(vendor: string, cents: number): ModelOrder {
    const id = `order_${this.orders.length + 1}`
    const order = { id, vendor, cents, first: cents, told: 0 }
    this.orders.push(order)
    return order
  }

  /** The books are told what the order owes now. */
  tell(order: ModelOrder): void {
    order.told = order.cents
    this.notePeak(order.vendor)
  }

  /** The books are copied. */
  backUp(): void {
    this.backup = new Map(this.orders.map(({ id, told }) => [id, told]))
  }

  /** The books believe again what they did then, until they are told anew. */
  restore(): void {
    for (const order of this.orders) {
      order.told = this.backup.get(order.id) ?? 0
    }
    for (const { vendor } of this.orders) this.notePeak(vendor)
  }

  /** MassPay says that a cancelled load was paid after all. */
  noteRegained(vendor: string, cents: number): void {
    this.regained.set(vendor, (this.regained.get(vendor) ?? 0) + cents)
  }

  due(vendor: string): number {
    return this.sum(vendor, ({ cents }) => cents)
  }

  /**
   * At no moment may she hold more than the books had been told to be due to
   * her at some moment before; what MassPay itself gave her again comes on top.
   */
  mostPaid(vendor: string): number {
    return (this.peaks.get(vendor) ?? 0) + (this.regained.get(vendor) ?? 0)
  }

  private notePeak(vendor: string): void {
    const told = this.sum(vendor, (order) => order.told)
    this.peaks.set(vendor, Math.max(this.peaks.get(vendor) ?? 0, told))
  }

  private sum(vendor: string, of: (order: ModelOrder) => number): number {
    return this.orders
      .filter((order) => order.vendor === vendor)
      .reduce((sum, order) => sum + of(order), 0)
  }
}
