/**
 * Which address of a broker to tell to whom. A broker of mq says with its registration, in the extra field `mqAdvertise`
 * that Apache's NameServers ignore, where it listens and what its operator wants; a NameServer of mq then answers each
 * asker with an address that it can reach. Brokers without the field are answered as they registered.
 */
import { BlockList, isIP } from 'node:net'
import { MqError } from '../kit/errors.ts'
import { formatAddress, parseAddress } from './address.ts'
import type { Endpoint } from './peer.ts'

/** Clients in `clients` (`*`, an address, or a network such as 10.0.0.0/8) are told `address`; the first match counts. */
export interface AdvertiseRule {
  readonly clients: string
  readonly address: string
}

export interface Advertised {
  readonly rules: readonly AdvertiseRule[]
  /** Addresses that the broker is bound to, `host:port`; the host may be 0.0.0.0 or ::. */
  readonly listeners: readonly string[]
  /** The registered address was chosen by the operator: no other is derived for remote askers. */
  readonly fixed: boolean
}

/** Where an asker is, where it reached us, and where the broker's registration came from. */
export interface Situation {
  readonly asker: { readonly remote: Endpoint; readonly local: Endpoint }
  readonly registrant: { readonly remote: Endpoint; readonly local: Endpoint }
}

const rulesMax = 64
const listenersMax = 16
const lengthMax = 4096

const ruleFault = (rule: string): MqError =>
  new MqError(
    'MQ_CONFIG_INVALID',
    `the advertise rule ${JSON.stringify(rule.slice(0, 128))} is not of the form CLIENTS=HOST:PORT, ` +
      'where CLIENTS is *, an address or a network such as 10.0.0.0/8'
  )

/** Rules as an operator writes them: `CLIENTS=HOST:PORT` separated by `;`, or `auto` for none. Throws MQ_CONFIG_INVALID. */
export const parseAdvertise = (text: string): AdvertiseRule[] => {
  const parts = text.split(';').map(part => part.trim())
  const rules = parts.filter(part => part !== '' && part !== 'auto').map(parseRule)
  if (rules.length > rulesMax) throw new MqError('MQ_CONFIG_INVALID', `more than ${rulesMax} advertise rules`)
  return rules
}

const parseRule = (text: string): AdvertiseRule => {
  const sign = text.indexOf('=')
  const rule = { clients: text.slice(0, sign).trim(), address: text.slice(sign + 1).trim() }
  if (sign < 1 || !isRule(rule)) throw ruleFault(text)
  return rule
}

const isAddress = (address: string): boolean => {
  try {
    return parseAddress(address).port > 0
  } catch {
    return false
  }
}

/** `*` as undefined, or the network; null when it is neither. */
const network = (clients: string): { host: string; bits: number } | undefined | null => {
  if (clients === '*') return undefined
  const [host = '', bits] = clients.split('/', 2)
  const width = isIP(host) === 4 ? 32 : isIP(host) === 6 ? 128 : -1
  const length = bits === undefined ? width : /^\d{1,3}$/.test(bits) ? Number(bits) : -1
  return width > 0 && length >= 0 && length <= width ? { host, bits: length } : null
}

const isRule = ({ clients, address }: AdvertiseRule): boolean => network(clients) !== null && isAddress(address)

const family = (host: string): 'ipv4' | 'ipv6' => (isIP(host) === 6 ? 'ipv6' : 'ipv4')

const includes = (clients: string, host: string): boolean => {
  const net = network(clients)
  if (net === undefined) return true
  if (net === null || isIP(host) === 0 || family(host) !== family(net.host)) return false
  const block = new BlockList()
  block.addSubnet(net.host, net.bits, family(net.host))
  return block.check(host, family(host))
}

/** The text of the extra field. */
export const writeAdvertised = (advertised: Advertised): string => JSON.stringify(advertised)

const texts = (value: unknown, max: number): string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string').slice(0, max) : []

/** Reads the extra field; what cannot be read counts as absent, since the registration itself is good. */
export const readAdvertised = (text: string | undefined): Advertised | undefined => {
  if (text === undefined || text.length > lengthMax) return undefined
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof parsed !== 'object' || parsed === null) return undefined
  const { rules, listeners, fixed } = parsed as Readonly<Record<string, unknown>>
  const given: unknown[] = Array.isArray(rules) ? rules.slice(0, rulesMax) : []
  return {
    rules: given.map(readRule).filter(rule => rule !== undefined),
    listeners: texts(listeners, listenersMax).filter(isAddress),
    fixed: fixed === true
  }
}

const readRule = (value: unknown): AdvertiseRule | undefined => {
  if (typeof value !== 'object' || value === null) return undefined
  const { clients, address } = value as Readonly<Record<string, unknown>>
  if (typeof clients !== 'string' || typeof address !== 'string') return undefined
  const rule = { clients, address }
  return isRule(rule) ? rule : undefined
}

export const isLoopback = (host: string): boolean => host.startsWith('127.') || host === '::1'

/** A connection whose two ends are the same machine: over loopback, or from one of its addresses to the same one. */
const isOwnHost = ({ remote, local }: Situation['registrant']): boolean =>
  isLoopback(remote.host) || remote.host === local.host

/** The port on which a broker with these listeners can be reached at `host`, one of its own machine's addresses. */
const portAt = (listeners: readonly string[], host: string): number | undefined => {
  for (const listener of listeners) {
    const bound = parseAddress(listener)
    const any = bound.host === '::' || (bound.host === '0.0.0.0' && family(host) === 'ipv4')
    if (any || bound.host === host) return bound.port
  }
  return undefined
}

/** The address to tell: a rule's, one that the asker can reach for sure, or the registered one. */
export const addressFor = (registered: string, advertised: Advertised | undefined, situation: Situation): string => {
  if (advertised === undefined) return registered
  const { asker, registrant } = situation
  const rule = advertised.rules.find(({ clients }) => includes(clients, asker.remote.host))
  if (rule !== undefined) return rule.address
  if (!isOwnHost(registrant)) return registered
  // The broker is on this machine, so the address at which the asker reached us reaches the broker too.
  const candidates = isLoopback(asker.remote.host) ? ['127.0.0.1', '::1'] : advertised.fixed ? [] : [asker.local.host]
  for (const host of candidates) {
    const port = portAt(advertised.listeners, host)
    if (port !== undefined) return formatAddress({ host, port })
  }
  return registered
}
