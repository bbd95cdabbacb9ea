import { createRequire } from 'node:module'
import { expect } from 'chai'
import { zstdWasmPack, zstdWasmUnpack } from '../../src/protocol/zstd-instance.ts'

const text = Buffer.from('a body that repeats itself; '.repeat(40))

const expectWorks = async (where: string): Promise<void> => {
  const packed = await zstdWasmPack(text, 5)
  expect(packed.length, where).to.be.lessThan(text.length / 5)
  expect((await zstdWasmUnpack(packed, text.length)).equals(text), where).to.equal(true)
}

const failure = async (work: Promise<unknown>): Promise<Error> =>
  work.then(
    () => {
      throw new Error('it should have failed')
    },
    error => error
  )

// Every version of Node runs these, also those whose own zstd the product takes.
describe('zstd instance', () => {
  it('works on, whoever else in the process starts the package, once or again', async () => {
    await expectWorks('before')
    const require = createRequire(import.meta.url)
    const shared = require('@bokuweb/zstd-wasm') as typeof import('@bokuweb/zstd-wasm')
    await shared.init()
    const theirs = Buffer.from(shared.compress(text, 5))
    await shared.init()
    await expectWorks('after')
    expect((await zstdWasmUnpack(theirs, text.length)).equals(text)).to.equal(true)
    expect(require('@bokuweb/zstd-wasm'), 'the copy of the others stays theirs').to.equal(shared)
  })

  it('two copies of the module do not know of each other', async () => {
    const path = '../../src/protocol/zstd-instance.ts?second'
    const second = (await import(path)) as typeof import('../../src/protocol/zstd-instance.ts')
    expect(second.zstdWasmPack).not.to.equal(zstdWasmPack)
    const big = Buffer.alloc(24 << 20, 'grows the memory; ')
    for (let round = 0; round < 3; round++) {
      const packed = await second.zstdWasmPack(big, 1)
      await expectWorks(`round ${round}`)
      expect((await zstdWasmUnpack(packed, big.length)).equals(big), `round ${round}`).to.equal(true)
    }
  })

  it('a broken frame fails alone, also among others that run at the same time', async () => {
    const packed = await zstdWasmPack(text, 5)
    const isFailed = { true: 0, false: 0 }
    for (let at = 0; at < packed.length; at++) {
      const bent = Buffer.from(packed)
      bent[at] = bent[at]! ^ 0xff
      const [broken] = await Promise.all([
        zstdWasmUnpack(bent, text.length).catch(error => error),
        expectWorks(`${at}`)
      ])
      isFailed[`${broken instanceof Error}`]++
    }
    expect(isFailed.true).to.be.greaterThan(10)
    await expectWorks('at the end')
  })

  it('leaves alone what lies around a body in a shared buffer', async () => {
    const around = Buffer.alloc(text.length + 200, 1)
    text.copy(around, 100)
    const packed = await zstdWasmPack(around.subarray(100, 100 + text.length), 5)
    const room = Buffer.concat([Buffer.alloc(77, 2), packed, Buffer.alloc(77, 2)])
    const back = await zstdWasmUnpack(room.subarray(77, 77 + packed.length), text.length)
    expect(back.equals(text)).to.equal(true)
    await expectWorks('afterwards')
    expect(back.equals(text), 'a later call does not change what an earlier one gave').to.equal(true)
  })

  it('refuses more than its memory holds before it begins', async () => {
    const packed = await zstdWasmPack(text, 5)
    expect(await failure(zstdWasmUnpack(packed, 2 ** 31))).to.be.instanceOf(RangeError)
    await expectWorks('afterwards')
  })

  it('takes a new instance after one whose memory is wrecked', async () => {
    // Says that it is larger than all of the memory, so the package works at the place of nothing, and traps.
    const lying = Object.defineProperty(Buffer.from(text), 'byteLength', { value: 2 ** 31 - 1 })
    expect(await failure(zstdWasmPack(lying, 5))).to.have.property('name', 'RuntimeError')
    await expectWorks('afterwards')
  })
})
