/** Small parts of produce, consume and bench. */
import { expect } from 'chai'
import { compressSettings } from '../../src/cli/compress-flag.ts'
import { delayLevelOf, usualDelayLevels } from '../../src/cli/delay-levels.ts'
import { hexDump } from '../../src/cli/hex-dump.ts'
import { messageVariables } from '../../src/cli/message-exec.ts'
import { globPattern } from '../../src/cli/message-filter.ts'
import { pace, parseRate, waitFor } from '../../src/cli/pace.ts'
import type { ReceivedMessage } from '../../src/client/received-message.ts'
import { MqError } from '../../src/kit/errors.ts'
import { manualClock } from '../support/manual-clock.ts'

describe('delay levels', () => {
  it('finds the level that waits exactly so long, in the table of the broker', () => {
    expect([1000, 60_000, 7_200_000].map(ms => delayLevelOf(ms, usualDelayLevels))).to.deep.equal([1, 5, 18])
    expect(delayLevelOf(2000, '1h 2s')).to.equal(2)
  })

  it('names the level before and after', () => {
    const failure = (ms: number): readonly string[] => {
      try {
        delayLevelOf(ms, usualDelayLevels)
      } catch (error) {
        return (error as MqError).suggestions
      }
      return []
    }
    expect(failure(7000)).to.deep.equal(['--delay 5s (level 2)', '--delay 10s (level 3)'])
    expect(failure(10)).to.deep.equal(['--delay 1s (level 1)'])
    expect(failure(1e9)).to.deep.equal(['--delay 2h (level 18)'])
  })
})

describe('pace', () => {
  it('reads rates', () => {
    expect(['5', '5/s', '30/m', '36/h', '0.5'].map(parseRate)).to.deep.equal([5, 5, 0.5, 0.01, 0.5])
    for (const text of ['', '0', '-1', '5/d', 'x', '1e3']) expect(() => parseRate(text)).to.throw(MqError)
  })

  it('is due at fixed times, however late the acts are', async () => {
    const clock = manualClock()
    const steady = pace(10, clock)
    const began = clock.monotonic()
    expect([0, 1, 20].map(index => steady.due(index) - began)).to.deep.equal([0, 100, 2000])
    clock.advance(150)
    await steady.wait(1)
    let over = false
    const waiting = steady.wait(2).then(() => {
      over = true
    })
    await Promise.resolve()
    expect(over).to.equal(false)
    clock.advance(50)
    await waiting
  })

  it('stops waiting when the signal fires', async () => {
    const controller = new AbortController()
    const waiting = waitFor(manualClock(), 1e6, controller.signal)
    controller.abort()
    await waiting
  })
})

describe('consume', () => {
  it('has globs that match the whole text, and nothing but * and ? is special', () => {
    const cases: [glob: string, text: string, matches: boolean][] = [
      ['a*', 'abc', true],
      ['a*', 'ba', false],
      ['a?c', 'abc', true],
      ['a.c', 'abc', false],
      ['[x]+', '[x]+', true],
      ['*', 'a\nb', true]
    ]
    for (const [glob, text, matches] of cases) expect(globPattern(glob).test(text), `${glob} ${text}`).to.equal(matches)
  })

  it('prints bytes in hex', () => {
    const lines = hexDump(Buffer.from('0123456789abcdef\n')).split('\n')
    expect(lines[0]).to.equal('00000000  30 31 32 33 34 35 36 37  38 39 61 62 63 64 65 66  |0123456789abcdef|')
    expect(lines[1]).to.equal(`00000010  0a${' '.repeat(48)}|.|`)
  })

  it('gives commands variables without NUL, which no variable can hold', () => {
    const message = {
      topic: 't',
      brokerName: 'b',
      messageId: 'M',
      properties: new Map([['KEYS', 'a\0b']])
    } as unknown as ReceivedMessage
    expect(messageVariables(message)).to.include({ MQ_TOPIC: 't', MQ_KEYS: 'ab' })
  })
})

describe('--compress', () => {
  it('takes zlib, zlib with a level, and names what there is otherwise', () => {
    expect(compressSettings(undefined)).to.deep.equal({})
    expect(compressSettings('zlib')).to.deep.equal({ compression: 'zlib', compressAboveBytes: 0 })
    expect(compressSettings('zstd:9')).to.include({ compression: 'zstd', compressionLevel: 9 })
    for (const text of ['gzip', 'zlib:', 'zlib:99', 'zstd:23', 'lz4:3'])
      expect(() => compressSettings(text)).to.throw(MqError)
  })
})
