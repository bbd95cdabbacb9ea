/** Where a broker listens, and what address it tells others. */
import { networkInterfaces } from 'node:os'
import { MqError } from '../../kit/errors.ts'
import type { Logger } from '../../kit/log.ts'

/** Whether only this machine can reach a listener on the address. */
export const isLoopback = (host: string): boolean =>
  /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host) || host === '::1' || host.toLowerCase() === 'localhost'

const isAny = (host: string): boolean => host === '0.0.0.0' || host === '::'

/** Refuses a listener that others can reach unless that was asked for in so many words; then says so at each start. */
export const checkBind = (
  { bindAddress, insecure }: { readonly bindAddress: string; readonly insecure: boolean },
  log: Logger
): void => {
  if (isLoopback(bindAddress)) return
  if (!insecure) {
    const why = 'since anyone who reaches the port could read, write and delete everything'
    throw new MqError('MQ_CONFIG_INVALID', `bindAddress ${bindAddress} is not a loopback address, ${why}`, {
      suggestions: ['bind 127.0.0.1, or accept the risk with --insecure (insecure=true)']
    })
  }
  log.warn({ bindAddress }, 'listening without access control: anyone who reaches the port can do anything')
}

/** The address for clients: what brokerIP1 says, or the bound one, or the machine's first that is not loopback. */
export const advertisedHost = (brokerIP1: string, bindAddress: string): string => {
  if (brokerIP1 !== '') return brokerIP1
  if (bindAddress.toLowerCase() === 'localhost') return '127.0.0.1'
  if (!isAny(bindAddress)) return bindAddress
  const addresses = Object.values(networkInterfaces()).flatMap(entries => entries ?? [])
  const outside = addresses.filter(entry => !entry.internal && !entry.address.startsWith('fe80:'))
  return (outside.find(entry => entry.family === 'IPv4') ?? outside[0])?.address ?? '127.0.0.1'
}
