/** Many asks, few at a time: a cluster of a hundred brokers is not flooded, and does not flood us. */

/** Most requests in flight of one administrative act. */
export const askedAtOnce = 8

/** Like `Promise.all(items.map(task))`, with at most `limit` tasks at a time. After a rejection no further task starts. */
export const mapBounded = async <Item, Result>(
  items: readonly Item[],
  task: (item: Item, index: number) => Promise<Result>,
  limit = askedAtOnce
): Promise<Result[]> => {
  const results: Result[] = new Array(items.length)
  let next = 0
  let failed = false
  const lane = async (): Promise<void> => {
    while (!failed && next < items.length) {
      const index = next++
      try {
        results[index] = await task(items[index]!, index)
      } catch (error) {
        failed = true
        throw error
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, lane))
  return results
}
