import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { Level } from 'level'
import { turn } from '../../src/store/turn.ts'
import { crc32c, findDamage } from '../../src/store/wal-check.ts'
import { seeded } from '../support/seeded.ts'
import { type TempDir, tempDir } from '../support/temp-dir.ts'

describe("check of LevelDB's write-ahead log", () => {
  let dir: TempDir
  let log: Buffer
  before(async () => {
    dir = tempDir()
    const level = new Level<Buffer, Buffer>(dir.path, { keyEncoding: 'buffer', valueEncoding: 'buffer' })
    const random = seeded(1)
    for (let i = 0; i < 40; i++) await level.put(Buffer.from(`${i}`), random.bytes(random.whole(1, 9000)))
    const name = readdirSync(dir.path).find(file => file.endsWith('.log'))!
    log = readFileSync(join(dir.path, name))
    await level.close()
  })
  after(() => dir.remove())

  it('knows the checksum', () => {
    expect(crc32c(Buffer.from('123456789'), 0, 9)).to.equal(0xe306_9283)
  })

  it('passes a whole log, one that was cut anywhere, and one that ends in zeros', async () => {
    expect(log.length).to.be.above(100_000)
    expect(await findDamage(log, turn)).to.equal(-1)
    for (let cut = 0; cut < log.length; cut += 997)
      expect(await findDamage(log.subarray(0, cut), turn), `cut at ${cut}`).to.equal(-1)
    expect(await findDamage(Buffer.concat([log, Buffer.alloc(50_000)]), turn)).to.equal(-1)
  })

  it('passes a last write of which a power cut left any part undone', async () => {
    // One write over many blocks, as a group commit is.
    const level = new Level<Buffer, Buffer>(`${dir.path}/group`, { keyEncoding: 'buffer', valueEncoding: 'buffer' })
    await level.put(Buffer.from('before'), seeded(3).bytes(5_000))
    await level.put(Buffer.from('last'), seeded(4).bytes(400_000))
    const name = readdirSync(`${dir.path}/group`).find(file => file.endsWith('.log'))!
    const written = readFileSync(join(dir.path, 'group', name))
    await level.close()
    const page = 4096
    for (let at = 2 * page; at + page <= written.length; at += page) {
      const torn = Buffer.from(written)
      torn.fill(0, at, at + page)
      expect(await findDamage(torn, turn), `a page of zeros at ${at}`).to.equal(-1)
    }
    const first = Buffer.from(written)
    first.fill(0, 0, page)
    expect(await findDamage(first, turn), 'a page of zeros before the last write').to.equal(0)
  })

  it('sees a changed bit anywhere but in what is taken for a torn last record', async () => {
    const random = seeded(2)
    for (let i = 0; i < 200; i++) {
      const harmed = Buffer.from(log)
      const at = random.whole(0, log.length - 10_000)
      harmed[at] = harmed[at]! ^ (1 << random.whole(0, 7))
      expect(await findDamage(harmed, turn), `byte ${at}`).to.be.within(0, at)
    }
  })
})
