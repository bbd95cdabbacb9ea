import { randomBytes } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import { expect } from 'chai'
import fc from 'fast-check'
import type { MqError } from '../../src/kit/errors.ts'
import { compress, decompress } from '../../src/protocol/compression.ts'
import { lz4Extent } from '../../src/protocol/lz4.ts'
import { type Compression, messageFlags } from '../../src/protocol/system-flags.ts'
import { zstdExtent } from '../../src/protocol/zstd.ts'

const flagsOf = { zlib: 0x301, lz4: 0x101, zstd: 0x201 } as const
type Kind = keyof typeof flagsOf
const kinds = Object.keys(flagsOf) as Kind[]

const text = Buffer.from('a body that repeats itself; '.repeat(40))
/** What Java's clients send for this text: lz4-java's LZ4FrameOutputStream, zstd-jni's ZstdOutputStream at level 5. */
const javas: Readonly<Record<Kind, Buffer>> = {
  zlib: deflateSync(text, { level: 5 }),
  lz4: Buffer.from('BCJNGGBwcysAAAD/DWEgYm9keSB0aGF0IHJlcGVhdHMgaXRzZWxmOyAcAP////8wUGVsZjsgAAAAAA==', 'base64'),
  zstd: Buffer.from('KLUv/QBYJQEA4GEgYm9keSB0aGF0IHJlcGVhdHMgaXRzZWxmOyABAATx/3QC', 'base64')
}

const failure = async (work: Promise<unknown>): Promise<MqError> =>
  work.then(
    () => {
      throw new Error('it should have failed')
    },
    error => error
  )

/** A frame that says how large its content is, and holds next to nothing. */
const lz4Claiming = (bytes: bigint): Buffer => {
  const frame = Buffer.from('04224d186870000000000000000000' + '00000000', 'hex')
  frame.writeBigUInt64LE(bytes, 6)
  return frame
}
const zstdClaiming = (bytes: bigint): Buffer => {
  const frame = Buffer.from('28b52ffde0' + '0000000000000000' + '010000', 'hex')
  frame.writeBigUInt64LE(bytes, 5)
  return frame
}
/** Many blocks, each a run of one byte: 128 KiB out of 4 bytes. */
const zstdRuns = (blocks: number): Buffer => {
  const run = Buffer.from([(131_072 << 3) | 2, ((131_072 << 3) | 2) >> 8, ((131_072 << 3) | 2) >> 16, 7])
  const last = Buffer.from([3, 0, 0, 7])
  return Buffer.concat([Buffer.from('28b52ffd0058', 'hex'), ...Array.from({ length: blocks }, () => run), last])
}

