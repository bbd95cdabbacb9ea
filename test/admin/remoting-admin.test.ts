import { type AdminWorld, adminContract } from '../contract/admin.ts'
import { sharedCluster } from '../support/admin-cluster.ts'

describe('admin over remoting', function () {
  this.timeout(20_000)
  const cluster = sharedCluster()
  let world: AdminWorld | undefined
  adminContract(() => (world ??= cluster().world(cluster().admin)))
})
