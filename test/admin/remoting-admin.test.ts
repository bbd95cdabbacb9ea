import { groupsContract } from '../contract/admin/groups.ts'
import { messagesContract } from '../contract/admin/messages.ts'
import { streamsContract } from '../contract/admin/streams.ts'
import { type AdminWorld, adminContract } from '../contract/admin.ts'
import { sharedCluster } from '../support/admin-cluster.ts'

describe('admin over remoting', function () {
  this.timeout(20_000)
  const cluster = sharedCluster()
  let world: AdminWorld | undefined
  const worldOf = (): AdminWorld => (world ??= cluster().world(cluster().admin))
  adminContract(worldOf)
  describe('groups and their members', () => groupsContract(worldOf))
  describe('messages and what became of them', () => messagesContract(worldOf))
  streamsContract(worldOf)
})
