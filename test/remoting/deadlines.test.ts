import { expect } from 'chai'
import { Deadlines } from '../../src/remoting/deadlines.ts'
import { defaultLimits } from '../../src/remoting/limits.ts'

const quiet = { incomplete: false, pending: 0, busy: false }

/** Sweeps each second up to `untilMs`; the time at which it says close, and why. */
const verdict = (deadlines: Deadlines, untilMs: number, state: typeof quiet): [number, string] | undefined => {
  for (let now = 1000; now <= untilMs; now += 1000) {
    const reason = deadlines.sweep(now, state)
    if (reason !== undefined) return [now, reason]
  }
  return undefined
}

describe('deadlines', () => {
  it('an idle peer: 120 s; a busy one: never; 0 turns it off', () => {
    expect(verdict(new Deadlines(defaultLimits, 0), 200_000, quiet)?.[0]).to.equal(120_000)
    expect(verdict(new Deadlines(defaultLimits, 0), 200_000, { ...quiet, busy: true })).to.equal(undefined)
    expect(verdict(new Deadlines({ ...defaultLimits, idleTimeoutMs: 0 }, 0), 900_000, quiet)).to.equal(undefined)
  })

  it('an incomplete frame: 30 s after it was first seen; each complete frame starts anew', () => {
    const incomplete = { ...quiet, incomplete: true }
    expect(verdict(new Deadlines(defaultLimits, 0), 60_000, incomplete)).to.deep.equal([
      31_000,
      'a frame was not completed in time'
    ])
    const deadlines = new Deadlines(defaultLimits, 0)
    expect(verdict(deadlines, 30_000, incomplete)).to.equal(undefined)
    deadlines.framed()
    expect(deadlines.sweep(31_000, incomplete)).to.equal(undefined)
    expect(deadlines.sweep(60_000, incomplete)).to.equal(undefined)
    expect(deadlines.sweep(61_000, incomplete)).to.contain('not completed')
  })

  it('waiting output: 30 s after some was last taken', () => {
    const some = { ...quiet, pending: 1, busy: true }
    expect(verdict(new Deadlines(defaultLimits, 0), 60_000, some)?.[0]).to.equal(30_000)
    const deadlines = new Deadlines(defaultLimits, 0)
    expect(deadlines.sweep(29_000, some)).to.equal(undefined)
    deadlines.taken()
    expect(deadlines.sweep(58_000, some)).to.equal(undefined)
    expect(deadlines.sweep(59_000, some)).to.contain('took nothing')
  })

  it('more than 8 MiB of it: one second, by the clock and not by the sweeps', () => {
    const much = { ...quiet, pending: 8 * 1024 * 1024 + 1, busy: true }
    expect(verdict(new Deadlines(defaultLimits, 0), 60_000, much)?.[0]).to.equal(2000)
    const deadlines = new Deadlines(defaultLimits, 0)
    expect(deadlines.overflows(950)).to.equal(false)
    expect(deadlines.overflows(1949)).to.equal(false)
    deadlines.taken()
    expect(deadlines.overflows(1950)).to.equal(false)
    expect(deadlines.overflows(2949)).to.equal(false)
    expect(deadlines.overflows(2950)).to.equal(true)
  })
})
