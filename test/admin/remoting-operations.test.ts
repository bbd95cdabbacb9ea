import { operationsContract } from '../contract/admin/operations.ts'
import type { AdminWorld } from '../contract/admin.ts'
import { sharedCluster } from '../support/admin-cluster.ts'

describe('operations over remoting', function () {
  this.timeout(20_000)
  const cluster = sharedCluster()
  let world: AdminWorld | undefined
  operationsContract(() => (world ??= cluster().world(cluster().admin)))
})
