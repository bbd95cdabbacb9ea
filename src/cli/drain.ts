/** Waits until groups have consumed what a broker has. */
import type { Admin } from '../admin/admin.ts'
import type { ConsumeStatsRow } from '../admin/broker-rows.ts'
import { type Clock, pause } from '../kit/clock.ts'
import { MqError } from '../kit/errors.ts'

const lookPeriodMs = 1000

/** Resolves to the lag, which is 0. Rejects with MQ_TIMEOUT, naming who is behind. */
export const waitConsumed = async (
  admin: Pick<Admin, 'brokerConsumeStats'>,
  broker: string,
  clock: Clock,
  timeoutMs: number
): Promise<number> => {
  const deadline = clock.monotonic() + timeoutMs
  for (;;) {
    const { lag, queues } = await admin.brokerConsumeStats(broker)
    if (lag === 0) return lag
    if (clock.monotonic() >= deadline) {
      throw new MqError('MQ_TIMEOUT', `${broker} is drained, but ${lag} messages are not consumed: ${behind(queues)}`, {
        suggestions: [`look again: \`mq broker consume-stats ${broker} --lag-over 1\``]
      })
    }
    await pause(clock, Math.min(lookPeriodMs, Math.max(1, deadline - clock.monotonic())))
  }
}

/** The three groups that are furthest behind. */
const behind = (queues: readonly ConsumeStatsRow[]): string => {
  const lags = new Map<string, number>()
  for (const { group, lag } of queues) lags.set(group, (lags.get(group) ?? 0) + lag)
  const worst = [...lags].filter(([, lag]) => lag > 0).sort(([, left], [, right]) => right - left)
  const named = worst.slice(0, 3).map(([group, lag]) => `${group} ${lag}`)
  return `${named.join(', ')}${worst.length > 3 ? ` and ${worst.length - 3} groups more` : ''}`
}