describe('compression', () => {
  for (const kind of kinds) {
    it(`${kind}: reads what Java writes, and its own`, async () => {
      expect((await decompress(flagsOf[kind], javas[kind])).equals(text)).to.equal(true)
      const packed = await compress(kind, text, 5)
      expect(packed!.sysFlag).to.equal(flagsOf[kind])
      expect(packed!.body.length).to.be.lessThan(text.length / 5)
      expect((await decompress(packed!.sysFlag, packed!.body)).equals(text)).to.equal(true)
    })

    it(`${kind}: any body comes back as it was`, async () => {
      const body = fc.oneof(
        fc.uint8Array({ minLength: 1, maxLength: 3000 }),
        fc
          .tuple(fc.uint8Array({ minLength: 1, maxLength: 20 }), fc.integer({ min: 1, max: 30_000 }))
          .map(([part, times]) =>
            Uint8Array.from({ length: Math.min(300_000, part.length * times) }, (_, at) => part[at % part.length]!)
          )
      )
      const comesBack = async (bytes: Uint8Array): Promise<void> => {
        const before = Buffer.from(bytes)
        const packed = await compress(kind, before, 1)
        if (packed === undefined) return
        expect(packed.body.length).to.be.lessThan(before.length)
        expect((await decompress(packed.sysFlag, packed.body)).equals(before)).to.equal(true)
      }
      await fc.assert(fc.asyncProperty(body, comesBack), { numRuns: 40 })
    })

    it(`${kind}: what does not get smaller stays as it is`, async () => {
      expect(await compress(kind, randomBytes(5000), 5)).to.equal(undefined)
    })

    it(`${kind}: no bytes at all make it fail in another way than by its own error`, async () => {
      const isRefused = async (bytes: Uint8Array, at: number, byte: number): Promise<void> => {
        const bent = Buffer.from(javas[kind])
        bent[at % bent.length] = byte
        for (const body of [Buffer.from(bytes), bent, bent.subarray(0, at % bent.length)]) {
          const result = await decompress(flagsOf[kind], body, 1 << 20).catch(error => error)
          expect(Buffer.isBuffer(result) || result.code === 'MQ_MESSAGE_INVALID', String(result)).to.equal(true)
        }
      }
      const bytes = fc.uint8Array({ maxLength: 60 })
      await fc.assert(fc.asyncProperty(bytes, fc.nat(10_000), fc.nat(255), isRefused), { numRuns: 60 })
    })

    it(`${kind}: a bomb is refused before it costs memory`, async () => {
      const zeros = Buffer.alloc(8 << 20)
      const packed = await compress(kind, zeros, 5)
      const before = process.memoryUsage().rss
      const error = await failure(decompress(packed!.sysFlag, packed!.body, 1 << 20))
      expect(error).to.include({ code: 'MQ_MESSAGE_INVALID' })
      expect(error.message).to.contain('decompressedBytesMax')
      expect(process.memoryUsage().rss - before).to.be.lessThan(64 << 20)
      expect((await decompress(packed!.sysFlag, packed!.body, 8 << 20)).length).to.equal(8 << 20)
    })
  }

  it('a size that is only claimed is refused too', async () => {
    for (const claimed of [33n << 20n, 1n << 40n, (1n << 64n) - 1n]) {
      for (const [kind, body] of [['lz4', lz4Claiming(claimed)] as const, ['zstd', zstdClaiming(claimed)] as const]) {
        const error = await failure(decompress(flagsOf[kind], body))
        expect(error.message, `${kind} ${claimed}`).to.contain('decompressedBytesMax')
      }
    }
    expect((await failure(decompress(flagsOf.zstd, zstdRuns(1000)))).message).to.contain('decompressedBytesMax')
    expect((await decompress(flagsOf.zstd, zstdRuns(10))).length).to.equal(10 * 131_072)
  })

  it('only the first frame counts: what follows it cannot hide anything', async () => {
    const two = Buffer.concat([javas.lz4, javas.lz4])
    expect(lz4Extent(two)).to.deep.equal({ end: javas.lz4.length, bytesMax: 43 * 255 })
    expect((await decompress(flagsOf.lz4, two)).length).to.equal(text.length)
    const zstdTwo = Buffer.concat([javas.zstd, javas.zstd])
    expect(zstdExtent(zstdTwo)).to.deep.equal({ end: javas.zstd.length, bytesMax: 131_072 })
    expect((await decompress(flagsOf.zstd, zstdTwo)).length).to.equal(text.length)
  })

  it('follows the type bits as Java does: none for old senders means zlib, an unknown one is refused', async () => {
    const old = messageFlags.COMPRESSED
    expect((await decompress(old, javas.zlib)).equals(text)).to.equal(true)
    expect(await decompress(0x200, javas.zlib), 'not marked as compressed').to.equal(javas.zlib)
    expect(await failure(decompress(old | 0x400, javas.zlib))).to.include({ code: 'MQ_MESSAGE_INVALID' })
  })

  it('none compresses nothing', async () => {
    expect(await compress('none' satisfies Compression, text, 5)).to.equal(undefined)
  })
})
