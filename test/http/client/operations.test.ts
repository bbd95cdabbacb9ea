import { expect } from 'chai'
import type { Admin } from '../../../src/admin/admin.ts'
import { httpAdmin } from '../../../src/http/client/http-admin.ts'
import { operationsContract } from '../../contract/admin/operations.ts'
import type { AdminWorld } from '../../contract/admin.ts'
import { sharedCluster } from '../../support/admin-cluster.ts'

describe('operations over HTTP', function () {
  this.timeout(20_000)
  const cluster = sharedCluster()
  let world: AdminWorld | undefined
  let admin: Admin
  before(async () => {
    const { url } = await cluster().serve()
    admin = httpAdmin({ url, timeoutMs: 10_000 })
    world = cluster().world(admin)
  })
  operationsContract(() => world!)

  it('answers the same as remoting does', async () => {
    const over = cluster().admin
    await over.putGroup({ group: 'same' }, { existing: 'keep' })
    const lists: (keyof Admin)[] = ['topicConfigs', 'groupConfigs', 'nameServers', 'topicStats']
    for (const name of lists) {
      const ask = (from: Admin): Promise<unknown> => (from[name] as () => Promise<unknown>)()
      expect(await ask(admin), name).to.deep.equal(JSON.parse(JSON.stringify(await ask(over))))
    }
    expect(await admin.brokerHa({})).to.deep.equal(await over.brokerHa({}))
    expect(await admin.coldFlow({})).to.deep.equal(await over.coldFlow({}))
  })

  it('does not change settings that are not marked as safe', async () => {
    const refused = async (wish: Promise<unknown>): Promise<string> =>
      wish.then(
        () => 'resolved',
        error => error.code
      )
    expect(await refused(admin.setNamesrvConfig([{ key: 'listenPort', value: '1' }]))).to.equal('MQ_NOT_PERMITTED')
    expect(await refused(admin.setBrokerConfig(undefined, [{ key: 'storePathRootDir', value: '/x' }]))).to.equal(
      'MQ_NOT_PERMITTED'
    )
  })

  it('asks for more topics than a request line holds', async () => {
    const names = Array.from({ length: 90 }, (_, at) => `t${String(at).padStart(3, '0')}`.padEnd(100, 'x'))
    const made = names.slice(0, 2)
    for (const topic of made) {
      const spec = { topic, readQueueNums: 1, writeQueueNums: 1, perm: 6, order: false, attributes: {} }
      await cluster().admin.createTopic(spec, { existing: 'fail', wait: false })
    }
    expect((await admin.topicStats(made)).items.map(row => row.topic)).to.deep.equal(made)
    const missing = await admin.topicStats(names).then(
      () => 'resolved',
      error => error.code
    )
    expect(missing, 'it got as far as looking for the third').to.equal('MQ_TOPIC_NOT_FOUND')
  })
})
