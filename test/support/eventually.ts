/** Waits for a condition instead of sleeping for a guess. */

/** Polls until `condition` holds; rejects with `what` after `timeoutMs` of real time. */
export const eventually = async (condition: () => unknown, what: string, timeoutMs = 10_000): Promise<void> => {
  const began = performance.now()
  while (!(await condition())) {
    if (performance.now() - began > timeoutMs) throw new Error(`did not come true in ${timeoutMs} ms: ${what}`)
    await new Promise(resolve => setImmediate(resolve))
  }
}
