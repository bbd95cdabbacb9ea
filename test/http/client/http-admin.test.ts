import { expect } from 'chai'
import type { Admin } from '../../../src/admin/admin.ts'
import { httpAdmin } from '../../../src/http/client/http-admin.ts'
import type { MqError } from '../../../src/kit/errors.ts'
import { groupsContract } from '../../contract/admin/groups.ts'
import { messagesContract } from '../../contract/admin/messages.ts'
import { streamsContract } from '../../contract/admin/streams.ts'
import { type AdminWorld, adminContract, codeOf } from '../../contract/admin.ts'
import { sharedCluster } from '../../support/admin-cluster.ts'
import { type CheckingProxy, checkingProxy } from '../../support/checking-proxy.ts'

describe('admin over HTTP', function () {
  this.timeout(20_000)
  const cluster = sharedCluster()
  let world: AdminWorld | undefined
  let proxy: CheckingProxy | undefined
  let admin: Admin
  before(async () => {
    proxy = await checkingProxy((await cluster().serve()).url)
    admin = httpAdmin({ url: proxy.url, timeoutMs: 10_000 })
    world = cluster().world(admin)
  })
  after(() => proxy?.close())
  adminContract(() => world!)
  describe('groups and their members', () => groupsContract(() => world!))
  describe('messages and what became of them', () => messagesContract(() => world!))
  streamsContract(() => world!)

  it('answers the same as remoting does', async () => {
    const over = cluster().admin
    await over.putGroup({ group: 'same' }, { existing: 'keep' })
    const pairs: (keyof Admin)[] = ['topics', 'groups', 'brokerConfig', 'namesrvConfig', 'consumers', 'producers']
    for (const name of pairs) {
      const ask = (from: Admin): Promise<unknown> => (from[name] as () => Promise<unknown>)()
      expect(await ask(admin), name).to.deep.equal(JSON.parse(JSON.stringify(await ask(over))))
    }
    expect(await admin.describeGroup('same')).to.deep.equal(await over.describeGroup('same'))
  })

  it('gives errors with their code, sentence and suggestions', async () => {
    await cluster().admin.putGroup({ group: 'billing' }, { existing: 'keep' })
    const caught = async (from: Admin): Promise<MqError> =>
      from.describeGroup('biling').then(
        () => expect.fail('it is not there'),
        error => error
      )
    const [here, there] = [await caught(cluster().admin), await caught(admin)]
    expect(there).to.include({ code: here.code, message: here.message, exitCode: 4 })
    expect(there.suggestions).to.deep.equal(here.suggestions).and.include('did you mean billing?')
  })

  it('says that nothing answers', async () => {
    const nobody = httpAdmin({ url: 'http://127.0.0.1:1', timeoutMs: 1000 })
    expect(await codeOf(nobody.topics())).to.equal('MQ_CONNECT_FAILED')
  })

  // A suite, since those run after the tests that stand beside them, in their order.
  describe('in all of this', () => {
    it('gave each answer as its endpoint declares it', () => {
      expect(proxy!.faults).to.deep.equal([])
      expect(proxy!.seen.size).to.be.greaterThan(30)
    })
  })
})
