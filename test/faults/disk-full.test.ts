/**
 * A disk that fills up under a broker and is freed again. Before it is full, the watermark refuses sends while everything
 * else works (B2); even when a write really fails, nothing acknowledged is lost and sends resume without a restart (B1).
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { systemClock } from '../../src/kit/clock.ts'
import { totalQueue, totalQueueLine, violations } from '../history/checkers.ts'
import { BrokerProcess } from './broker-process.ts'
import { SendClient } from './clients.ts'
import { LoopDisk, removeTools } from './disks.ts'
import { freePort } from './free-port.ts'
import { readBroker } from './read-broker.ts'
import { topic } from './traffic.ts'

const MiB = 1024 * 1024
const afterMs = (delayMs: number): Promise<void> => new Promise(resolve => systemClock.after(delayMs, resolve))

const until = async (holds: () => boolean, what: string, timeoutMs: number): Promise<number> => {
  const started = performance.now()
  while (!holds()) {
    if (performance.now() - started > timeoutMs) throw new Error(`${timeoutMs} ms are over before ${what}`)
    await afterMs(20)
  }
  return performance.now() - started
}

describe('a full disk under a broker', function () {
  this.timeout(180_000)
  let disk: LoopDisk
  let home: string
  beforeEach(() => {
    disk = new LoopDisk(400)
    home = mkdtempSync(join(tmpdir(), 'mq-full-'))
  })
  afterEach(() => {
    disk.destroy()
    rmSync(home, { recursive: true, force: true })
  })
  after(removeTools)

  for (const [name, leaveBytes, ending] of [
    ['to the last block, then kill -9', 0, 'kill'],
    ['to the last block, then a power cut', 0, 'cut'],
    ['to the watermark, then kill -9', 20 * MiB, 'kill']
  ] as const) {
    it(`${name}: nothing acknowledged is lost, sends resume without a restart`, async () => {
      const port = await freePort()
      const options = {
        flushDiskType: 'SYNC_FLUSH',
        storePathRootDir: join(disk.path, 'store'),
        listenPort: port,
        diskSpaceFreeBytesMin: leaveBytes === 0 ? 0 : 32 * MiB
      }
      const broker = await BrokerProcess.start({ options })
      const client = new SendClient({ port, run: 'd', connections: 2, inFlight: 8, log: join(home, 'acks') })
      const good = (): number => client.count('a')
      const refused = (): number => client.count('r')
      try {
        await until(() => good() > 200, 'the first sends', 20_000)
        disk.fill(leaveBytes)
        await until(() => refused() > 20, 'sends were refused', 20_000)
        // While sends are refused, everything else is answered.
        const other = await broker.client()
        expect((await other.ask(30, { topic, queueId: 0 })).code, 'max offset').to.equal(0)
        const pulled = await other.ask(11, {
          consumerGroup: 'full-group',
          topic,
          queueId: 0,
          queueOffset: 0,
          maxMsgNums: 8,
          sysFlag: 4,
          commitOffset: 0,
          suspendTimeoutMillis: 0,
          subscription: '*',
          subVersion: 0
        })
        expect(pulled.code, pulled.remark).to.equal(0)
        other.destroy()
        await afterMs(2_000)
        disk.free()
        const before = good()
        const backMs = await until(() => good() > before + 100, 'sends resumed', 20_000)
        await afterMs(700)
        expect(broker.alive, broker.said).to.equal(true)
        await client.stop()
        if (ending === 'cut') disk.cut()
        await broker.kill()
        if (ending === 'cut') disk.restore()
        const again = await BrokerProcess.start({ options })
        const reader = await again.client()
        const back = await readBroker(reader)
        reader.destroy()
        await again.kill()
        const sends = client.sends()
        console.log(
          `      ${totalQueueLine(totalQueue(sends, back.reads))}; resumed ${Math.round(backMs)} ms after space came back`
        )
        const refusals = new Set(
          sends.flatMap(send => (send.refusal === undefined ? [] : [send.refusal.slice(0, 120)]))
        )
        console.log(`      told: ${[...refusals].slice(0, 3).join(' | ')}`)
        expect(violations(sends, back.reads, back.removedBelow)).to.deep.equal([])
        expect(backMs).to.be.at.most(5_000)
      } finally {
        client.kill()
        if (broker.alive) await broker.kill()
      }
    })
  }
})
