/**
 * Where the NameServers are: told in code, by a key of a properties file, by the environment, or by an HTTP address server
 * that is asked again every two minutes. Java: MixAll.getNameServerAddresses, TopAddressing, MQClientInstance.
 */
import { readFileSync } from 'node:fs'
import type { Clock } from '../kit/clock.ts'
import { errorText, MqError } from '../kit/errors.ts'
import { fetchText } from '../kit/fetch.ts'
import type { Logger } from '../kit/log.ts'
import { parseProperties } from '../kit/properties.ts'
import { parseNamesrv } from './session.ts'

export interface NameServerOptions {
  /** `host:port`, several separated by `;`, or a list of them. Counts before everything else. */
  readonly namesrvAddr?: string | readonly string[]
  /** Path of a file in the form of Java's properties, with `rocketmq.namesrv.addr` or `rocketmq.namesrv.domain`. */
  readonly configFile?: string
  /** The same keys as an object; they count before those of the file. */
  readonly properties?: Readonly<Record<string, string>>
  /** Where `NAMESRV_ADDR` is looked up; the process's environment when absent. */
  readonly env?: Readonly<Record<string, string | undefined>>
}

export type NameServerSource =
  | { readonly from: 'code' | 'key' | 'environment'; readonly addresses: readonly string[] }
  | { readonly from: 'address server'; readonly url: string }

export const namesrvKey = 'rocketmq.namesrv.addr'
export const domainKey = 'rocketmq.namesrv.domain'
export const subgroupKey = 'rocketmq.namesrv.domain.subgroup'

const pollPeriodMs = 120_000
const fetchLimits = { timeoutMs: 3000, bytesMax: 64 * 1024 }
const addressServerPort = 8080

/**
 * The first of the four ways that says something: code, key, environment, address server. Throws MQ_USAGE when none
 * does, MQ_CONFIG_INVALID when the file cannot be read.
 */
export const nameServerSource = (options: NameServerOptions): NameServerSource => {
  const { namesrvAddr } = options
  const told = typeof namesrvAddr === 'string' ? namesrvAddr : (namesrvAddr ?? []).join(';')
  if (told.trim() !== '') return { from: 'code', addresses: parseNamesrv(told) }
  const keys = keysOf(options)
  const keyed = keys.get(namesrvKey)?.trim() ?? ''
  if (keyed !== '') return { from: 'key', addresses: parseNamesrv(keyed) }
  const variable = (options.env ?? process.env)['NAMESRV_ADDR']?.trim() ?? ''
  if (variable !== '') return { from: 'environment', addresses: parseNamesrv(variable) }
  const domain = keys.get(domainKey)?.trim() ?? ''
  if (domain !== '') return { from: 'address server', url: addressServerUrl(domain, keys.get(subgroupKey)) }
  throw new MqError('MQ_USAGE', 'no NameServer is known: none of the four ways names one', {
    suggestions: [`pass namesrvAddr, set ${namesrvKey} or NAMESRV_ADDR, or name an address server by ${domainKey}`]
  })
}

const keysOf = ({ configFile, properties = {} }: NameServerOptions): ReadonlyMap<string, string> => {
  const keys = new Map<string, string>()
  if (configFile !== undefined) {
    try {
      for (const { key, value } of parseProperties(readFileSync(configFile, 'utf8'))) keys.set(key, value)
    } catch (error) {
      throw new MqError('MQ_CONFIG_INVALID', `the file ${configFile} cannot be read: ${errorText(error)}`, {
        cause: error
      })
    }
  }
  for (const [key, value] of Object.entries(properties)) keys.set(key, value)
  return keys
}

/** `host` → port 8080, `host:port` as it is; the path is Java's. */
const addressServerUrl = (domain: string, subgroup = 'nsaddr'): string => {
  const host = domain.includes(':') ? domain : `${domain}:${addressServerPort}`
  const url = `http://${host}/rocketmq/${encodeURIComponent(subgroup)}`
  if (!URL.canParse(url)) throw new MqError('MQ_CONFIG_INVALID', `${domainKey}=${domain} is no host or host:port`)
  return url
}

export interface NameServers {
  /** As they are known now, never empty. */
  readonly addresses: readonly string[]
  /** Stops asking the address server. */
  close(): void
}

/** Rejects with MQ_CONNECT_FAILED when the address server does not say any; later on the last known ones stay. */
export const openNameServers = async (
  source: NameServerSource,
  { clock, log }: { readonly clock: Clock; readonly log: Logger }
): Promise<NameServers> => {
  if (source.from !== 'address server') return { addresses: source.addresses, close: () => {} }
  const { url } = source
  let addresses: readonly string[] = await ask(url)
  const timer = clock.every(pollPeriodMs, () => {
    ask(url).then(
      found => {
        if (found.join() !== addresses.join())
          log.info({ namesrv: found }, 'the address server names other NameServers')
        addresses = found
      },
      error => log.warn({ error: errorText(error) }, 'the address server gave no NameServers; the known ones stay')
    )
  })
  return {
    get addresses() {
      return addresses
    },
    close: () => timer.cancel()
  }
}

const ask = async (url: string): Promise<readonly string[]> => {
  const text = (await fetchText(url, fetchLimits)).trim()
  try {
    return parseNamesrv(text)
  } catch (error) {
    throw new MqError(
      'MQ_CONNECT_FAILED',
      `${url} answered no NameServer addresses: ${JSON.stringify(text.slice(0, 80))}`,
      {
        cause: error
      }
    )
  }
}
