/** The parts of bench that need no cluster. */
import { expect } from 'chai'
import { Bodies, headerBytes, parseSizes, readBody } from '../../src/cli/bench/bodies.ts'
import { Latencies } from '../../src/cli/bench/latency.ts'
import { load } from '../../src/cli/bench/load.ts'
import { Meter } from '../../src/cli/bench/meter.ts'
import { NumberSet } from '../../src/cli/bench/number-set.ts'
import { Gaps } from '../../src/cli/bench/received.ts'
import { ms } from '../../src/cli/bench/report.ts'
import { sizeText } from '../../src/cli/size-text.ts'
import type { Producer } from '../../src/client/producer.ts'
import type { ReceivedMessage } from '../../src/client/received-message.ts'
import { systemClock } from '../../src/kit/clock.ts'
import { MqError } from '../../src/kit/errors.ts'
import { seeded } from '../support/seeded.ts'

describe('bench', () => {
  it('makes bodies that tell their number and any change of a byte', () => {
    const bodies = new Bodies(parseSizes('32:1,1k:1,40:2'), () => seeded(7).real())
    const body = bodies.make(42, 1.5)
    expect(readBody(body)).to.deep.equal({ run: bodies.run, number: 42, due: 1.5 })
    for (let at = 4; at < body.length; at++) {
      const changed = Buffer.from(body)
      changed[at]! ^= 1
      expect(readBody(changed), `byte ${at}`).to.equal('damaged')
    }
    expect(readBody(Buffer.from('something else, and long enough to be one of ours'))).to.equal(undefined)
    expect(readBody(new Bodies(parseSizes(String(headerBytes - 1)), () => 0).make(1, 1))).to.equal(undefined)
  })

  it('picks sizes by their weights', () => {
    const chance = seeded(3)
    const bodies = new Bodies(parseSizes('100:9,1k:1'), () => chance.real())
    const large = Array.from({ length: 1000 }, () => bodies.make(0, 0)).filter(body => body.length === 1024).length
    expect(large).to.be.within(60, 140)
    for (const text of ['', '0', '5m', '100:0', '1g', '100;200']) expect(() => parseSizes(text), text).to.throw(MqError)
  })

  it('has percentiles with three digits', () => {
    const latencies = new Latencies()
    for (let value = 1; value <= 1000; value++) latencies.record(value)
    const { p50, p99, p999, max, count } = latencies.summary
    expect(count).to.equal(1000)
    for (const [found, expected] of [
      [p50, 500],
      [p99, 990],
      [p999, 999],
      [max, 1000]
    ] as const) {
      expect(found).to.be.within(expected * 0.998, expected * 1.002)
    }
    expect(latencies.at([0, 100])).to.deep.equal([latencies.at([0])[0], max])
    expect(new Latencies().summary).to.include({ count: 0, p50: 0, max: 0 })
  })

  it('counts the delay of sends behind a stall from when they were due', async () => {
    // One lane, 100 a second; the first send takes 300 ms, so the ones behind it are late by what is left of it.
    let sends = 0
    const send = async (): Promise<void> => {
      if (sends++ === 0) await new Promise<void>(resolve => void systemClock.after(300, resolve))
    }
    const meter = new Meter(systemClock, 0)
    meter.start(() => {})
    const { signal } = new AbortController()
    const bodies = new Bodies(parseSizes('40'), () => 0.5)
    const stored = (_: readonly number[], bytes: number, due: number): void =>
      meter.done(bytes, systemClock.monotonic() - due)
    const wish = {
      topics: ['t'],
      bodies,
      inFlight: 1,
      batch: 1,
      rate: 100,
      msgs: 20,
      signal,
      clock: systemClock,
      stored
    }
    // Keeps the process alive: timers of the clock do not.
    const { send: _, ...producer } = { send }
    await load({ ...wish, producers: [{ ...producer, send } as unknown as Producer] }, meter)
    const { latency, msgs } = meter.stop()
    expect(msgs).to.equal(20)
    expect(latency.max).to.be.at.least(290)
    // Half of the sends were due within the first 100 ms, and waited for at least 200 ms.
    expect(latency.p50).to.be.at.least(190)
  })

  it('finds gaps in queues, and numbers that come twice', () => {
    const gaps = new Gaps()
    const at = (queueId: number, queueOffset: number): number =>
      gaps.before({ topic: 't', brokerName: 'b', queueId, queueOffset } as ReceivedMessage)
    expect([at(0, 5), at(0, 6), at(1, 0), at(0, 9), at(1, 1)]).to.deep.equal([0, 0, 0, 2, 0])
    const numbers = new NumberSet()
    expect([3, 100_000, 3, 0, 100_000].map(number => numbers.add(number))).to.deep.equal([
      true,
      true,
      false,
      true,
      false
    ])
  })

  it('writes sizes and times for people', () => {
    expect([0, 1023, 1536, 3 * 1024 ** 2, 500 * 1024 ** 3].map(sizeText)).to.deep.equal([
      '0 B',
      '1023 B',
      '1.5 KiB',
      '3.0 MiB',
      '500 GiB'
    ])
    expect([0.123, 9.87, 12.34, 123.4].map(ms)).to.deep.equal(['0.12', '9.87', '12.3', '123'])
  })
})
