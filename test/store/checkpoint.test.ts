import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { Checkpoint, type CheckpointValues, decodeSlot, encodeSlot } from '../../src/store/checkpoint.ts'
import { fdatasync } from '../../src/store/durable-files.ts'
import { type TempDir, tempDir } from '../support/temp-dir.ts'

const values = (logEnd: number): CheckpointValues => ({
  logEnd,
  queuesEnd: logEnd - 1,
  indexEnd: logEnd - 2,
  metaSequence: 9,
  storeTimestamp: 1_700_000_000_000,
  clean: 0
})

describe('checkpoint', () => {
  let dir: TempDir
  beforeEach(() => {
    dir = tempDir()
  })
  afterEach(() => dir.remove())
  const open = () => Checkpoint.open(join(dir.path, 'checkpoint'), fdatasync)

  it('slots come back, and not with any bit changed', () => {
    const slot = encodeSlot(5, values(100))
    expect(decodeSlot(slot)).to.deep.equal({ sequence: 5, values: values(100) })
    for (let bit = 0; bit < 68 * 8; bit++) {
      const harmed = Buffer.from(slot)
      harmed[bit >> 3] = harmed[bit >> 3]! ^ (1 << (bit & 7))
      expect(decodeSlot(harmed)).to.equal(undefined)
    }
  })

  it('remembers the last write, and the one before when the last is torn', async () => {
    const checkpoint = await open()
    expect(checkpoint.values).to.equal(undefined)
    for (const end of [100, 200, 300]) await checkpoint.write(values(end))
    await checkpoint.close()
    const path = join(dir.path, 'checkpoint')
    let again = await open()
    expect(again.values).to.deep.equal(values(300))
    await again.close()
    const bytes = readFileSync(path)
    bytes.fill(0xff, 4096 + 20, 4096 + 60)
    writeFileSync(path, bytes)
    again = await open()
    expect(again.values).to.deep.equal(values(200))
    await again.write(values(400))
    await again.close()
    again = await open()
    expect(again.values).to.deep.equal(values(400))
    await again.close()
  })

  it('a crash in the middle of a write leaves the one before', async () => {
    const checkpoint = await open()
    await checkpoint.write(values(100))
    let image = Buffer.alloc(0)
    await checkpoint.write(values(200), () => {
      image = readFileSync(join(dir.path, 'checkpoint'))
    })
    await checkpoint.close()
    writeFileSync(join(dir.path, 'checkpoint'), image)
    const again = await open()
    expect(again.values).to.deep.equal(values(100))
    await again.close()
  })
})
