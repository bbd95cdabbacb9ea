/** Answers REGISTER_BROKER. The wire side is described in src/protocol/requests/register-broker.ts. */
import { crc32 } from 'node:zlib'
import { noDataVersion } from '../../protocol/bodies/data-version.ts'
import { kvTableShape } from '../../protocol/bodies/kv-table.ts'
import { type RegisterBrokerBody, readRegisterBrokerBody } from '../../protocol/bodies/register-broker-body.ts'
import { writeBody } from '../../protocol/bodies/shape.ts'
import { plainTopics } from '../../protocol/bodies/topic-config-wrapper.ts'
import { emptyBody } from '../../protocol/command.ts'
import { registerBroker } from '../../protocol/requests/register-broker.ts'
import { responseCodes } from '../../protocol/response-codes.ts'
import { readAdvertised } from '../../remoting/advertise.ts'
import { type Route, route } from '../../remoting/router.ts'
import { type KvConfig, orderTopicNamespace } from '../kv-config.ts'
import type { NamesrvParts } from '../parts.ts'

type Parts = Pick<NamesrvParts, 'routes' | 'kv' | 'config' | 'clock' | 'log'>

export const registerBrokerRoute = ({ routes, kv, config, clock, log }: Parts): Route =>
  route(registerBroker, async (header, { command, body, peer }) => {
    if (!isIntact(body, header.bodyCrc32 ?? 0)) {
      return { code: responseCodes.SYSTEM_ERROR, remark: 'crc32 not match' }
    }
    const { topicConfigSerializeWrapper: wrapper, filterServerList } = await bodyOf(
      body,
      header.compressed ?? false,
      command.version
    )
    // Reading a deflated body takes a while; what its connection registered would never be taken out again.
    if (peer.closed) return undefined
    const { brokerName, brokerAddr, clusterName, brokerId } = header
    const known = routes.live(clusterName, brokerAddr) !== undefined
    const registration = {
      brokerName,
      brokerAddr,
      clusterName,
      brokerId,
      haServerAddr: header.haServerAddr,
      zoneName: header.__ZONE_NAME,
      heartbeatTimeoutMs: header.heartbeatTimeoutMillis,
      enableActingMaster: header.enableActingMaster,
      dataVersion: wrapper.dataVersion,
      topics: wrapper.topicConfigTable,
      mappings: wrapper.topicQueueMappingInfoMap,
      filterServers: filterServerList,
      advertised: readAdvertised(header.mqAdvertise),
      registrant: peer
    }
    const rules = { deleteTopicWithBrokerRegistration: config.get('deleteTopicWithBrokerRegistration') }
    const registered = routes.register(registration, clock.monotonic(), rules)
    const fields = { brokerName, brokerAddr, clusterName, brokerId }
    if (!registered.taken) {
      log.warn({ ...fields, reason: registered.reason }, 'a registration was not taken')
      if (registered.reason !== 'older state version') {
        return { code: responseCodes.SYSTEM_ERROR, remark: 'register broker failed' }
      }
      // As Apache does: the broker is not told, and finds out by the route.
      return { header: {}, body: orderTopics(kv, config.get('returnOrderTopicConfigToBroker')) }
    }
    if (!known) log.info({ ...fields, topics: wrapper.topicConfigTable.size }, 'a broker has registered')
    const { masterAddr, haServerAddr } = registered
    return {
      header: {
        ...(masterAddr === undefined ? {} : { masterAddr }),
        ...(haServerAddr === undefined ? {} : { haServerAddr })
      },
      body: orderTopics(kv, config.get('returnOrderTopicConfigToBroker'))
    }
  })

const isIntact = (body: Buffer, expected: number): boolean => expected === 0 || (crc32(body) & 0x7fffffff) === expected

const bodyOf = async (body: Buffer, compressed: boolean, version: number): Promise<RegisterBrokerBody> =>
  body.length === 0
    ? { topicConfigSerializeWrapper: plainTopics(new Map(), noDataVersion), filterServerList: [] }
    : readRegisterBrokerBody(body, compressed, version)

const orderTopics = (kv: KvConfig, wanted: boolean): Buffer => {
  const table = wanted ? kv.list(orderTopicNamespace) : undefined
  return table === undefined ? emptyBody : writeBody(kvTableShape, { table })
}
