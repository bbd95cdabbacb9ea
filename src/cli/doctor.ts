/** `mq doctor`: what may be wrong between this machine and a cluster, and what to do about each. */
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import type { Admin, ClusterRow } from '../admin/admin.ts'
import { check } from '../admin/checks.ts'
import type { Session } from '../client/session.ts'
import type { Clock } from '../kit/clock.ts'
import { errorText } from '../kit/errors.ts'
import type { DoctorFinding } from './result-rows.ts'

export interface DoctorWorld {
  readonly admin: Admin
  /** Absent where only the HTTP API is known. */
  readonly session: Session | undefined
  readonly clock: Clock
  readonly timeoutMs: number
  /** Version of Node. */
  readonly node: string
  readonly roundTrip: boolean
}

const good = (name: string, found: string): DoctorFinding => ({ name, state: 'good', found })
const doubtful = (name: string, found: string, fix: string): DoctorFinding => ({ name, state: 'doubtful', found, fix })
const bad = (name: string, found: string, fix: string): DoctorFinding => ({ name, state: 'bad', found, fix })

/** All checks, those of this machine first. Never rejects for what it finds. */
export async function* examine(world: DoctorWorld): AsyncGenerator<DoctorFinding> {
  yield nodeVersion(world.node)
  const files = fileLimit()
  if (files !== undefined) yield files
  if (world.session !== undefined) yield* nameServers(world.session, world.clock)
  let rows: readonly ClusterRow[]
  try {
    rows = (await world.admin.clusters()).items
  } catch (error) {
    yield bad(
      'brokers',
      errorText(error),
      'start one with `mq dev`, or name another cluster with -n, --api or --context'
    )
    return
  }
  yield* brokers(rows)
  for (const row of rows) yield await reachable(row, world)
  yield* disks(rows)
  yield* await autoCreate(world.admin, rows)
  if (world.roundTrip) yield await roundTrip(world)
}

const nodeVersion = (version: string): DoctorFinding => {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number)
  const isEnough = major > 20 || (major === 20 && minor >= 19)
  return isEnough ? good('node', version) : bad('node', version, 'install Node 20.19 or later')
}

const filesWanted = 4096

/** Each connection and each open table of the store takes one. Linux tells; elsewhere nothing is said. */
const fileLimit = (): DoctorFinding | undefined => {
  let limits: string
  try {
    limits = readFileSync('/proc/self/limits', 'utf8')
  } catch {
    return undefined
  }
  const limit = /^Max open files +(\S+)/m.exec(limits)?.[1] ?? ''
  if (limit === 'unlimited' || Number(limit) >= filesWanted) return good('open files', limit)
  return doubtful('open files', `at most ${limit}`, `ulimit -n ${filesWanted}, or LimitNOFILE= in the unit`)
}

async function* nameServers(session: Session, clock: Clock): AsyncGenerator<DoctorFinding> {
  for (const address of session.settings.namesrv) {
    const began = clock.monotonic()
    const name = `NameServer ${address}`
    const failure = await tcp(address, session.settings.timeoutMs, clock)
    if (failure === undefined) yield good(name, `answers in ${Math.round(clock.monotonic() - began)} ms`)
    else yield bad(name, failure, 'check that it runs (`mq namesrv status`), and the address after -n')
  }
}

function* brokers(rows: readonly ClusterRow[]): Generator<DoctorFinding> {
  const names = new Set(rows.map(row => row.brokerName))
  if (names.size === 0) yield bad('brokers', 'none is registered', 'start one: `mq broker start -n HOST:PORT`')
  else yield good('brokers', [...names].sort().join(', '))
  for (const name of names) {
    const own = rows.filter(row => row.brokerName === name)
    if (own.every(row => row.brokerId !== 0)) yield bad(`broker ${name}`, 'has no master', 'start its master again')
    for (const row of own.filter(each => each.version === 'unknown')) {
      yield bad(`broker ${name}`, `${row.address} tells nothing of itself`, 'look at its log: `mq broker logs`')
    }
  }
}

/** Clients connect to the address that the broker is registered with, from wherever they are. */
const reachable = async (
  { brokerName, address }: ClusterRow,
  { timeoutMs, clock }: DoctorWorld
): Promise<DoctorFinding> => {
  const name = `address of ${brokerName}`
  const failure = await tcp(address, timeoutMs, clock)
  if (failure === undefined) return good(name, `${address} can be reached from here`)
  const fix = `in its broker.conf: brokerIP1=ADDRESS that clients can reach, or advertise=*=ADDRESS:PORT`
  return bad(name, `${address}: ${failure}`, fix)
}

const tcp = (address: string, timeoutMs: number, clock: Clock): Promise<string | undefined> =>
  new Promise(resolve => {
    const at = address.lastIndexOf(':')
    const host = address.slice(0, at).replace(/^\[|\]$/g, '')
    const socket = connect({ host, port: Number(address.slice(at + 1)) })
    const end = (failure: string | undefined): void => {
      timer.cancel()
      socket.destroy()
      resolve(failure)
    }
    const timer = clock.after(timeoutMs, () => end(`no answer within ${timeoutMs / 1000} s`))
    socket.once('connect', () => end(undefined))
    socket.once('error', error => end(errorText(error)))
  })

const diskDoubtful = 75
const diskBad = 90

function* disks(rows: readonly ClusterRow[]): Generator<DoctorFinding> {
  for (const { brokerName, diskUsedPercent } of rows) {
    if (diskUsedPercent === undefined) continue
    const name = `disk of ${brokerName}`
    const found = `${diskUsedPercent} % in use`
    const fix = 'free space, or keep messages for a shorter time: fileReservedTime'
    if (diskUsedPercent >= diskBad) yield bad(name, `${found}; sends are about to be refused`, fix)
    else yield diskUsedPercent >= diskDoubtful ? doubtful(name, found, fix) : good(name, found)
  }
}

const autoCreate = async (admin: Admin, rows: readonly ClusterRow[]): Promise<DoctorFinding[]> => {
  const findings: DoctorFinding[] = []
  for (const { brokerName } of rows.filter(row => row.brokerId === 0 && row.version !== 'unknown')) {
    const name = `topics of ${brokerName}`
    try {
      const entries = await admin.brokerConfig(brokerName)
      const isOn = entries.find(({ key }) => key === 'autoCreateTopicEnable')?.value === 'true'
      findings.push(good(name, isOn ? 'are made at the first send' : 'must be made: `mq topic create`'))
    } catch (error) {
      findings.push(doubtful(name, errorText(error), 'allow this client to read the settings'))
    }
  }
  return findings
}

const roundTrip = async ({ admin, clock }: DoctorWorld): Promise<DoctorFinding> => {
  const limits = new Map()
  const { status, reason, findings } = await check(admin, { subject: 'round-trip', name: 'mq-check', limits }, clock)
  const slowest = Math.max(0, ...findings.filter(({ name }) => name === 'time').map(({ value }) => value ?? 0))
  if (status === 'OK') return good('round trip', `a message comes back from every broker within ${slowest} ms`)
  const found = reason ?? (status === 'WARNING' ? `slow: ${slowest} ms` : 'a message did not come back in time')
  return (status === 'WARNING' ? doubtful : bad)('round trip', found, '`mq check round-trip -f text` says which broker')
}
