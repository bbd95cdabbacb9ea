/**
 * kill -9 of a whole broker while a client in another process sends and keeps the list of what was acknowledged. Read back
 * over the wire, by queue offset, key and message id.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { systemClock } from '../../src/kit/clock.ts'
import { type Send, totalQueue, totalQueueLine, violations } from '../history/checkers.ts'
import { runSeed, seeded } from '../support/seeded.ts'
import { BrokerProcess } from './broker-process.ts'
import { SendClient } from './clients.ts'
import { freePort } from './free-port.ts'
import { otherWaysOfBroker, readBroker } from './read-broker.ts'

const afterMs = (delayMs: number): Promise<void> => new Promise(resolve => systemClock.after(delayMs, resolve))

describe('kill -9 of a broker under a client', function () {
  this.timeout(120_000)

  for (const flushDiskType of ['ASYNC_FLUSH', 'SYNC_FLUSH']) {
    const seed = runSeed()
    it(`${flushDiskType}, seed ${seed}: nothing acknowledged is lost, and sends resume by themselves`, async () => {
      const dir = mkdtempSync(join(tmpdir(), 'mq-broker-kill-'))
      const port = await freePort()
      const options = { flushDiskType, storePathRootDir: join(dir, 'store'), listenPort: port }
      const random = seeded(seed)
      const client = new SendClient({ port, run: 'b', connections: 4, inFlight: 8, log: join(dir, 'acks') })
      const outages: number[] = []
      try {
        for (let life = 0; life < 5; life++) {
          const started = performance.now()
          const broker = await BrokerProcess.start({ options })
          const before = client.count('a')
          while (client.count('a') === before) await afterMs(5)
          outages.push(performance.now() - started)
          await afterMs(random.whole(600, 1_800))
          await broker.kill()
        }
        await client.stop()
        const sends: Send[] = client.sends()
        const broker = await BrokerProcess.start({ options })
        const reader = await broker.client()
        const back = await readBroker(reader)
        const found = [
          ...violations(sends, back.reads, back.removedBelow),
          ...(await otherWaysOfBroker(reader, port, back, sends, random, 300))
        ]
        console.log(`      ${totalQueueLine(totalQueue(sends, back.reads))}`)
        console.log(`      start to first acknowledgement: ${outages.map(ms => Math.round(ms)).join(', ')} ms`)
        reader.destroy()
        await broker.kill()
        expect(found, `MQ_SEED=${seed}`).to.deep.equal([])
      } finally {
        client.kill()
        rmSync(dir, { recursive: true, force: true })
      }
    })
  }
})
