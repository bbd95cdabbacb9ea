import { expect } from 'chai'
import { json, ops, run } from '../support/ops-cluster.ts'

const apply = (input: string, ...flags: string[]) => ops().run(['apply', '-f', '-', ...flags], { input })
const rows = async (input: string, ...flags: string[]) =>
  (JSON.parse((await apply(input, '--json', ...flags)).stdout) as { items: Record<string, unknown>[] }).items

const manifests = `
apiVersion: mq/v1
kind: Topic
metadata: {name: applied}
spec: {type: FIFO, queues: 3}
---
kind: ConsumerGroup
metadata: {name: applied-group}
spec: {orderly: true, maxRetries: 4}
`

describe('mq apply', () => {
  it('creates, changes, and leaves what is right', async () => {
    const planned = await rows(manifests, '--dry-run')
    expect(planned.map(row => [row['name'], row['action'], row['outcome']])).to.deep.equal([
      ['applied', 'create', 'planned'],
      ['applied-group', 'create', 'planned']
    ])
    expect((await run('topic', 'route', 'applied')).code, 'a dry run changes nothing').to.equal(4)
    expect((await apply(manifests)).code, 'nobody was asked').to.equal(11)
    expect((await rows(manifests, '--yes')).map(row => row['outcome'])).to.deep.equal(['done', 'done'])
    expect(await json('topic', 'describe', 'applied')).to.include({ type: 'FIFO' })
    const again = await apply(manifests, '--json')
    expect(again.code).to.equal(0)
    expect((await rows(manifests)).map(row => row['outcome'])).to.deep.equal(['unchanged', 'unchanged'])
    const [changed] = await rows(manifests.replace('queues: 3', 'queues: 5, perm: R'), '--yes')
    expect(changed).to.deep.include({
      action: 'update',
      outcome: 'done',
      changes: [
        { field: 'readQueues', before: '3', after: '5' },
        { field: 'writeQueues', before: '3', after: '5' },
        { field: 'perm', before: 'RW', after: 'R' }
      ]
    })
    const { brokers } = await json<{ brokers: object[] }>('topic', 'describe', 'applied')
    expect(brokers[0]).to.deep.include({ readQueueNums: 5, perm: 'R', attributes: { 'message.type': 'FIFO' } })
  })

  it('reads the files of mqadmin', async () => {
    const topics =
      '[{"topicName":"from-list","readQueueNums":2,"writeQueueNums":2,"perm":6,"attributes":{"+message.type":"DELAY"}}]'
    expect((await rows(topics, '--yes'))[0]).to.include({ name: 'from-list', outcome: 'done' })
    expect(await json('topic', 'describe', 'from-list')).to.include({ type: 'DELAY' })
    const groups = '[{"groupName":"from-list-group","retryMaxTimes":9,"consumeEnable":true}]'
    expect((await rows(groups, '--yes'))[0]).to.include({ kind: 'ConsumerGroup', outcome: 'done' })
    const meta = JSON.stringify({
      exportTime: 1,
      topicConfigTable: { 'from-list': JSON.parse(topics)[0] },
      subscriptionGroupTable: { 'from-list-group': JSON.parse(groups)[0] }
    })
    expect((await rows(meta)).map(row => row['outcome'])).to.deep.equal(['unchanged', 'unchanged'])
  })

  it('tells what failed beside what was done', async () => {
    const mixed = `${manifests.replaceAll('applied', 'half')}---
kind: Topic
metadata: {name: refused}
spec: {attributes: {no.such: x}}
`
    const done = await apply(mixed, '--yes', '--json')
    expect(done.code).to.equal(3)
    const { items } = JSON.parse(done.stdout) as { items: { outcome: string; error?: string }[] }
    expect(items.map(row => row.outcome)).to.deep.equal(['done', 'done', 'failed'])
    expect(items[2]!.error).to.contain('no.such')
  })

  it('refuses what is no manifest, with the place', async () => {
    const wrong: readonly (readonly [string, string])[] = [
      ['kind: Topic\nmetadata: {name: x}\nspec: {queus: 3}', 'did you mean queues?'],
      ['kind: Topik\nmetadata: {name: x}', 'Topik'],
      ['kind: Topic\nmetadata: {}', 'has no name'],
      ['kind: Topic\nmetadata: {name: x}\nspec: {queues: many}', 'queues is no whole number'],
      ['a: [1', 'line'],
      ['just text', 'no manifest'],
      ['apiVersion: mq/v9\nkind: Topic\nmetadata: {name: x}', 'mq/v9'],
      ['kind: Topic\nmetadata: {name: x}\n---\nkind: Topic\nmetadata: {name: x}', 'twice'],
      ['a: &a [x]\nb: *a', 'standard input']
    ]
    for (const [text, why] of wrong) {
      const { code, stderr } = await apply(text, '--yes')
      expect(code, text).to.equal(2)
      expect(stderr, text).to.contain(why)
    }
    expect((await run('apply', '-f', '/no/such/file')).code).to.equal(2)
    const elsewhere = 'kind: Topic\nmetadata: {name: x, cluster: other}'
    expect((await apply(elsewhere, '--yes')).code).to.equal(4)
  })
})
