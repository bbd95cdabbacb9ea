import { expect } from 'chai'
import { FrameReader } from '../../src/remoting/frame-reader.ts'
import { seeded } from '../support/seeded.ts'

const frame = (body: Buffer): Buffer => {
  const bytes = Buffer.alloc(4 + body.length)
  bytes.writeInt32BE(body.length, 0)
  body.copy(bytes, 4)
  return bytes
}

interface Read {
  readonly reader: FrameReader
  readonly frames: Buffer[]
  readonly bad: number[]
}

const reading = (frameBytesMax = 1 << 20, goOn: (count: number) => boolean = () => true): Read => {
  const frames: Buffer[] = []
  const bad: number[] = []
  const reader = new FrameReader(
    frameBytesMax,
    (bytes, start, end) => {
      frames.push(Buffer.from(bytes.subarray(start, end)))
      return goOn(frames.length)
    },
    length => void bad.push(length)
  )
  return { reader, frames, bad }
}

/** As a socket does it: the chunk's memory is used again for the next read. */
const push = (reader: FrameReader, bytes: Buffer): boolean => {
  const chunk = Buffer.from(bytes)
  const whole = reader.push(chunk, chunk.length)
  chunk.fill(0xee)
  return whole
}

const chance = seeded(7)
const bodies = Array.from({ length: 40 }, (_, i) => chance.bytes(4 + chance.whole(0, i % 3 === 0 ? 5 : 900)))
const stream = Buffer.concat(bodies.map(frame))

describe('the frame reader', () => {
  it('finds the same frames wherever the stream is cut in two', () => {
    for (let cut = 0; cut <= 2000; cut++) {
      const { reader, frames } = reading()
      push(reader, stream.subarray(0, cut))
      push(reader, stream.subarray(cut))
      expect(Buffer.concat(frames).equals(Buffer.concat(bodies)), `cut at ${cut}`).to.equal(true)
      expect(reader.incomplete).to.equal(false)
    }
  })

  it('finds them in single bytes and in pieces of any size', () => {
    for (let round = 0; round < 60; round++) {
      const { reader, frames } = reading()
      for (let at = 0; at < stream.length; ) {
        const size = round === 0 ? 1 : chance.whole(1, 700)
        push(reader, stream.subarray(at, at + size))
        at += size
      }
      expect(frames.map(String)).to.deep.equal(bodies.map(String))
    }
  })

  it('hands on a thousand frames of one chunk', () => {
    const { reader, frames } = reading()
    push(reader, Buffer.concat(Array.from({ length: 1000 }, (_, i) => frame(Buffer.from(String(i).padStart(4, '0'))))))
    expect(frames.map(String)).to.deep.equal(Array.from({ length: 1000 }, (_, i) => String(i).padStart(4, '0')))
  })

  for (const length of [0, 1, 3, -1, -(2 ** 31), 101, 2 ** 31 - 1]) {
    it(`refuses a length of ${length}, at once and for good`, () => {
      const announced = Buffer.alloc(8)
      announced.writeInt32BE(length, 0)
      for (const cut of [0, 1, 2, 3, 4, 8]) {
        const { reader, frames, bad } = reading(100)
        push(reader, Buffer.concat([frame(Buffer.alloc(4)), announced.subarray(0, cut)]))
        push(reader, announced.subarray(cut))
        expect(bad, `cut at ${cut}`).to.deep.equal([length])
        push(reader, frame(Buffer.alloc(10)))
        expect(frames).to.have.length(1)
        expect(bad).to.have.length(1)
        expect(reader.heldBytes).to.equal(0)
      }
    })
  }

  it('takes a frame of exactly the largest size', () => {
    const { reader, frames, bad } = reading(100)
    push(reader, frame(Buffer.alloc(100)))
    push(reader, frame(Buffer.alloc(100)).subarray(0, 50))
    push(reader, frame(Buffer.alloc(100)).subarray(50))
    expect([frames.length, bad.length]).to.deep.equal([2, 0])
  })

  it('holds no more than about twice what came, whatever was announced', () => {
    const { reader } = reading(16 * 1024 * 1024)
    const announced = Buffer.alloc(4)
    announced.writeInt32BE(16 * 1024 * 1024)
    push(reader, announced)
    expect(reader.heldBytes).to.be.at.most(4096)
    for (let came = 4; came < 100_000; came += 100) {
      push(reader, Buffer.alloc(100))
      expect(reader.heldBytes).to.be.at.most(2 * came + 200)
    }
    expect(reader.incomplete).to.equal(true)
  })

  it('stops where the handler says so, and goes on from there', () => {
    const { reader, frames } = reading(1 << 20, count => count % 3 !== 0)
    expect(push(reader, stream)).to.equal(false)
    expect(frames).to.have.length(3)
    expect(push(reader, frame(Buffer.from('last'))), 'what still comes is kept').to.equal(false)
    let rounds = 0
    while (!reader.resume()) expect(++rounds).to.be.at.most(20)
    expect(frames.map(String)).to.deep.equal([...bodies, Buffer.from('last')].map(String))
    expect(reader.heldBytes).to.equal(0)
  })

  it('stops after a frame that was completed from two chunks', () => {
    const { reader, frames } = reading(1 << 20, () => false)
    const two = Buffer.concat([frame(Buffer.from('first')), frame(Buffer.from('second'))])
    push(reader, two.subarray(0, 6))
    expect(push(reader, two.subarray(6))).to.equal(false)
    expect(frames.map(String)).to.deep.equal(['first'])
    reader.resume()
    expect(frames.map(String)).to.deep.equal(['first', 'second'])
  })

  it('hands on nothing more once it was stopped from within a frame', () => {
    const frames: string[] = []
    const reader: FrameReader = new FrameReader(
      100,
      (bytes, start, end) => {
        frames.push(bytes.toString('utf8', start, end))
        reader.stop()
        return true
      },
      () => {}
    )
    push(reader, Buffer.concat([frame(Buffer.from('one!')), frame(Buffer.from('two!'))]))
    expect(reader.resume()).to.equal(false)
    expect(frames).to.deep.equal(['one!'])
  })
})
