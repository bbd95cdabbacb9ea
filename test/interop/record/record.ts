/**
 * Writes the golden frames of test/wire/golden: what real clients and Apache's servers said to each other while the
 * scenarios of the interop tests ran between them. Run by hand: npx tsx test/interop/record/record.ts
 *
 * Of each client the first request of each code is kept, with its answer; a second answer only if its code differs.
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { startAliOns } from '../ali-ons/start.ts'
import { startApache } from '../apache/server.ts'
import { startWorkload } from '../java/workload.ts'
import { adminCases, makeTopic } from '../mqadmin/commands.ts'
import { runCase, startMqadmin } from '../mqadmin/driver.ts'
import type { Workload } from '../workload.ts'
import { type Recording, record, type SeenFrame } from './proxy.ts'

const root = resolve(import.meta.dirname, '../../..')
const target = join(root, 'test/wire/golden')
const scenarios = [
  ...['sync', 'stored', 'oneWay', 'batch', 'push', 'waiting', 'broadcast', 'rebalance', 'orderly'],
  ...['deadLetter', 'delay', 'litePull', 'lookUp']
]
/** Larger frames tell nothing that a small one does not. */
const sizeMax = 24_000

interface Header {
  readonly code: number
  readonly opaque: number
  readonly flag: number
}

/** Of either header form, as much as pairing needs. */
const headerOf = (frame: Buffer): Header => {
  const meta = frame.readUInt32BE(4)
  const bytes = frame.subarray(8, 8 + (meta & 0xff_ffff))
  if (meta >>> 24 === 0) return JSON.parse(bytes.toString('utf8').replace(/([{,])(\d+):/g, '$1"$2":')) as Header
  return { code: bytes.readInt16BE(0), opaque: bytes.readInt32BE(5), flag: bytes.readInt32BE(9) }
}

const requestNames = async (): Promise<Map<number, string>> => {
  const names = new Map<number, string>()
  const dir = join(root, 'src/protocol/requests')
  for (const file of readdirSync(dir)) {
    const module = (await import(pathToFileURL(join(dir, file)).href)) as Record<string, unknown>
    for (const value of Object.values(module)) {
      const { code, name } = (value ?? {}) as { code?: unknown; name?: unknown }
      if (typeof code === 'number' && typeof name === 'string') names.set(code, name)
    }
  }
  return names
}

const names = await requestNames()
const written = new Set<string>()

const write = (file: string, origin: string, bytes: Buffer): void => {
  if (written.has(file) || bytes.length > sizeMax) return
  written.add(file)
  const lines = bytes.toString('hex').match(/.{1,120}/g) ?? []
  writeFileSync(join(target, `${file}.hex`), `${origin}\n${lines.join('\n')}\n`)
}

/** Writes what is new in `frames`. `client` names the client and its version. */
const keep = (client: string, scenario: string, frames: readonly SeenFrame[]): void => {
  const asked = new Map<string, { code: number; name: string; frame: SeenFrame }>()
  for (const frame of frames) {
    const { code, opaque, flag } = headerOf(frame.bytes)
    const other = frame.from === 'client' ? 'server' : 'client'
    if ((flag & 1) === 0) {
      const name = (names.get(code) ?? `CODE_${code}`).toLowerCase().replaceAll('_', '-')
      asked.set(`${frame.connection} ${frame.from} ${opaque}`, { code, name, frame })
      const sender = frame.from === 'client' ? client : 'apache-5.5.0'
      write(
        `${sender}-${name}-request`,
        `${sender}, scenario ${scenario}: ${name.toUpperCase().replaceAll('-', '_')} (${code}) to the ${frame.from === 'client' ? frame.server : 'client'}`,
        frame.bytes
      )
      continue
    }
    const request = asked.get(`${frame.connection} ${other} ${opaque}`)
    if (request === undefined) continue
    const sender = frame.from === 'client' ? client : 'apache-5.5.0'
    write(
      `${sender}-${request.name}-response-${code}`,
      `${sender}, scenario ${scenario} of ${client}: the answer of code ${code} to ${request.name.toUpperCase().replaceAll('-', '_')} (${request.code})`,
      frame.bytes
    )
  }
}

const during = async (
  recording: Recording,
  client: string,
  scenario: string,
  act: () => Promise<unknown>
): Promise<void> => {
  recording.frames.length = 0
  await act()
  keep(client, scenario, recording.frames)
}

const runAll = async (
  recording: Recording,
  client: string,
  list: readonly string[],
  workload: Workload
): Promise<void> => {
  for (const scenario of list) await during(recording, client, scenario, () => workload.run(scenario))
  await during(recording, client, 'shutdown', () => workload.stop())
}

const dir = mkdtempSync(join(tmpdir(), 'mq-record-'))
rmSync(target, { recursive: true, force: true })
mkdirSync(target, { recursive: true })
const recording = await record(await startApache(join(dir, 'server')))
try {
  const admin = await startMqadmin(join(dir, 'admin'))
  const nothingYet = {
    ...{ namesrv: recording.namesrv, broker: recording.broker },
    ...{ ids: [], offsetIds: [], dir: join(dir, 'admin') }
  }
  await during(recording, 'mqadmin-5.5.0', makeTopic.name, () => runCase(admin, nothingYet, makeTopic))
  const java = await startWorkload('5.5.0', recording.namesrv, 'A_', join(dir, 'java'))
  const facts = await java.run('holdSeed')
  const seed = { ...nothingYet, ids: facts['ids']![0] as string[], offsetIds: facts['offset ids']![0] as string[] }
  for (const one of adminCases) {
    await during(recording, 'mqadmin-5.5.0', one.name, () => runCase(admin, seed, one))
  }
  await admin.stop()
  await runAll(recording, 'java-5.5.0', scenarios, java)
  const old = await startWorkload('4.9.8', recording.namesrv, 'B_', join(dir, 'java-old'))
  await runAll(recording, 'java-4.9.8', scenarios, old)
  const binary = ['-Drocketmq.serialize.type=ROCKETMQ']
  const compact = await startWorkload('5.5.0', recording.namesrv, 'C_', join(dir, 'java-binary'), binary)
  await runAll(recording, 'java-5.5.0-binary', ['sync', 'batch', 'push', 'deadLetter', 'litePull'], compact)
  const ali = await startAliOns(recording.namesrv, recording.broker, join(dir, 'ali-ons'))
  await runAll(recording, 'ali-ons-3.12.0', ['produceAndConsume'], ali)
} finally {
  await recording.stop()
  rmSync(dir, { recursive: true, force: true })
}
console.log(`${written.size} frames in ${target}`)
