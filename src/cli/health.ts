/** Waits for a cluster to become healthy. */
import type { ClusterHealth } from '../admin/operation-rows.ts'
import { type Clock, pause } from '../kit/clock.ts'
import { MqError } from '../kit/errors.ts'

const lookPeriodMs = 500

/** The last look: healthy, or as it was when the time was over. Rejects when even then nobody answers. */
export const healthy = async (
  look: () => Promise<ClusterHealth>,
  clock: Clock,
  waitMs: number
): Promise<ClusterHealth> => {
  const deadline = clock.monotonic() + waitMs
  for (;;) {
    const over = clock.monotonic() >= deadline
    try {
      const found = await look()
      if (found.healthy || over) return found
    } catch (error) {
      // A cluster that starts does not answer yet, or has no brokers.
      if (!(error instanceof MqError) || !error.retryable || over) throw error
    }
    await pause(clock, Math.min(lookPeriodMs, Math.max(1, deadline - clock.monotonic())))
  }
}
