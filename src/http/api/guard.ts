/**
 * Who may ask: before anything else of a request is looked at. A page in a browser must not reach the API through the
 * user's own machine (Host and Origin), and a caller without a token that counts gets no further.
 */
import { isIP } from 'node:net'
import { type ErrorCode, errorText, MqError } from '../../kit/errors.ts'
import { includedScopes, type Scope } from './scopes.ts'
import type { Bearer, Tokens } from './tokens.ts'

export interface GuardSettings {
  /** Where the server listens. */
  readonly host: string
  /** Further names under which callers know it. */
  readonly hostNames: readonly string[]
  readonly tokens: Tokens
  /** Milliseconds, for ends of tokens and for the count of failures. */
  readonly now: () => number
}

export interface Caller {
  /** Undefined on the unix socket. */
  readonly ip: string | undefined
  readonly host: string | undefined
  /** How many Host headers there were. */
  readonly hosts: number
  readonly origin: string | undefined
  readonly fetchSite: string | undefined
  readonly authorization: string | undefined
}

/** A request that is turned away: the status, and the sentence. */
export class Refused extends MqError {
  readonly status: number

  constructor(status: number, message: string, code: ErrorCode = 'MQ_NOT_PERMITTED') {
    super(code, message)
    this.status = status
  }
}

const everything: ReadonlySet<Scope> = includedScopes(['admin'])
const failuresMax = 10
const failuresMs = 60_000
/** Addresses whose failures are counted; the oldest is forgotten first. */
const addressesMax = 1000

export class Guard {
  readonly #settings: GuardSettings
  readonly #failures = new Map<string, { count: number; readonly since: number }>()

  constructor(settings: GuardSettings) {
    this.#settings = settings
  }

  /** Throws Refused. Whoever opened the unix socket could read the data directory too, and may do everything. */
  admit(caller: Caller, scope: Scope): Bearer {
    if (caller.ip === undefined) return { id: 'socket', scopes: everything }
    this.#checkBrowser(caller)
    const bearer = this.#bearer(caller, caller.ip)
    if (!bearer.scopes.has(scope)) {
      throw new Refused(403, `the token ${bearer.id} does not have the scope ${scope}, so nothing was done`)
    }
    return bearer
  }

  /** Only looks at what a browser may have been tricked into. Throws Refused. */
  admitAnyone(caller: Caller): void {
    if (caller.ip !== undefined) this.#checkBrowser(caller)
  }

  #checkBrowser({ host, hosts, origin, fetchSite }: Caller): void {
    if (hosts !== 1 || host === undefined || !this.#isOwn(nameOf(host))) {
      throw new Refused(421, 'the Host header names another server; this one answers to its address and to localhost')
    }
    if (origin !== undefined && !this.#isOwnOrigin(origin, host)) {
      throw new Refused(403, 'requests of web pages of other origins are not answered')
    }
    if (fetchSite !== undefined && fetchSite !== 'same-origin' && fetchSite !== 'none') {
      throw new Refused(403, 'requests of web pages of other sites are not answered')
    }
  }

  /** A numeric address cannot be rebound, a name can; so on all addresses any number will do, but names must be known. */
  #isOwn(name: string): boolean {
    const { host, hostNames } = this.#settings
    if (name === 'localhost' || name === '127.0.0.1' || name === '::1') return true
    if (name === host.toLowerCase() || hostNames.some(entry => entry.toLowerCase() === name)) return true
    return (host === '0.0.0.0' || host === '::') && isIP(name) !== 0
  }

  #isOwnOrigin(origin: string, host: string): boolean {
    return origin === `http://${host}` || origin === `https://${host}`
  }

  #bearer({ authorization }: Caller, ip: string): Bearer {
    const { tokens, host, now } = this.#settings
    if (authorization === undefined && isLoopback(host) && !tokens.exist) return { id: 'local', scopes: everything }
    this.#checkFailures(ip)
    const token = /^Bearer ([^\s]{1,256})$/i.exec(authorization ?? '')?.[1]
    const bearer = token === undefined ? undefined : this.#find(token, now())
    if (bearer !== undefined) return bearer
    this.#count(ip)
    throw new Refused(401, authorization === undefined ? 'a bearer token is needed' : 'the token is not valid')
  }

  #find(token: string, nowMs: number): Bearer | undefined {
    try {
      return this.#settings.tokens.find(token, nowMs)
    } catch (error) {
      throw new Refused(503, errorText(error), 'MQ_CONFIG_INVALID')
    }
  }

  #checkFailures(ip: string): void {
    const entry = this.#failures.get(ip)
    if (entry === undefined) return
    if (this.#settings.now() - entry.since > failuresMs) this.#failures.delete(ip)
    else if (entry.count >= failuresMax)
      throw new Refused(429, 'too many wrong tokens; try again in a minute', 'MQ_TOO_BUSY')
  }

  #count(ip: string): void {
    const entry = this.#failures.get(ip)
    if (entry !== undefined) entry.count++
    else {
      const oldest = this.#failures.size >= addressesMax ? this.#failures.keys().next().value : undefined
      if (oldest !== undefined) this.#failures.delete(oldest)
      this.#failures.set(ip, { count: 1, since: this.#settings.now() })
    }
  }
}

/** `[::1]:10910` → `::1`. */
const nameOf = (host: string): string =>
  host
    .toLowerCase()
    .replace(/:\d{1,5}$/, '')
    .replace(/^\[(.*)\]$/, '$1')

const isLoopback = (host: string): boolean =>
  host === '::1' || host.toLowerCase() === 'localhost' || /^127(\.\d{1,3}){3}$/.test(host)
