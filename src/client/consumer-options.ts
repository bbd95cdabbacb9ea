/** What consumers of both kinds are opened with, its defaults, and the names that no broker takes. Java: DefaultMQPushConsumer. */
import { homedir } from 'node:os'
import { join } from 'node:path'
import { MqError } from '../kit/errors.ts'
import type { ClientOptions } from './client-options.ts'
import { defaultFlow, type FlowLimits } from './held-queue.ts'
import { localOffsets, type OffsetStore, remoteOffsets } from './offset-store.ts'
import type { Rebalance } from './rebalance/rebalance.ts'
import type { Session } from './session.ts'
import type { ConsumeFrom } from './start-offset.ts'

export interface ConsumerOptions extends ClientOptions {
  readonly group: string
  /** `clustering` (the default): each message to one member. `broadcasting`: to each, without retries. */
  readonly model?: 'clustering' | 'broadcasting'
  /** How queues are shared; all members must use the same. `average` when absent. */
  readonly rebalance?: Rebalance
  /** Where a queue begins that the group has no offset for; `last` when absent. */
  readonly from?: ConsumeFrom
  /** Bounds of what is pulled ahead, for each queue: 1000 messages, 100 MiB, 2000 offsets, 32 messages a pull. */
  readonly flow?: Partial<FlowLimits>
  /** Milliseconds between commits; 5000 when absent. */
  readonly commitPeriodMs?: number
  /** Directory of the offsets of broadcast; `~/.mq/offsets` when absent. */
  readonly offsetsDir?: string
  /** Tells broadcast consumers of one host apart that have one group: each needs offsets of its own. `default` when absent. */
  readonly instance?: string
}

export const flowOf = (options: ConsumerOptions): FlowLimits => ({ ...defaultFlow, ...options.flow })

/** Rejects with MQ_CONFIG_INVALID when the file of broadcast's offsets cannot be read. */
export const offsetsOf = async (session: Session, options: ConsumerOptions): Promise<OffsetStore> => {
  const { group, model, instance = 'default', offsetsDir = join(homedir(), '.mq', 'offsets') } = options
  if (model !== 'broadcasting') return remoteOffsets(session, group)
  if (!/^[\w-]{1,120}$/.test(instance)) {
    throw new MqError(
      'MQ_USAGE',
      `the instance ${JSON.stringify(instance.slice(0, 120))} has other characters than letters, digits, _ and -`
    )
  }
  return localOffsets(join(offsetsDir, instance, `${encodeURIComponent(group)}.json`))
}

/** Tags by topic: `*`, or `A || B`. Throws MQ_USAGE when nothing is subscribed. */
export const subscriptionsOf = (topics: Readonly<Record<string, string>>): ReadonlyMap<string, string> => {
  const entries = Object.entries(topics).map(([topic, tags]) => [topic, tags.trim() === '' ? '*' : tags] as const)
  if (entries.length === 0) throw new MqError('MQ_USAGE', 'a consumer needs a topic to subscribe')
  return new Map(entries)
}
