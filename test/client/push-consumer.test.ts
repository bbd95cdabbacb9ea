import { expect } from 'chai'
import { Admin, type Dev, LitePullConsumer, type OpenAdmin, Producer, PushConsumer, startDev } from '../../src/index.ts'
import { systemClock } from '../../src/kit/clock.ts'
import { consumeDirectlyResultShape } from '../../src/protocol/bodies/consume-directly-result.ts'
import { consumerRunningInfoShape } from '../../src/protocol/bodies/consumer-running-info.ts'
import { consumerStatusShape } from '../../src/protocol/bodies/reset-offset.ts'
import { readBody } from '../../src/protocol/bodies/shape.ts'
import type { Command } from '../../src/protocol/command.ts'
import { emptyBody } from '../../src/protocol/command.ts'
import { consumeMessageDirectly } from '../../src/protocol/requests/consume-message-directly.ts'
import { getConsumerRunningInfo } from '../../src/protocol/requests/get-consumer-running-info.ts'
import { invokeBrokerToGetConsumerStatus } from '../../src/protocol/requests/invoke-broker-to-get-consumer-status.ts'
import { invokeBrokerToResetOffset } from '../../src/protocol/requests/invoke-broker-to-reset-offset.ts'
import type { HeaderOf, Request } from '../../src/protocol/requests/request.ts'
import { type RemotingClient, remotingClient } from '../../src/remoting/client.ts'
import { eventually } from '../support/eventually.ts'
import { silentLog } from '../support/silent-log.ts'

