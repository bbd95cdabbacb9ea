import { expect } from 'chai'
import {
  committedOffsets,
  content,
  continuity,
  keyOrder,
  monotonic,
  offsetAgreement,
  type Read,
  type Send,
  totalQueue,
  totalQueueLine,
  totalQueueViolations,
  violations
} from './checkers.ts'

const queue = 'T/0'
const sends: Send[] = [0, 1, 2, 3, 4].map(n => ({
  id: `m${n}`,
  queue,
  outcome: 'ok',
  offset: n,
  digest: `d${n}`,
  producer: 'p',
  sequence: n,
  orderKey: 'k'
}))
const reads: Read[] = sends.map(({ id, digest, offset }) => ({
  id,
  digest,
  queue,
  offset: offset ?? 0,
  reader: 'r',
  orderKey: 'k'
}))
const without = (...ids: string[]): Read[] => reads.filter(read => !ids.includes(read.id))
const sent = (id: string, outcome: Send['outcome']): Send => ({ id, queue, outcome, digest: 'd' })

describe('checkers of a history', () => {
  it('find nothing in a right one', () => {
    expect(violations(sends, reads)).to.deep.equal([])
    expect(keyOrder(sends, reads)).to.deep.equal([])
  })

  it('K1: find a lost message and say where it lay', () => {
    const places = (left: Read[]) => totalQueue(sends, left).lost.map(({ send, place }) => `${send.id} ${place}`)
    expect(places(without('m0'))).to.deep.equal(['m0 prefix'])
    expect(places(without('m2'))).to.deep.equal(['m2 middle'])
    expect(places(without('m4'))).to.deep.equal(['m4 tail'])
    expect(places([])).to.have.length(5)
    expect(violations(sends, without('m2')).join()).to.contain('K1 lost (middle): m2')
  })

  it('K1: find a message that nobody sent, or that was refused', () => {
    const ghost: Read = { id: 'ghost', queue, offset: 5, digest: '', reader: 'r' }
    expect(totalQueueViolations(totalQueue(sends, [...reads, ghost])).join()).to.contain('K1 unexpected: ghost')
    expect(totalQueue([...sends, sent('ghost', 'fail')], [...reads, ghost]).unexpected).to.deep.equal(['ghost'])
  })

  it('K1: find a message that is there twice', () => {
    const again: Read = { id: 'm1', digest: 'd1', queue, offset: 5, reader: 'r' }
    expect(violations(sends, [...reads, again]).join()).to.contain('K1 duplicated: m1')
  })

  it('K1: a send of unknown outcome may be there or not', () => {
    const unknown = sent('u', 'info')
    expect(violations([...sends, unknown], reads)).to.deep.equal([])
    const found = totalQueue([...sends, unknown], [...reads, { id: 'u', queue, offset: 5, digest: 'd' }])
    expect(found.recovered).to.equal(1)
    expect(totalQueueViolations(found)).to.deep.equal([])
    expect(totalQueueLine(found)).to.contain('attempts 6, acked 5, read 6, lost 0 (prefix 0, middle 0, tail 0)')
  })

  it('K1 and K3: what retention removed is not lost, what lies above its border is', () => {
    const border = new Map([[queue, 2]])
    expect(violations(sends, without('m0', 'm1'), border)).to.deep.equal([])
    expect(violations(sends, without('m0', 'm1', 'm3'), border).join()).to.contain('K1 lost (middle): m3')
  })

  it('K2: find two messages at one place, also between an answer and a reader', () => {
    const other: Read = { id: 'x', queue, offset: 3, digest: '', reader: 'later' }
    expect(offsetAgreement([], [...reads, other]).join()).to.contain('K2 two messages at T/0@3: m3 and x')
    expect(offsetAgreement(sends, [other]).join()).to.contain('K2 two messages at T/0@3: m3 and x')
  })

  it('K3: find a gap in what a reader was given, and an acknowledged message below it', () => {
    expect(continuity([], without('m1', 'm2'))).to.deep.equal(['K3 gap in T/0: 1 to 2'])
    expect(continuity(sends, without('m0'))).to.deep.equal(['K3 skipped: T/0@0 (m0)'])
  })

  it('K4: find a reader that goes back and sends that are stored out of order', () => {
    const back: Read = { id: 'm2', digest: 'd2', queue, offset: 2, reader: 'r' }
    expect(monotonic([], [...reads, back]).join()).to.contain('K4 reader r of T/0 went back from 4 to 2')
    const swapped = sends.map(send => ({ ...send, offset: 4 - (send.offset ?? 0) }))
    expect(monotonic(swapped, []).join()).to.contain('K4 T/0: m1 at 3 was sent after m0 at 4')
  })

  it('K5: find deliveries of one key out of order, but let a repetition pass', () => {
    const [first, second, third] = reads as [Read, Read, Read]
    expect(keyOrder(sends, [first, second, first, third])).to.deep.equal([])
    expect(keyOrder(sends, [second, first]).join()).to.contain('K5 key k: m0')
  })

  it('K6: find a message that changed', () => {
    const changed = reads.map(read => (read.id === 'm3' ? { ...read, digest: 'other' } : read))
    expect(content(sends, changed).join()).to.contain('K6 T/0@3: m3')
  })

  it('K9: find a committed offset above the end, above what was asked, or below what was durable', () => {
    const bounds = { maxOffset: () => 10, asked: () => 8, durable: () => 5 }
    const at = (offset: number) => committedOffsets([{ group: 'g', queue, offset }], bounds).join()
    expect(at(6)).to.equal('')
    expect(at(11)).to.contain('above the end 10')
    expect(at(9)).to.contain('the group went only to 8')
    expect(at(4)).to.contain('below the durable commit 5')
    expect(committedOffsets([{ group: 'g', queue, offset: 2 }], { ...bounds, maxOffset: () => 2 })).to.deep.equal([])
  })

  it('say how many more there are instead of listing thousands', () => {
    const many = Array.from({ length: 900 }, (_, n) => ({ ...sent(`x${n}`, 'ok'), offset: n }))
    const said = violations(many, [])
    expect(said).to.have.length(6)
    expect(said[5]).to.contain('895 more')
  })
})
