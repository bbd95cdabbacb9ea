/** Addresses as people and RocketMQ write them: `host:port`, with brackets around IPv6 or without. */
import { MqError } from '../kit/errors.ts'
import type { Endpoint } from './peer.ts'

const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i

/** IPv4-mapped IPv6 becomes IPv4, so that one host has one name. */
export const plainHost = (host: string): string => mapped.exec(host)?.[1] ?? host

/** The port follows the last colon; throws MQ_USAGE. */
export const parseAddress = (address: string): Endpoint => {
  const colon = address.lastIndexOf(':')
  const host = address.slice(0, colon).replace(/^\[(.*)\]$/, '$1')
  const port = Number(address.slice(colon + 1))
  if (colon < 1 || host === '' || !/^\d{1,5}$/.test(address.slice(colon + 1)) || port > 65_535) {
    throw new MqError('MQ_USAGE', `the address ${JSON.stringify(address.slice(0, 128))} is not of the form host:port`)
  }
  return { host, port }
}

export const formatAddress = ({ host, port }: Endpoint): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
