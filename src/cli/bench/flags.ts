/** The flags of `bench`, and the plan that they say. */
import { Args, Flags } from '@oclif/core'
import { systemClock } from '../../kit/clock.ts'
import { MqError } from '../../kit/errors.ts'
import { systemRandom } from '../../kit/random.ts'
import { changeFlags, connectionFlags, durationFlag, streamFlags } from '../flags.ts'
import { parseRate } from '../pace.ts'
import { headerBytes, parseSizes } from './bodies.ts'
import type { BenchPlan } from './run.ts'

export const benchArgs = {
  topic: Args.string({ default: 'mq-bench', ignoreStdin: true, description: 'topic; made when it is not there' })
}

export const benchFlags = {
  ...connectionFlags,
  ...streamFlags,
  clients: Flags.integer({ default: 1, min: 1, max: 1000, description: 'clients, each with connections of its own' }),
  msgs: Flags.integer({ min: 1, helpValue: 'N', description: 'end after so many messages' }),
  duration: durationFlag({ description: 'end after this time' }),
  topics: Flags.integer({
    default: 1,
    min: 1,
    max: 1000,
    helpValue: 'N',
    description: 'spread over N topics: TOPIC-0, TOPIC-1 …'
  }),
  'warm-up': durationFlag({
    default: 0,
    defaultHelp: async () => '0s',
    description: 'run so long before anything is counted'
  }),
  csv: Flags.string({ helpValue: 'FILE', description: 'write a row a second into this file' }),
  histogram: Flags.boolean({ description: 'show all percentiles at the end' })
}

/** For those that send. */
export const loadFlags = {
  ...changeFlags,
  size: Flags.string({
    exclusive: ['size-dist'],
    helpValue: 'BYTES',
    description: 'bytes of a body: 1024, 4k, 1m [default: 1k]'
  }),
  'size-dist': Flags.string({
    helpValue: 'SIZE:WEIGHT,…',
    description: 'bodies of several sizes, by weight: 100:80,4k:15,64k:5'
  }),
  rate: Flags.string({
    helpValue: 'N/s',
    description: 'messages a second; latencies then count from when a send was due, so that stalls are seen'
  }),
  batch: Flags.integer({ default: 1, min: 1, max: 1000, description: 'messages in one request' }),
  'in-flight': Flags.integer({ default: 16, min: 1, max: 10_000, description: 'sends under way of each client' }),
  queues: Flags.integer({ default: 8, min: 1, max: 1000, description: 'queues of a topic that has to be made' })
}

export interface BenchFlags {
  readonly msgs?: number | undefined
  readonly duration?: number | undefined
  readonly topics: number
  readonly 'warm-up': number
  readonly timeout: number
  readonly size?: string | undefined
  readonly 'size-dist'?: string | undefined
  readonly rate?: string | undefined
  readonly batch?: number
  readonly 'in-flight'?: number
  readonly group?: string | undefined
}

/** A run without an end that was asked for. */
const usualMs = 10_000

export type BenchWish = Omit<BenchPlan, 'signal' | 'tell'>

/** Throws MQ_USAGE. */
export const benchWish = (kind: BenchPlan['kind'], topic: string, flags: BenchFlags): BenchWish => {
  const { msgs, duration, topics, batch = 1, rate, group } = flags
  const sizes = parseSizes(flags['size-dist'] ?? flags.size ?? '1k')
  if (kind === 'e2e' && sizes.some(({ bytes }) => bytes < headerBytes)) {
    throw new MqError('MQ_USAGE', `e2e checks each message, which takes at least ${headerBytes} bytes a body`)
  }
  return {
    kind,
    topics: topics === 1 ? [topic] : Array.from({ length: topics }, (_, at) => `${topic}-${at}`),
    inFlight: flags['in-flight'] ?? 1,
    batch,
    sizes,
    rate: rate === undefined ? undefined : parseRate(rate),
    msgs,
    durationMs: duration ?? (msgs === undefined && kind !== 'consume' ? usualMs : undefined),
    warmUpMs: flags['warm-up'],
    group,
    patienceMs: Math.max(10_000, flags.timeout),
    clock: systemClock,
    random: systemRandom
  }
}
