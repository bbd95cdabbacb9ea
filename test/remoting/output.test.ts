import { Writable } from 'node:stream'
import { expect } from 'chai'
import { FlushQueue, Output, SlabPool } from '../../src/remoting/output.ts'

/** A stream whose writes end when the test says so. */
class Slow extends Writable {
  readonly writes: Buffer[] = []
  #ends: ((error?: Error) => void)[] = []

  constructor() {
    super({ highWaterMark: 1 << 30 })
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.writes.push(chunk)
    this.#ends.push(done)
  }

  override _writev(chunks: { chunk: Buffer }[], done: () => void): void {
    this.writes.push(Buffer.concat(chunks.map(({ chunk }) => chunk)))
    this.#ends.push(done)
  }

  async end1(error?: Error): Promise<void> {
    this.#ends.shift()?.(error)
    await new Promise(resolve => setImmediate(resolve))
  }
}

const put = (output: Output, text: string): Buffer => {
  const { bytes, at } = output.claim(text.length)
  bytes.write(text, at)
  return bytes
}

describe('the output of a connection', () => {
  it('joins what is claimed in a tick into one write', () => {
    const stream = new Slow()
    const output = new Output(stream, new SlabPool(), () => {})
    for (let i = 0; i < 100; i++) put(output, `<${i}>`)
    expect(stream.writes).to.have.length(0)
    output.flush()
    expect(stream.writes.map(String)).to.deep.equal([Array.from({ length: 100 }, (_, i) => `<${i}>`).join('')])
  })

  it('never writes while a write is under way, and loses nothing', async () => {
    const stream = new Slow()
    let written = 0
    const output = new Output(stream, new SlabPool(), () => void written++)
    put(output, 'one')
    output.flush()
    put(output, 'two')
    output.flush()
    put(output, 'three')
    expect(stream.writes.map(String)).to.deep.equal(['one'])
    expect(output.pending).to.equal(11)
    await stream.end1()
    expect(stream.writes.map(String)).to.deep.equal(['one', 'twothree'])
    await stream.end1()
    expect(output.pending).to.equal(0)
    expect(written).to.equal(2)
  })

  it('uses a slab again only after its write has ended', async () => {
    const stream = new Slow()
    const output = new Output(stream, new SlabPool(), () => {})
    const first = put(output, 'one')
    output.flush()
    const second = put(output, 'two')
    expect(second).not.to.equal(first)
    await stream.end1()
    const third = put(output, 'three')
    expect(third).to.equal(first)
    expect(stream.writes[0]!.buffer).to.equal(first.buffer)
  })

  it('gives a slab back to nobody after an error', async () => {
    const stream = new Slow()
    stream.on('error', () => {})
    const pool = new SlabPool()
    const output = new Output(stream, pool, () => expect.fail('it did not end well'))
    const slab = put(output, 'one')
    output.flush()
    await stream.end1(new Error('lost'))
    expect(pool.take(3)).not.to.equal(slab)
  })

  it('writes large frames too, in order, and not all at once', async () => {
    const stream = new Slow()
    const output = new Output(stream, new SlabPool(), () => {})
    const sizes = [5, 300_000, 20, 2_000_000, 16_384, 16_385, 7]
    let letter = 64
    let expected = ''
    for (const size of sizes) {
      const text = String.fromCharCode(++letter).repeat(size)
      expected += text
      put(output, text)
    }
    output.flush()
    for (let pending = output.pending; pending > 0; pending = output.pending) {
      await stream.end1()
      expect(output.pending, 'each write is a sign of life').to.be.within(pending - 256 * 1024, pending - 1)
    }
    expect(Buffer.concat(stream.writes).toString() === expected).to.equal(true)
  })
})

describe('the pool of slabs', () => {
  it('keeps powers of two up to 1 MiB, and no more bytes than it may', () => {
    const pool = new SlabPool(40_000)
    const slabs = [pool.take(1), pool.take(16_384), pool.take(16_384)]
    expect(slabs.map(slab => slab.length)).to.deep.equal([16_384, 16_384, 16_384])
    for (const slab of slabs) pool.give(slab)
    const again = [pool.take(1), pool.take(1), pool.take(1)]
    expect(again.filter(slab => slabs.includes(slab))).to.have.length(2)
    expect(pool.take(16_385).length).to.equal(32_768)
    expect(pool.take(3_000_000).length).to.equal(3_000_000)
    pool.give(Buffer.alloc(3_000_000))
    pool.give(Buffer.alloc(100))
    expect(pool.take(100).length).to.equal(16_384)
  })
})

describe('the flush queue', () => {
  it('flushes each output once, before the event loop goes on', async () => {
    const flushed: string[] = []
    const queue = new FlushQueue()
    queue.add({ flush: () => void flushed.push('a') })
    queue.add({ flush: () => void flushed.push('b') })
    expect(flushed).to.deep.equal([])
    await new Promise(resolve => process.nextTick(resolve))
    expect(flushed).to.deep.equal(['a', 'b'])
  })
})
