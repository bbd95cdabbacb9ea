/** Flags of the commands about groups: their settings, and which queues an act is for. */
import { Args, Flags } from '@oclif/core'
import type { GroupSpec } from '../admin/group-rows.ts'

export const groupArg = { group: Args.string({ required: true, ignoreStdin: true, description: 'name of the group' }) }

/** The topic and queues whose offsets an act moves. */
export const queueFlags = {
  topic: Flags.string({ required: true, helpValue: 'TOPIC', description: 'topic whose offsets are moved' }),
  queue: Flags.integer({ min: 0, max: 65_535, helpValue: 'N', description: 'only this queue, on each broker' }),
  broker: Flags.string({ helpValue: 'NAME', description: 'only the queues of this broker' })
}

/** Settings of a group; one that is not given stays, or takes the broker's default in a new group. */
export const groupSettingFlags = {
  consume: Flags.boolean({ allowNo: true, description: 'brokers give it messages' }),
  broadcast: Flags.boolean({ allowNo: true, description: 'its members may consume by broadcasting' }),
  orderly: Flags.boolean({ allowNo: true, description: 'it consumes each queue in order (5.x clients)' }),
  'from-min': Flags.boolean({ allowNo: true, description: 'without offsets it may begin at the first message' }),
  notify: Flags.boolean({ allowNo: true, description: 'its members are told when others come and go' }),
  'retry-queues': Flags.integer({ min: 0, max: 64, description: 'queues of its retry topic' }),
  'max-retries': Flags.integer({ min: -1, max: 100_000, description: 'tries before a message is a dead letter' }),
  'consume-timeout': Flags.integer({ min: 1, max: 100_000, helpValue: 'MINUTES', description: 'time to consume one' }),
  'broker-id': Flags.integer({ min: 0, description: 'broker of the name to read from; 0 = master' }),
  'slow-broker-id': Flags.integer({ min: 0, description: 'broker to read from while that one is slow' })
}

export interface GroupSettings {
  readonly consume?: boolean | undefined
  readonly broadcast?: boolean | undefined
  readonly orderly?: boolean | undefined
  readonly 'from-min'?: boolean | undefined
  readonly notify?: boolean | undefined
  readonly 'retry-queues'?: number | undefined
  readonly 'max-retries'?: number | undefined
  readonly 'consume-timeout'?: number | undefined
  readonly 'broker-id'?: number | undefined
  readonly 'slow-broker-id'?: number | undefined
}

/** Only what was given: an absent field keeps its value. */
export const groupSpec = (group: string, flags: GroupSettings): GroupSpec => {
  const settings: Omit<GroupSpec, 'group'> = {
    consumeEnable: flags.consume,
    consumeBroadcastEnable: flags.broadcast,
    consumeMessageOrderly: flags.orderly,
    consumeFromMinEnable: flags['from-min'],
    notifyConsumerIdsChangedEnable: flags.notify,
    retryQueueNums: flags['retry-queues'],
    retryMaxTimes: flags['max-retries'],
    consumeTimeoutMinute: flags['consume-timeout'],
    brokerId: flags['broker-id'],
    whichBrokerWhenConsumeSlowly: flags['slow-broker-id']
  }
  return { group, ...Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) }
}
