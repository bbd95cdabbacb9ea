/** Brokers have names in `mq`; mqadmin takes their addresses, or a cluster. */
import type { ClusterRow } from '../../admin/admin.ts'
import { MqError } from '../../kit/errors.ts'
import type { Around } from './translate.ts'

/** `clusters` is asked at most once, and only for a line that needs it. */
export const lookUp = (clusters: () => Promise<readonly ClusterRow[]>): Around => {
  let asked: Promise<readonly ClusterRow[]> | undefined
  const rows = (): Promise<readonly ClusterRow[]> => {
    asked ??= clusters()
    return asked
  }
  return {
    brokerAt: async address => {
      const found = (await rows()).find(row => row.address === address)
      if (found !== undefined) return found.brokerName
      const known = (await rows()).map(row => `${row.address} (${row.brokerName})`)
      throw missing(`no broker is registered at ${address}`, known)
    },
    brokersOf: async cluster => {
      const found = (await rows()).filter(row => row.cluster === cluster)
      if (found.length > 0) return [...new Set(found.map(row => row.brokerName))].sort()
      throw missing(
        `there is no cluster ${cluster}`,
        (await rows()).map(row => row.cluster)
      )
    }
  }
}

const missing = (what: string, known: readonly string[]): MqError =>
  new MqError('MQ_NOT_FOUND', what, {
    suggestions: [known.length === 0 ? 'no broker is registered' : `there are: ${[...new Set(known)].join(', ')}`]
  })
