/** Requests that the tests of sends and pulls share. */
import type { Command } from '../../src/protocol/command.ts'
import { decodeMessages, type StoredMessage } from '../../src/protocol/message.ts'
import { parseProperties } from '../../src/protocol/message-properties.ts'
import { pullMessage } from '../../src/protocol/requests/pull-message.ts'
import type { HeaderOf } from '../../src/protocol/requests/request.ts'
import type { sendMessage } from '../../src/protocol/requests/send-message.ts'
import { pullFlags } from '../../src/protocol/system-flags.ts'
import type { TestClient } from '../support/broker.ts'

export const uniqueKey = 'AC110001000018B4AAC27D2C5F480001'

export const sendHeader = (
  topic: string,
  more: Partial<HeaderOf<typeof sendMessage>> = {}
): HeaderOf<typeof sendMessage> => ({
  producerGroup: 'PG',
  topic,
  defaultTopic: 'TBW102',
  defaultTopicQueueNums: 4,
  queueId: 0,
  sysFlag: 0,
  bornTimestamp: 1_700_000_000_000,
  flag: 0,
  properties: `UNIQ_KEY\u0001${uniqueKey}\u0002`,
  ...more
})

export const pullHeader = (
  topic: string,
  more: Partial<HeaderOf<typeof pullMessage>> = {}
): HeaderOf<typeof pullMessage> => ({
  consumerGroup: 'CG',
  topic,
  queueId: 0,
  queueOffset: 0,
  maxMsgNums: 32,
  sysFlag: pullFlags.SUBSCRIPTION,
  commitOffset: 0,
  suspendTimeoutMillis: 0,
  subscription: '*',
  subVersion: 0,
  ...more
})

/** All messages of a queue from an offset, as far as one pull goes. */
export const stored = async (
  client: TestClient,
  topic: string,
  queueId = 0,
  queueOffset = 0
): Promise<StoredMessage[]> => {
  const answer = await client.ask(pullMessage, pullHeader(topic, { queueId, queueOffset }))
  if (answer.code !== 0) throw new Error(`code ${answer.code}: ${answer.remark}`)
  return decodeMessages(answer.body)
}

export const propertiesOf = (message: StoredMessage): Record<string, string> =>
  Object.fromEntries(parseProperties(message.properties))

/** Code and remark of an answer, for one assertion. */
export const outcome = ({ code, remark }: Command): { code: number; remark: string | undefined } => ({ code, remark })
