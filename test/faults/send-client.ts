/**
 * A producer in a process of its own: sends without end, reconnects without end, and writes the outcome of each send to a
 * file that no fault reaches. Lines: `a <number> <queue offset> <physical offset> <ns>` acknowledged, `u <number> <ns>`
 * unknown, `r <number> <code> <ns> <remark>` answered with an error. Ends on SIGTERM, after the last answer.
 */
import { openSync, writeSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { RawClient } from '../support/raw-client.ts'
import { contentOf, idOf, queueIdOf, topic } from './traffic.ts'

export interface SendClientSettings {
  readonly port: number
  readonly run: string
  readonly connections: number
  /** Per connection. */
  readonly inFlight: number
  readonly log: string
}

const settings = JSON.parse(process.env['CLIENT'] ?? '{}') as SendClientSettings
const log = openSync(settings.log, 'a')
let number = 0
let stopping = false
let busy = 0

process.on('SIGTERM', () => {
  stopping = true
})

const record = (line: string): void => {
  writeSync(log, `${line}\n`)
}

const now = (): bigint => process.hrtime.bigint()

const sendOne = async (client: RawClient): Promise<boolean> => {
  const mine = number++
  const id = idOf(settings.run, mine)
  const { body, properties, flag } = contentOf(id)
  const header = {
    a: 'fault-producer',
    b: topic,
    c: 'TBW102',
    d: 4,
    e: queueIdOf(id),
    f: 0,
    g: 1_700_000_000_000,
    h: flag,
    i: properties,
    j: 0,
    k: false,
    m: false
  }
  try {
    const { code, fields, remark } = await client.ask(310, header, body, 8_000)
    if (code !== 0) {
      record(`r ${mine} ${code} ${now()} ${remark}`)
      return false
    }
    const physical = Number.parseInt(fields.get('msgId')?.slice(-16) ?? '', 16)
    record(`a ${mine} ${fields.get('queueOffset')} ${physical} ${now()}`)
    return true
  } catch {
    record(`u ${mine} ${now()}`)
    return false
  }
}

const lane = async (client: RawClient): Promise<void> => {
  while (!stopping && !client.isClosed) if (!(await sendOne(client))) await pause(20)
}

const connection = async (): Promise<void> => {
  busy++
  while (!stopping) {
    try {
      const client = await RawClient.connect(settings.port)
      await Promise.all(Array.from({ length: settings.inFlight }, () => lane(client)))
      client.destroy()
    } catch {
      await pause(20)
    }
  }
  if (--busy === 0) process.exit(0)
}

for (let n = 0; n < settings.connections; n++) void connection()
