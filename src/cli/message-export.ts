/** Messages into JSON lines, and out of them into topics again. */
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Admin } from '../admin/admin.ts'
import type { ImportedMessages } from '../admin/client-rows.ts'
import { ofTheJourney } from '../admin/journey-properties.ts'
import type { NewMessage } from '../admin/message-acts.ts'
import { type Clock, systemClock } from '../kit/clock.ts'
import { errorText, MqError } from '../kit/errors.ts'
import { pace } from './pace.ts'

export interface ImportWish {
  /** `-` = standard input. */
  readonly path: string
  /** The topic that gets them all; the one that each line names when absent. */
  readonly topic: string | undefined
  /** Into the queue of the same number. */
  readonly sameQueues: boolean
  readonly rate: number | undefined
  readonly dryRun: boolean
}

/** Failures that are told in full; more are counted. */
const warningsMax = 20

/** One after the other, so that the order stays. Rejects for a line that is no message, naming it: nothing after it is sent. */
export const importMessages = async (
  admin: Admin,
  wish: ImportWish,
  clock: Clock = systemClock
): Promise<ImportedMessages> => {
  const steady = wish.rate === undefined ? undefined : pace(wish.rate, clock)
  const topics = new Set<string>()
  const warnings: string[] = []
  let [read, sent, failed] = [0, 0, 0]
  for await (const { text, line } of lines(wish.path)) {
    const message = messageOf(text, line, wish)
    read++
    topics.add(message.topic)
    if (wish.dryRun) continue
    await steady?.wait(sent)
    try {
      await admin.sendMessage(message)
      sent++
    } catch (error) {
      if (!(error instanceof MqError)) throw error
      if (sent === 0) throw error
      failed++
      if (failed <= warningsMax) warnings.push(`line ${line} was not sent: ${errorText(error)}`)
    }
  }
  if (failed > warningsMax) warnings.push(`${failed - warningsMax} more lines were not sent`)
  return { read, sent, failed, dryRun: wish.dryRun, topics: [...topics].sort(), warnings }
}

async function* lines(path: string): AsyncGenerator<{ readonly text: string; readonly line: number }> {
  const input = path === '-' ? process.stdin : createReadStream(path)
  let failure: unknown
  input.once('error', (error: Error) => {
    failure = error
  })
  let line = 0
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    line++
    if (text.trim() !== '') yield { text, line }
  }
  if (failure !== undefined) throw new MqError('MQ_USAGE', `the file ${path} cannot be read: ${errorText(failure)}`)
}

const messageOf = (text: string, line: number, wish: ImportWish): NewMessage => {
  const wrong = (why: string): MqError =>
    new MqError('MQ_USAGE', `line ${line} ${why}`, {
      suggestions: ['give lines as `mq message export` and `mq consume --json` write them']
    })
  let value: Readonly<Record<string, unknown>> | null
  try {
    value = JSON.parse(text) as Readonly<Record<string, unknown>> | null
  } catch (error) {
    throw wrong(`is no JSON: ${errorText(error)}`)
  }
  const { topic: named, body, bodyEncoding = 'utf8', keys, tags, properties = {}, queueId } = value ?? {}
  const topic = wish.topic ?? named
  if (typeof topic !== 'string') throw wrong('names no topic; give --topic')
  if (typeof body !== 'string' || body === '') throw wrong('has no body')
  if (bodyEncoding !== 'utf8' && bodyEncoding !== 'base64') throw wrong('has a bodyEncoding other than utf8 and base64')
  if (keys !== undefined && typeof keys !== 'string') throw wrong('has keys that are no text')
  if (tags !== undefined && typeof tags !== 'string') throw wrong('has tags that are no text')
  if (typeof properties !== 'object' || properties === null || Array.isArray(properties)) {
    throw wrong('has properties that are no object')
  }
  const own = Object.entries(properties).filter(([name]) => !ofTheJourney.has(name))
  const odd = own.find(([, entry]) => typeof entry !== 'string')
  if (odd !== undefined) throw wrong(`has the property ${odd[0]} that is no text`)
  return {
    topic,
    body,
    bodyEncoding,
    ...(keys ? { keys } : {}),
    ...(tags ? { tags } : {}),
    properties: Object.fromEntries(own) as Record<string, string>,
    ...(wish.sameQueues && typeof queueId === 'number' ? { queueId } : {})
  }
}
