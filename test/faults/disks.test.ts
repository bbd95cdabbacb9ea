import { closeSync, existsSync, fsyncSync, openSync, readdirSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { LoopDisk, removeTools } from './disks.ts'

describe('a disk that can fail', () => {
  let disk: LoopDisk
  before(() => {
    disk = new LoopDisk(64)
  })
  after(() => {
    disk.destroy()
    removeTools()
  })

  it('keeps over a power cut what was synced, loses what was not, and refuses everything in between', () => {
    const synced = openSync(join(disk.path, 'synced'), 'w')
    writeSync(synced, Buffer.alloc(9_000, 1))
    fsyncSync(synced)
    closeSync(synced)
    writeFileSync(join(disk.path, 'not-synced'), Buffer.alloc(9_000, 2))
    disk.cut()
    expect(() => writeFileSync(join(disk.path, 'later'), 'x')).to.throw(/EIO/)
    disk.restore()
    expect(existsSync(join(disk.path, 'synced'))).to.equal(true)
    expect(readdirSync(disk.path)).not.to.include.members(['not-synced'])
  })

  it('can be filled to the last block and freed', () => {
    disk.fill(0)
    expect(() => writeFileSync(join(disk.path, 'x'), Buffer.alloc(100_000))).to.throw(/ENOSPC/)
    disk.free()
    writeFileSync(join(disk.path, 'x'), Buffer.alloc(100_000))
  })
})
