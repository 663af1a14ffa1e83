/** Does `work` for every item, at most so many at a time, until `mustStop`. */
export async function inLanes<Item>(
  items: Iterable<Item>,
  {
    lanes,
    mustStop = () => false,
  }: { lanes: number; mustStop?: () => boolean },
  work: (item: Item) => Promise<void>
): Promise<void> {
  const left = items[Symbol.iterator]()
  const lane = async (): Promise<void> => {
    while (!mustStop()) {
      const next = left.next()
      if (next.done) return
      await work(next.value)
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}
