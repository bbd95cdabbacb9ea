/** Opens the store and the tables of a broker, and starts what works on its own beside the requests. */
import type { Clock } from '../kit/clock.ts'
import type { Logger, LogLevel } from '../kit/log.ts'
import type { OptionSource } from '../kit/options.ts'
import { encodeHost } from '../protocol/host-bytes.ts'
import { openStore } from '../store/message-store.ts'
import type { BrokerParts } from './broker-parts.ts'
import { Consumers } from './clients/consumers.ts'
import { Producers } from './clients/producers.ts'
import { Locks } from './clients/queue-locks.ts'
import type { Closing } from './closing.ts'
import { createDelayLevels, type DelayLevels } from './delay/delay-levels.ts'
import { createDelayService } from './delay/delay-service.ts'
import { tagsCodeOfStored } from './delay/delayed-message.ts'
import { openGroups } from './groups/groups.ts'
import { openOffsets } from './groups/offsets.ts'
import { RequestModes } from './groups/request-modes.ts'
import { type KeptParts, KeptRows } from './kept-rows.ts'
import { LiveConfig } from './live-config.ts'
import { MetaWriter } from './meta-writer.ts'
import type { BrokerOptions } from './options.ts'
import type { BrokerIdentity } from './parts.ts'
import { createLongPolls } from './pull/long-polls.ts'
import { BrokerTraffic } from './stats/traffic.ts'
import { changedSettings, storeOptions } from './store-options.ts'
import { ForbiddenTopics } from './topics/forbidden-topics.ts'
import { openTopics } from './topics/topics.ts'

export interface BrokerDeps {
  readonly clock: Clock
  readonly log: Logger
  /** From 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number
  /** Follows the option logLevel. */
  readonly setLogLevel?: (level: LogLevel) => void
}

export interface OpenSettings {
  readonly options: BrokerOptions
  readonly sources: ReadonlyMap<string, OptionSource>
  readonly identity: BrokerIdentity
}

export type OpenedParts = BrokerParts & { readonly delayLevels: DelayLevels }

/** How often clients are looked at whose heartbeats stopped, and locks that ended. */
const sweepMs = 10_000

export const openParts = async (
  { options, sources, identity }: OpenSettings,
  deps: BrokerDeps,
  closing: Closing
): Promise<OpenedParts> => {
  const { clock, log } = deps
  const delayLevels = createDelayLevels(clock, options.messageDelayLevel)
  const storeHost = encodeHost(identity.advertised.host, identity.advertised.port)
  const store = await openStore(storeOptions(options, { storeHost, tagsCodeOf: tagsCodeOfStored(delayLevels) }), deps)
  closing.add('store', () => store.close())

  const writer = new MetaWriter(store.meta)
  closing.add('tables', () => writer.idle())
  const tables = { meta: store.meta, writer, clock, log, options }
  const config = await LiveConfig.open({ ...tables, sources })
  config.onChange(changed => {
    const settings = changedSettings(options, changed)
    if (settings !== undefined) store.configure(settings)
    if (changed.has('logLevel')) deps.setLogLevel?.(options.logLevel)
  })
  const topics = await openTopics(tables)
  const groups = await openGroups(tables)
  const kept = await openKept(tables)
  const offsets = await openOffsets({ store, writer, clock, log, flushMs: options.flushConsumerOffsetInterval })
  closing.add('consumer offsets', async () => {
    offsets.stop()
    await offsets.flush()
  })
  const traffic = new BrokerTraffic({ clock })
  closing.add('traffic', () => traffic.stop())
  const delay = await createDelayService({ store, delayLevels, traffic, clock, log })
  closing.add('delayed messages', () => delay.close())
  const longPolls = createLongPolls({ store, clock }, { heldMax: options.heldPullsMax })
  closing.add('held pulls', () => longPolls.close())

  const consumers = new Consumers({ clock, log, groups, options })
  const producers = new Producers({ clock, log })
  const locks = new Locks({ clock })
  const sweep = clock.every(Math.min(sweepMs, options.channelExpiredTimeout), () => {
    consumers.expire(options.channelExpiredTimeout)
    producers.expire(options.channelExpiredTimeout)
    locks.expire()
  })
  closing.add('clients', () => sweep.cancel())
  const levels = Array.from({ length: delayLevels.max }, (_, index) => index + 1)
  return {
    store,
    topics,
    groups,
    offsets,
    ...kept,
    consumers,
    producers,
    locks,
    traffic,
    longPolls,
    identity,
    options,
    config,
    clock,
    log,
    bootTimestamp: clock.now(),
    delayLevels,
    delayProgress: () =>
      new Map(levels.map(level => [level, delay.delivered(level)] as const).filter(([, offset]) => offset > 0))
  }
}

const openKept = async (
  parts: KeptParts
): Promise<Pick<BrokerParts, 'coldThresholds' | 'forbidden' | 'requestModes'>> => ({
  forbidden: await ForbiddenTopics.open(parts),
  requestModes: await RequestModes.open(parts),
  coldThresholds: await KeptRows.open('coldThreshold.', parts)
})
