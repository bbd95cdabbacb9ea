/** What `mq dev` does when it is ready: topics and groups that were asked for, and its addresses as a script wants them. */
import { readFileSync } from 'node:fs'
import type { Admin } from '../admin/admin.ts'
import { remotingAdmin } from '../admin/remoting-admin.ts'
import { Session } from '../client/session.ts'
import { systemClock } from '../kit/clock.ts'
import { errorText, MqError } from '../kit/errors.ts'
import type { Logger } from '../kit/log.ts'
import type { DevEnv } from './result-rows.ts'

export const envForms = ['sh', 'dotenv', 'json'] as const
export type EnvForm = (typeof envForms)[number]

export const devEnv = (addresses: { readonly namesrv?: string; readonly http?: string }): DevEnv => ({
  NAMESRV_ADDR: addresses.namesrv ?? '',
  MQ_API: addresses.http ?? ''
})

export const envText = (env: DevEnv, form: EnvForm): string => {
  if (form === 'json') return `${JSON.stringify(env)}\n`
  const before = form === 'sh' ? 'export ' : ''
  return Object.entries(env)
    .map(([name, value]) => `${before}${name}=${value}\n`)
    .join('')
}

export interface SeedTopic {
  readonly topic: string
  readonly queues: number
  readonly type?: string | undefined
}

export interface SeedGroup {
  readonly group: string
  readonly orderly?: boolean | undefined
  readonly broadcast?: boolean | undefined
  readonly maxRetries?: number | undefined
}

export interface Seeds {
  readonly topics: readonly SeedTopic[]
  readonly groups: readonly SeedGroup[]
}

const usualQueues = 4
const types = ['NORMAL', 'FIFO', 'DELAY', 'TRANSACTION', 'MIXED']

/** Reads `orders`, `orders:8`, `orders:8:FIFO`. Throws MQ_USAGE. */
export const parseSeedTopic = (text: string): SeedTopic => {
  const match = /^([^:]+)(?::(\d{1,4}))?(?::([A-Z]+))?$/.exec(text)
  const queues = Number(match?.[2] ?? usualQueues)
  const type = match?.[3]
  if (match === null || queues < 1 || (type !== undefined && !types.includes(type))) {
    throw new MqError('MQ_USAGE', `--topic ${JSON.stringify(text)} is not of the form NAME[:QUEUES[:TYPE]]`, {
      suggestions: [`types are ${types.join(', ')}`]
    })
  }
  return { topic: match[1]!, queues, type }
}

/** Reads manifests: YAML documents, or JSON, which is YAML too. Rejects with MQ_USAGE. */
export const readSeeds = async (path: string): Promise<Seeds> => {
  const wrong = (why: string): MqError => new MqError('MQ_USAGE', `the file ${path} of --seed ${why}`)
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    throw wrong(`cannot be read: ${errorText(error)}`)
  }
  const { parseAllDocuments } = await import('yaml')
  const documents: unknown[] = []
  for (const document of parseAllDocuments(text)) {
    const [fault] = document.errors
    if (fault !== undefined) throw wrong(`is no YAML: ${fault.message.split('\n')[0]}`)
    const value: unknown = document.toJS()
    if (value !== null) documents.push(...(Array.isArray(value) ? value : [value]))
  }
  return seedsOf(documents, wrong)
}

interface Manifest {
  readonly kind?: unknown
  readonly metadata?: { readonly name?: unknown } | null
  readonly spec?: Record<string, unknown> | null
}

const seedsOf = (documents: readonly unknown[], wrong: (why: string) => MqError): Seeds => {
  const topics: SeedTopic[] = []
  const groups: SeedGroup[] = []
  for (const document of documents) {
    const { kind, metadata, spec } = (document ?? {}) as Manifest
    const name = metadata?.name
    if (typeof name !== 'string' || name === '') throw wrong('has an object without metadata.name')
    const has = (key: string, type: string): unknown => {
      const value = spec?.[key]
      if (value !== undefined && typeof value !== type) throw wrong(`has a ${key} of ${name} that is no ${type}`)
      return value
    }
    if (kind === 'Topic') {
      const queues = (has('queues', 'number') as number | undefined) ?? usualQueues
      const type = has('type', 'string') as string | undefined
      if (type !== undefined && !types.includes(type)) throw wrong(`has the type ${type}, which is none of ${types}`)
      topics.push({ topic: name, queues, type })
    } else if (kind === 'ConsumerGroup') {
      groups.push({
        group: name,
        orderly: has('orderly', 'boolean') as boolean | undefined,
        broadcast: has('broadcast', 'boolean') as boolean | undefined,
        maxRetries: has('maxRetries', 'number') as number | undefined
      })
    } else throw wrong(`has ${JSON.stringify(kind)}, which is neither Topic nor ConsumerGroup`)
  }
  return { topics, groups }
}

/** What the flags of `mq dev` ask for. Rejects with MQ_USAGE, before anything is started. */
export const seedsOfFlags = async (flags: {
  readonly seed?: string | undefined
  readonly topic?: readonly string[] | undefined
}): Promise<Seeds> => {
  const { topics, groups } = flags.seed === undefined ? { topics: [], groups: [] } : await readSeeds(flags.seed)
  return { topics: [...topics, ...(flags.topic ?? []).map(parseSeedTopic)], groups }
}

const silent = (): void => {}
const quiet: Logger = { debug: silent, info: silent, warn: silent, error: silent }

/** What `mq dev` has to do before it is ready. Rejects with MQ_USAGE, before anything is started. */
export const planted = async (flags: Parameters<typeof seedsOfFlags>[0]) => {
  const seeds = await seedsOfFlags(flags)
  return ({ addresses }: { readonly addresses: { readonly namesrv?: string } }): Promise<void> =>
    seed(addresses.namesrv ?? '', seeds)
}

/** Makes what is not there; what is there stays as it is, so that a second start changes nothing. */
export const seed = async (namesrv: string, { topics, groups }: Seeds): Promise<void> => {
  if (topics.length + groups.length === 0) return
  const session = new Session({ namesrv: [namesrv], timeoutMs: 5000, clock: systemClock, log: quiet })
  try {
    await plant(remotingAdmin(session), { topics, groups })
  } finally {
    await session.close()
  }
}

const plant = async (admin: Admin, { topics, groups }: Seeds): Promise<void> => {
  for (const { topic, queues, type } of topics) {
    const attributes: Record<string, string> = type === undefined ? {} : { 'message.type': type }
    const spec = { topic, readQueueNums: queues, writeQueueNums: queues, perm: 6, order: false, attributes }
    await admin.createTopic(spec, { existing: 'keep', wait: true })
  }
  for (const { group, orderly, broadcast, maxRetries } of groups) {
    const spec = {
      group,
      consumeMessageOrderly: orderly,
      consumeBroadcastEnable: broadcast,
      retryMaxTimes: maxRetries
    }
    await admin.putGroup(spec, { existing: 'keep' })
  }
}

/** Resolves when the one who started this has gone: its end of standard input is closed. */
export const parentGone = (stdin: NodeJS.ReadableStream): Promise<void> =>
  new Promise(resolve => {
    stdin
      .once('end', resolve)
      .once('close', resolve)
      .once('error', () => resolve())
    stdin.resume()
  })
