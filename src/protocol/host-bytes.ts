/**
 * Addresses as messages carry them: 4 or 16 bytes of IP address, then the port in 4 bytes.
 * IPv4 addresses that a socket shows in IPv6 form (`::ffff:192.0.2.1`) are taken as IPv4.
 */
import { MqError } from '../kit/errors.ts'

const mapped = /^::ffff:(?=\d+\.)/i

const wrong = (host: string): MqError =>
  new MqError('MQ_CONFIG_INVALID', `${JSON.stringify(host.slice(0, 64))} is not an IPv4 or IPv6 address`)

const ipv4Bytes = (host: string): number[] | undefined => {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(host)
  const bytes = match?.slice(1).map(Number)
  return bytes?.every(byte => byte < 256) === true ? bytes : undefined
}

const groupsOf = (text: string): number[] | undefined => {
  if (text === '') return []
  const groups = text.split(':')
  return groups.every(group => /^[0-9a-fA-F]{1,4}$/.test(group))
    ? groups.map(group => Number.parseInt(group, 16))
    : undefined
}

const ipv6Bytes = (host: string): number[] | undefined => {
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(host.replace(/%.*$/, ''))
  const tail = dotted === null ? undefined : ipv4Bytes(dotted[2]!)
  if (dotted !== null && tail === undefined) return undefined
  const text =
    tail === undefined
      ? host.replace(/%.*$/, '')
      : `${dotted![1]}${((tail[0]! << 8) | tail[1]!).toString(16)}:${((tail[2]! << 8) | tail[3]!).toString(16)}`
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const front = groupsOf(halves[0]!)
  const back = halves.length === 2 ? groupsOf(halves[1]!) : []
  if (front === undefined || back === undefined) return undefined
  const missing = 8 - front.length - back.length
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined
  return [...front, ...new Array<number>(missing).fill(0), ...back].flatMap(group => [group >> 8, group & 0xff])
}

/** Throws MQ_CONFIG_INVALID when the host is a name or the port no port. */
export const encodeHost = (host: string, port: number): Buffer => {
  const plain = host.replace(mapped, '')
  const address = ipv4Bytes(plain) ?? ipv6Bytes(plain)
  if (address === undefined || !(port >= 0 && port <= 0xffff)) throw wrong(`${host}:${port}`)
  const bytes = Buffer.alloc(address.length + 4)
  bytes.set(address)
  bytes.writeInt32BE(port, address.length)
  return bytes
}

export interface Host {
  /** IPv6 addresses stand here without brackets, in the shortest form. */
  readonly host: string
  readonly port: number
}

/** Reads the 8 or 20 bytes of an address and its port. */
export const decodeHost = (bytes: Buffer): Host => {
  if (bytes.length === 8) return { host: bytes.subarray(0, 4).join('.'), port: bytes.readInt32BE(4) }
  if (bytes.length === 20) return { host: ipv6Text(bytes), port: bytes.readInt32BE(16) }
  throw new MqError('MQ_MESSAGE_INVALID', `an address has 8 or 20 bytes with its port, not ${bytes.length}`)
}

const ipv6Text = (bytes: Buffer): string => {
  const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(index * 2).toString(16))
  const full = groups.join(':')
  const runs = [...full.matchAll(/\b0(:0)+\b/g)]
  const longest = runs.reduce<RegExpExecArray | undefined>(
    (best, run) => (best === undefined || run[0].length > best[0].length ? run : best),
    undefined
  )
  if (longest === undefined) return full
  const front = full.slice(0, longest.index).replace(/:$/, '')
  const back = full.slice(longest.index + longest[0].length).replace(/^:/, '')
  return `${front}::${back}`
}
