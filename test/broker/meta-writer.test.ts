import { expect } from 'chai'
import { MetaWriter } from '../../src/broker/meta-writer.ts'
import type { MetaChange } from '../../src/store/contract.ts'
import { memoryMeta } from '../support/memory-meta.ts'

const change = (key: string): MetaChange => ({ table: 'topic', key, value: key })

describe('meta writer', () => {
  it('writes what comes while a batch is written as one more batch', async () => {
    const meta = memoryMeta()
    const writer = new MetaWriter(meta)
    const release = meta.hold()
    const first = writer.write([change('a')])
    await Promise.resolve()
    await Promise.resolve()
    const rest = [writer.write([change('b')]), writer.write([change('c'), change('d')])]
    release()
    await Promise.all([first, ...rest])
    expect(meta.batches).to.deep.equal([1, 3])
    expect([...(await meta.rows('topic')).keys()]).to.deep.equal(['a', 'b', 'c', 'd'])
  })

  it('rejects the calls of a batch that failed, and goes on with the next', async () => {
    const meta = memoryMeta()
    const writer = new MetaWriter(meta)
    meta.failure = new Error('no space')
    const failed = await writer.write([change('a')]).catch((error: Error) => error.message)
    expect(failed).to.equal('no space')
    meta.failure = undefined
    await writer.write([change('b')])
    await writer.idle()
    expect([...(await meta.rows('topic')).keys()]).to.deep.equal(['b'])
  })
})
