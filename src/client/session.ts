/** What one process holds towards a cluster: its connections, the routes it learned, its client id. Java: MQClientInstance. */
import { networkInterfaces } from 'node:os'
import { MqError } from '../kit/errors.ts'
import { type Command, emptyBody } from '../protocol/command.ts'
import type { HeaderOf, ReplyHeaderOf, Request } from '../protocol/requests/request.ts'
import { readHeader } from '../protocol/schema.ts'
import { parseAddress } from '../remoting/address.ts'
import { type RemotingClient, remotingClient } from '../remoting/client.ts'
import { callbackRouter, type GroupCallbacks } from './callbacks.ts'
import { refusal } from './refusal.ts'
import { Routes } from './routes.ts'
import type { SessionSettings } from './session-settings.ts'

/** Who is asked, and for what: the words of an error. */
export interface Asking {
  readonly who: string
  readonly what: string
  /** Response codes that are answers as good as SUCCESS. */
  readonly accept?: readonly number[]
  /** Milliseconds; the session's own when absent. */
  readonly timeoutMs?: number
}

export interface Answered<Q extends Request> {
  readonly command: Command
  /** Filled when the code is SUCCESS or accepted; fields that such an answer lacks are absent. */
  readonly header: Partial<ReplyHeaderOf<Q>>
}

/** Sessions of this process so far: two of the same millisecond must not be taken for one client. */
let sessions = 0

export class Session {
  readonly settings: SessionSettings
  readonly remoting: RemotingClient
  readonly routes: Routes
  /** `address@instance`, as in Java; the instance is the pid and the start, so that it is unique on a host. */
  readonly clientId: string
  readonly #members = new Map<string, GroupCallbacks>()
  readonly #endings: (() => void)[] = []

  constructor(settings: SessionSettings) {
    this.settings = settings
    const { clock, log } = settings
    const remoting = remotingClient({ clock, log, router: callbackRouter(group => this.#members.get(group)) })
    this.remoting = settings.addressMap === undefined ? remoting : mapped(remoting, settings.addressMap)
    this.routes = new Routes(this.remoting, settings)
    this.clientId = `${hostAddress()}@${process.pid}#${clock.now()}${++sessions > 1 ? `-${sessions}` : ''}`
  }

  /** Sends a request and reads the answer's header. Rejects with MQ_* as the answer's code says. */
  async ask<Q extends Request>(
    address: string,
    request: Q,
    header: HeaderOf<Q>,
    asking: Asking,
    body: Buffer = emptyBody
  ): Promise<Answered<Q>> {
    const timeoutMs = asking.timeoutMs ?? this.settings.timeoutMs
    const command = await this.remoting.invoke(address, request, header, body, timeoutMs)
    if (command.code !== 0 && asking.accept?.includes(command.code) !== true) {
      throw refusal(command, asking.who, asking.what)
    }
    return { command, header: readPresent(request, command) }
  }

  /** From now on `callbacks` answers what brokers ask the group's member of this session. Returns a function that ends it. */
  answer(group: string, callbacks: GroupCallbacks): () => void {
    if (this.#members.has(group)) throw new MqError('MQ_USAGE', `this client is a member of ${group} already`)
    this.#members.set(group, callbacks)
    return () => this.#members.delete(group)
  }

  /** Runs `ending` when the session closes. */
  onClose(ending: () => void): void {
    this.#endings.push(ending)
  }

  close(): Promise<void> {
    for (const ending of this.#endings.splice(0)) ending()
    return this.remoting.close()
  }
}

/** The same connections, to where the addresses are reached. */
const mapped = (remoting: RemotingClient, map: ReadonlyMap<string, string>): RemotingClient => {
  const real = (address: string): string => map.get(address) ?? address
  return {
    invoke: (address, ...rest) => remoting.invoke(real(address), ...rest),
    oneWay: (address, ...rest) => remoting.oneWay(real(address), ...rest),
    peer: address => remoting.peer(real(address)),
    close: () => remoting.close()
  }
}

/** An accepted answer that is no success may lack fields that a success must have. */
const readPresent = <Q extends Request>(request: Q, command: Command): Partial<ReplyHeaderOf<Q>> => {
  const present = Object.fromEntries(Object.entries(request.reply).filter(([name]) => command.fields.has(name)))
  return readHeader(present, command.fields) as Partial<ReplyHeaderOf<Q>>
}

/** The first address of this host that others may know, for ids; it need not be reachable. */
export const hostAddress = (): string => {
  for (const addresses of Object.values(networkInterfaces())) {
    const found = addresses?.find(address => address.family === 'IPv4' && !address.internal)
    if (found !== undefined) return found.address
  }
  return '127.0.0.1'
}

/** Splits `host:port;host:port`. Throws MQ_USAGE, naming the part that is no address. */
export const parseNamesrv = (text: string): string[] => {
  const addresses = text
    .split(/[;,\s]+/)
    .map(part => part.replace(/^https?:\/\//, ''))
    .filter(part => part !== '')
  if (addresses.length === 0) throw new MqError('MQ_USAGE', 'no NameServer is given; use -n HOST:PORT or NAMESRV_ADDR')
  for (const address of addresses) parseAddress(address)
  return addresses
}
