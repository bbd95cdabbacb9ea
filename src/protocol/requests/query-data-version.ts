/**
 * QUERY_DATA_VERSION (322): whether the NameServer's picture of a broker's topics is out of date.
 *
 * Sent by: brokers with forceRegister=false.
 * Java: QueryDataVersionRequestHeader.
 *
 * - Body both ways: DataVersion.
 */
import { bool, long, text } from '../schema.ts'
import { request } from './request.ts'

export const queryDataVersion = request({
  name: 'QUERY_DATA_VERSION',
  code: 322,
  access: 'inner',
  header: {
    brokerName: text,
    brokerAddr: text,
    clusterName: text,
    brokerId: long
  },
  reply: { changed: bool }
})