describe('push consumer', function () {
  this.timeout(60_000)
  let dev: Dev
  let admin: OpenAdmin
  let producer: Producer
  let operator: RemotingClient
  const closing: (() => Promise<void>)[] = []

  before(async () => {
    // Off, the broker tells the members of a group to reset, as old brokers do.
    dev = await startDev({ broker: { messageDelayLevel: '1s 1s 1s 1s', useServerSideResetOffset: false } })
    admin = await Admin.open({ namesrvAddr: dev.namesrvAddr })
    producer = await Producer.open({ namesrvAddr: dev.namesrvAddr })
    operator = remotingClient({ clock: systemClock, log: silentLog() })
  })
  afterEach(() => Promise.all(closing.splice(0).map(end => end())))
  after(async () => {
    await Promise.all([admin.close(), producer.close(), operator.close()])
    await dev.stop()
  })

  const newTopic = async (topic: string, queues = 1): Promise<string> => {
    const spec = { topic, readQueueNums: queues, writeQueueNums: queues, perm: 6, order: false, attributes: {} }
    await admin.createTopic(spec, { existing: 'keep', wait: true })
    return topic
  }
  const open = async (options: Omit<Parameters<typeof PushConsumer.open>[0], 'namesrvAddr'>): Promise<PushConsumer> => {
    const consumer = await PushConsumer.open({ namesrvAddr: dev.namesrvAddr, from: 'first', ...options })
    closing.push(() => consumer.close())
    return consumer
  }
  const send = (topic: string, text: string) => producer.send({ topic, body: Buffer.from(text) })
  const ask = async <Q extends Request>(request: Q, header: HeaderOf<Q>): Promise<Command> => {
    const answer = await operator.invoke(dev.brokerAddr, request, header, emptyBody, 15_000)
    expect(answer.code, answer.remark).to.equal(0)
    return answer
  }

  it('answers what brokers ask: 307, 221, 309, 220', async () => {
    const topic = await newTopic('asked')
    const got: string[] = []
    const consumer = await open({
      group: 'asked',
      topics: { [topic]: '*' },
      handler: message => {
        got.push(message.body.toString())
        return message.body.toString() === 'later' && got.length > 3 ? { retry: 0 } : undefined
      }
    })
    for (const text of ['a', 'b']) await send(topic, text)
    const later = await send(topic, 'later')
    await eventually(() => got.length === 3, 'the messages')
    const who = { consumerGroup: 'asked', clientId: consumer.clientId }
    const info = readBody(consumerRunningInfoShape, (await ask(getConsumerRunningInfo, who)).body)
    expect(info.properties.get('PROP_CONSUME_TYPE')).to.equal('CONSUME_PASSIVELY')
    expect([...info.mqTable.keys()].map(queue => queue.topic).sort()).to.deep.equal(['%RETRY%asked', topic])
    const status = await ask(invokeBrokerToGetConsumerStatus, { topic, group: 'asked' })
    const offsets = readBody(consumerStatusShape, status.body).consumerTable.get(consumer.clientId)
    expect([...(offsets ?? new Map()).values()]).to.deep.equal([3])
    const direct = await ask(consumeMessageDirectly, { ...who, msgId: later.offsetMessageId, topic })
    const result = readBody(consumeDirectlyResultShape, direct.body)
    expect(result).to.include({ consumeResult: 'CR_LATER', order: false })
    await consumer.close()
    got.length = 0
    await open({ group: 'asked', topics: { [topic]: '*' }, handler: message => got.push(message.body.toString()) })
    await send(topic, 'c')
    await eventually(() => got.length === 1, 'only what is new')
    await ask(invokeBrokerToResetOffset, { topic, group: 'asked', timestamp: 0, isForce: true })
    await eventually(() => got.length >= 5, 'all from the start')
    expect(got.slice(1, 5)).to.deep.equal(['a', 'b', 'later', 'c'])
  })

  it('works on so many at once and no more, and pulls ahead no further than told', async () => {
    const topic = await newTopic('bounded')
    for (let at = 0; at < 20; at++) await send(topic, String(at))
    let [now, most] = [0, 0]
    const waiting: (() => void)[] = []
    const consumer = await open({
      group: 'bounded',
      topics: { [topic]: '*' },
      concurrency: 3,
      flow: { messagesMax: 5, pullMax: 2 },
      handler: async () => {
        most = Math.max(most, ++now)
        await new Promise<void>(resolve => waiting.push(resolve))
        now--
      }
    })
    await eventually(() => now === 3, 'three at once')
    const who = { consumerGroup: 'bounded', clientId: consumer.clientId }
    const cached = async (): Promise<number> => {
      const info = readBody(consumerRunningInfoShape, (await ask(getConsumerRunningInfo, who)).body)
      return Math.max(...[...info.mqTable.values()].map(queue => queue.cachedMsgCount))
    }
    await eventually(async () => (await cached()) >= 5, 'the bound')
    expect(await cached()).to.be.at.most(6)
    let done = 0
    await eventually(() => {
      done += waiting.splice(0).map(resolve => resolve()).length
      return done === 20
    }, 'all')
    expect(most).to.equal(3)
  })

  it('a handler that takes too long is told, and its message comes again', async () => {
    const topic = await newTopic('slow')
    const attempts: number[] = []
    let told: unknown
    await open({
      group: 'slow',
      topics: { [topic]: '*' },
      consumeTimeoutMs: 100,
      handler: (_message, { attempt, signal }) => {
        attempts.push(attempt)
        if (attempt > 1) return undefined
        signal.addEventListener('abort', () => {
          told = signal.reason
        })
        return new Promise(() => {})
      }
    })
    await send(topic, 'x')
    await eventually(() => attempts.length === 2, 'the second time', 20_000)
    expect(attempts).to.deep.equal([1, 2])
    expect(told).to.include({ code: 'MQ_TIMEOUT' })
  })

  it('close waits for handlers, and what they did is committed', async () => {
    const topic = await newTopic('drained')
    let release: () => void = () => {}
    let [began, ended] = [0, 0]
    const consumer = await open({
      group: 'drained',
      topics: { [topic]: '*' },
      handler: async () => {
        began++
        await new Promise<void>(resolve => {
          release = resolve
        })
        ended++
      }
    })
    await send(topic, 'x')
    await eventually(() => began === 1, 'the handler')
    const closed = consumer.close()
    release()
    await closed
    expect(ended).to.equal(1)
    const asking = await LitePullConsumer.open({ namesrvAddr: dev.namesrvAddr, group: 'drained' })
    closing.push(() => asking.close())
    const [queue] = await asking.queuesOf(topic)
    expect(await asking.committed(queue!)).to.equal(1)
  })

  it('holds no more of a topic than told, whatever number of queues it has', async () => {
    const topic = await newTopic('topic-bounded', 4)
    for (let at = 0; at < 80; at++) {
      await producer.send({ topic, body: Buffer.from(String(at)), queueId: at % 4 })
    }
    const waiting: (() => void)[] = []
    const consumer = await open({
      group: 'topic-bounded',
      topics: { [topic]: '*' },
      flow: { topicMessagesMax: 20, pullMax: 1 },
      handler: () => new Promise<void>(resolve => waiting.push(resolve))
    })
    const who = { consumerGroup: 'topic-bounded', clientId: consumer.clientId }
    const cached = async (): Promise<number[]> => {
      const info = readBody(consumerRunningInfoShape, (await ask(getConsumerRunningInfo, who)).body)
      return [...info.mqTable].filter(([queue]) => queue.topic === topic).map(([, held]) => held.cachedMsgCount)
    }
    await eventually(async () => (await cached()).join() === '5,5,5,5', 'five in each queue')
    expect(await cached()).to.deep.equal([5, 5, 5, 5])
    let done = 0
    await eventually(() => {
      done += waiting.splice(0).map(resolve => resolve()).length
      return done === 80
    }, 'all')
  })

  it('suspend: no handler is called until resume', async () => {
    const topic = await newTopic('suspended')
    const got: string[] = []
    const consumer = await open({
      group: 'suspended',
      topics: { [topic]: '*' },
      handler: message => got.push(message.body.toString())
    })
    await send(topic, 'before')
    await eventually(() => got.length === 1, 'the first')
    consumer.suspend()
    await send(topic, 'while')
    // The pull that waits at the broker brings it; a round trip later it would have been handled.
    await ask(getConsumerRunningInfo, { consumerGroup: 'suspended', clientId: consumer.clientId })
    expect(got).to.deep.equal(['before'])
    consumer.resume()
    await send(topic, 'after')
    await eventually(() => got.length === 3, 'the rest')
    expect(got).to.deep.equal(['before', 'while', 'after'])
  })

  it('orderly: a handler that is late is told and waited for, so nothing overtakes it', async () => {
    const topic = await newTopic('late-order')
    const steps: string[] = []
    let release: () => void = () => {}
    await open({
      group: 'late-order',
      topics: { [topic]: '*' },
      orderly: true,
      consumeTimeoutMs: 50,
      handler: async (message, { signal }) => {
        steps.push(`begin ${message.body}`)
        if (message.body.toString() === 'a') {
          signal.addEventListener('abort', () => steps.push('late'))
          await new Promise<void>(resolve => {
            release = resolve
          })
        }
        steps.push(`end ${message.body}`)
      }
    })
    for (const text of ['a', 'b']) await send(topic, text)
    await eventually(() => steps.includes('late'), 'the signal')
    expect(steps).to.deep.equal(['begin a', 'late'])
    release()
    await eventually(() => steps.length === 5, 'the next')
    expect(steps).to.deep.equal(['begin a', 'late', 'end a', 'begin b', 'end b'])
  })

  it('orderly: a reset (220) begins anew when the handler that runs has ended', async () => {
    const topic = await newTopic('reset-order')
    const steps: string[] = []
    let [now, most] = [0, 0]
    let release: (() => void) | undefined
    const consumer = await open({
      group: 'reset-order',
      topics: { [topic]: '*' },
      orderly: true,
      commitPeriodMs: 20,
      handler: async message => {
        most = Math.max(most, ++now)
        steps.push(message.body.toString())
        if (message.body.toString() === 'c' && release === undefined) {
          await new Promise<void>(resolve => {
            release = resolve
          })
        }
        now--
      }
    })
    for (const text of ['a', 'b', 'c', 'd']) await send(topic, text)
    await eventually(() => release !== undefined, 'the third')
    const asking = await LitePullConsumer.open({ namesrvAddr: dev.namesrvAddr, group: 'reset-order' })
    closing.push(() => asking.close())
    const [queue] = await asking.queuesOf(topic)
    await eventually(async () => (await asking.committed(queue!)) === 2, 'what is done to be committed')
    await ask(invokeBrokerToResetOffset, { topic, group: 'reset-order', timestamp: 0, isForce: true })
    const who = { consumerGroup: 'reset-order', clientId: consumer.clientId }
    await eventually(async () => {
      const info = readBody(consumerRunningInfoShape, (await ask(getConsumerRunningInfo, who)).body)
      return [...info.mqTable].every(([queue, held]) => queue.topic !== topic || held.cachedMsgCount === 0)
    }, 'the reset')
    expect(steps).to.deep.equal(['a', 'b', 'c'])
    release!()
    await eventually(() => steps.length === 7, 'all again')
    expect(steps).to.deep.equal(['a', 'b', 'c', 'a', 'b', 'c', 'd'])
    expect(most).to.equal(1)
  })

  it('a signal ends it as close does, and ends an opening', async () => {
    const topic = await newTopic('signalled')
    const controller = new AbortController()
    const consumer = await open({
      group: 'signalled',
      topics: { [topic]: '*' },
      handler: () => {},
      signal: controller.signal
    })
    expect(consumer.queues).not.to.have.length(0)
    controller.abort(new Error('enough'))
    await eventually(() => consumer.queues.length === 0, 'the queues to be given back')
    const again = open({ group: 'signalled', topics: { [topic]: '*' }, handler: () => {}, signal: controller.signal })
    expect(await again.catch(error => error.message)).to.equal('enough')
  })

  it('lite pull: polls at the same time each get theirs, a loop ends with its signal', async () => {
    const topic = await newTopic('two-polls')
    const consumer = await LitePullConsumer.open({ namesrvAddr: dev.namesrvAddr, group: 'two-polls', from: 'first' })
    closing.push(() => consumer.close())
    await consumer.assign(await consumer.queuesOf(topic))
    const polls = [consumer.poll({ max: 1, timeoutMs: 3000 }), consumer.poll({ max: 1, timeoutMs: 3000 })]
    for (const text of ['a', 'b']) await send(topic, text)
    const got = (await Promise.all(polls)).flat().map(message => message.body.toString())
    expect(got.sort()).to.deep.equal(['a', 'b'])
    const controller = new AbortController()
    const loop = (async () => {
      for await (const _ of consumer.messages({ signal: controller.signal }));
    })()
    controller.abort(new Error('enough'))
    expect(await loop.catch(error => error.message)).to.equal('enough')
  })
})
