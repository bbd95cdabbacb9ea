/** A run of `bench` as a command shows it: progress on a terminal, JSON lines for scripts, the summary at the end. */

import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'
import type { Admin } from '../../admin/admin.ts'
import { Session } from '../../client/session.ts'
import { errorText, isMqError, MqError } from '../../kit/errors.ts'
import type { Interrupts } from '../interrupts.ts'
import { writeJsonLine, writeOut } from '../lines.ts'
import type { BenchResult, BenchSecond } from '../result-rows.ts'
import type { BenchWish } from './flags.ts'
import { csvHead, csvLine, histogramLines, resultLines, secondLine } from './report.ts'
import { bench } from './run.ts'

export interface ShowFlags {
  readonly clients: number
  readonly json: boolean
  readonly csv?: string | undefined
  readonly histogram: boolean
}

/** Makes the topics that are not there. Resolves to those that it made. */
export const benchTopics = async (admin: Admin, topics: readonly string[], queues: number): Promise<string[]> => {
  const made: string[] = []
  for (const topic of topics) {
    try {
      await admin.topicRoute(topic)
    } catch (error) {
      if (!isMqError(error) || error.code !== 'MQ_TOPIC_NOT_FOUND') throw error
      const spec = { topic, readQueueNums: queues, writeQueueNums: queues, perm: 6, order: false, attributes: {} }
      await admin.createTopic(spec, { existing: 'keep', wait: true })
      made.push(topic)
    }
  }
  return made
}

/** Runs and shows it. The first client uses the session that is given; the others get sessions of the same settings. */
export const showBench = async (
  session: Session,
  wish: BenchWish,
  flags: ShowFlags,
  interrupts: Interrupts
): Promise<BenchResult> => {
  const others = Array.from({ length: flags.clients - 1 }, () => new Session(session.settings))
  const csv = flags.csv === undefined ? undefined : await openCsv(flags.csv)
  const tell = (second: BenchSecond): void => {
    csv?.write(csvLine(second))
    if (flags.json) void writeJsonLine(second)
    else if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${secondLine(second)}`)
  }
  try {
    const { result, latencies } = await bench([session, ...others], { ...wish, tell, signal: interrupts.signal })
    if (!flags.json && process.stderr.isTTY) process.stderr.write('\r\u001b[K')
    if (flags.json) await writeJsonLine(result)
    else for (const line of resultLines(result)) await writeOut(`${line}\n`)
    if (flags.histogram && !flags.json && result.latency.count > 0) {
      for (const line of ['', ...histogramLines(latencies)]) await writeOut(`${line}\n`)
    }
    return result
  } finally {
    await Promise.all(others.map(other => other.close()))
    if (csv !== undefined) await new Promise<void>(resolve => csv.end(resolve))
  }
}

const openCsv = async (path: string): Promise<WriteStream> => {
  const stream = createWriteStream(path)
  try {
    await once(stream, 'open')
  } catch (error) {
    throw new MqError('MQ_USAGE', `--csv cannot write ${path}: ${errorText(error)}`, { cause: error })
  }
  stream.write(csvHead)
  return stream
}
