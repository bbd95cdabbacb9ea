/** What the tests of commands on groups and messages share: topics, groups behind on them, dead letters. */
import { expect } from 'chai'
import type { MessageRow } from '../../src/admin/admin.ts'
import type { ListResult } from '../../src/cli/command.ts'
import { PushConsumer } from '../../src/client/push-consumer.ts'
import type { ReceivedMessage } from '../../src/client/received-message.ts'
import { eventually } from './eventually.ts'
import type { Finished } from './mq.ts'
import { json, ops, run } from './ops-cluster.ts'

let count = 0
/** Unlike any other name of this run. */
export const fresh = (kind: string): string => `${kind}-${++count}-g`

/** Runs a command that must go well, and gives what it printed. */
export const said = async (...args: string[]): Promise<string> => {
  const { code, stdout, stderr } = await run(...args)
  expect(code, `mq ${args.join(' ')}: ${stderr}${stdout}`).to.equal(0)
  return stdout
}

/** Runs a command that must fail so, and gives its one sentence. */
export const fails = async (exitCode: number, ...args: string[]): Promise<string> => {
  const { code, stdout, stderr }: Finished = await run(...args)
  expect(code, `mq ${args.join(' ')}: ${stderr}${stdout}`).to.equal(exitCode)
  return stderr + stdout
}

/** A topic of one queue with messages `m0`, `m1` and so on, each with a key of its own. */
export const topicOf = async (messages: number, name = fresh('topic')): Promise<string> => {
  await said('topic', 'create', name, '--queues', '1', '--if-not-exists')
  for (let at = 0; at < messages; at++) await said('produce', name, `m${at}`, '-k', `k${at}`, '-t', 'T', '-H', 'n=1')
  return name
}

/** A group that has consumed so many messages of the topic. */
export const groupAt = async (topic: string, offset: number, group = fresh('group')): Promise<string> => {
  await said('group', 'create', group, '--if-not-exists')
  await said('group', 'reset-offset', group, '--topic', topic, '--to', String(offset), '--execute')
  return group
}

export const committed = async (group: string, topic: string): Promise<number | undefined> =>
  (await json<{ offsets: { offset: number }[] }>('group', 'offsets', 'export', group, '--topic', topic)).offsets[0]
    ?.offset

/** A consumer that is online while the test runs. */
export const whileOnline = async <T>(
  group: string,
  topic: string,
  act: (clientId: string) => Promise<T>,
  handler: (message: ReceivedMessage) => Promise<void> = async () => {}
): Promise<T> => {
  const namesrvAddr = ops().namesrv
  const options = { namesrvAddr, group, topics: { [topic]: '*' }, from: 'first' as const, commitPeriodMs: 50 }
  const consumer = await PushConsumer.open({ ...options, handler })
  try {
    const members = async () =>
      (await json<{ members: { clientId: string }[] }>('group', 'members', group)).members.map(row => row.clientId)
    await eventually(async () => (await members()).length === 1, 'the consumer is known')
    return await act((await members())[0]!)
  } finally {
    await consumer.close()
  }
}

/** Dead letters of a group of its own, as brokers leave them: with the topic where each came from. */
export const deadLetters = async (bodies: readonly string[]): Promise<{ group: string; origin: string }> => {
  const group = fresh('failing')
  const origin = await topicOf(0)
  await said('topic', 'create', `%DLQ%${group}`, '--queues', '1')
  const lines = bodies.map(body => JSON.stringify({ body, keys: body, properties: { mark: body } })).join('\n')
  const { code, stderr } = await ops().run(['message', 'import', '-', '--topic', `%DLQ%${group}`], { input: lines })
  expect(code, stderr).to.equal(0)
  return { group, origin }
}

export const rows = (...args: string[]): Promise<ListResult<MessageRow>> => json<ListResult<MessageRow>>(...args)
