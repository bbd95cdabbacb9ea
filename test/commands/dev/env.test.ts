import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { parseSeedTopic, readSeeds } from '../../../src/cli/dev-setup.ts'
import { MqError } from '../../../src/kit/errors.ts'
import { mq } from '../../support/mq.ts'
import { tempDir } from '../../support/temp-dir.ts'

describe('mq dev env', () => {
  it('leads clients to the one that runs, with the topics and groups that it was seeded with', async function () {
    this.timeout(60_000)
    const dir = tempDir()
    const file = join(dir.path, 'seed.yaml')
    writeFileSync(
      file,
      `kind: Topic
metadata: {name: orders}
spec: {type: FIFO, queues: 3}
---
kind: ConsumerGroup
metadata: {name: billing}
spec: {maxRetries: 5}
`
    )
    const data = join(dir.path, 'data')
    const start = ['dev', '--ports', 'auto', '--data-dir', data, '--detach', '--seed', file, '--topic', 'audit:2']
    const started = await mq([...start, '--print-env', 'dotenv'])
    expect(started.code, started.stderr).to.equal(0)
    expect(started.stdout).to.match(/^NAMESRV_ADDR=127\.0\.0\.1:\d+\nMQ_API=http:\/\/127\.0\.0\.1:\d+\n$/)
    try {
      const env = (...more: string[]) => mq(['dev', 'env', '--data-dir', data, ...more])
      expect((await env('--as', 'dotenv')).stdout).to.equal(started.stdout)
      expect((await env()).stdout).to.equal(started.stdout.replaceAll(/^/gm, 'export ').slice(0, -'export '.length))
      const variables = JSON.parse((await env('--json')).stdout)
      expect(variables).to.have.keys('NAMESRV_ADDR', 'MQ_API')
      const orders = await mq(['topic', 'describe', 'orders', '--json'], { env: variables })
      expect(JSON.parse(orders.stdout)).to.include({ type: 'FIFO' })
      expect(JSON.parse(orders.stdout).queues).to.have.length(3)
      const audit = await mq(['topic', 'describe', 'audit', '--json'], { env: variables })
      expect(JSON.parse(audit.stdout).queues).to.have.length(2)
      const billing = await mq(['group', 'describe', 'billing', '--json'], { env: variables })
      expect(JSON.parse(billing.stdout).brokers[0]).to.include({ retryMaxTimes: 5 })
      const running = await mq(['dev', 'reset', '--data-dir', data, '--confirm', 'dev'])
      expect(running.code).to.equal(5)
    } finally {
      await mq(['dev', 'stop', '--data-dir', data])
    }
    expect((await mq(['dev', 'env', '--data-dir', data])).code).to.equal(4)
    expect(readFileSync(join(data, 'dev.log'), 'utf8')).to.contain('boot success')
    dir.remove()
  })

  it('refuses seeds that it cannot read', async () => {
    const dir = tempDir()
    const file = join(dir.path, 'seed.yaml')
    const wrong = [
      'kind: [',
      'kind: Thing\nmetadata: {name: x}',
      'kind: Topic',
      'kind: Topic\nmetadata: {name: x}\nspec: {queues: many}',
      'just text'
    ]
    for (const text of wrong) {
      writeFileSync(file, text)
      const failure = await readSeeds(file).catch(error => error)
      expect(failure, text).to.be.instanceOf(MqError)
      expect(failure.message).to.match(/^the file .* of --seed /)
    }
    for (const text of ['x:0', ':3', 'x:2:odd', 'x:2:NONE']) expect(() => parseSeedTopic(text), text).to.throw(MqError)
    expect(parseSeedTopic('orders:8:FIFO')).to.deep.equal({ topic: 'orders', queues: 8, type: 'FIFO' })
    // Before anything is started.
    expect((await mq(['dev', '--data-dir', join(dir.path, 'data'), '--seed', file])).code).to.equal(2)
    expect(existsSync(join(dir.path, 'data'))).to.equal(false)
    dir.remove()
  })
})
