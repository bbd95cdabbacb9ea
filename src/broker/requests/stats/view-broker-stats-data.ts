/** Answers VIEW_BROKER_STATS_DATA. The wire side is described in src/protocol/requests/view-broker-stats-data.ts. */
import { brokerStatsShape } from '../../../protocol/bodies/broker-stats.ts'
import { writeBody } from '../../../protocol/bodies/shape.ts'
import { viewBrokerStatsData } from '../../../protocol/requests/view-broker-stats-data.ts'
import { responseCodes } from '../../../protocol/response-codes.ts'
import { type Route, route } from '../../../remoting/router.ts'
import type { BrokerParts } from '../../broker-parts.ts'
import type { BrokerTraffic } from '../../stats/traffic.ts'
import type { Counted, Counter, WindowName } from '../../stats/windows.ts'

type Parts = Pick<BrokerParts, 'clock' | 'identity' | 'traffic'>

/** A figure: whose counter it is, and which of the counter's numbers. */
interface Figure {
  readonly what: Counted
  counter(traffic: BrokerTraffic, key: string, clusterName: string): Counter | undefined
}

const ofTopic: Figure['counter'] = (traffic, key) => traffic.ofTopic(key)

/** Neither a topic nor a group may have `@` in its name. */
const split = (key: string): readonly [topic: string, group: string] => {
  const at = key.indexOf('@')
  return [key.slice(0, at), key.slice(at + 1)]
}

const ofGroup: Figure['counter'] = (traffic, key) => {
  const [topic, group] = split(key)
  return traffic.ofGroup(group, topic)
}

const figures: ReadonlyMap<string, Figure> = new Map<string, Figure>([
  ['TOPIC_PUT_NUMS', { what: 'messages', counter: ofTopic }],
  ['TOPIC_PUT_SIZE', { what: 'bytes', counter: ofTopic }],
  ['GROUP_GET_NUMS', { what: 'messages', counter: ofGroup }],
  ['GROUP_GET_SIZE', { what: 'bytes', counter: ofGroup }],
  [
    'SNDBCK_PUT_NUMS',
    {
      what: 'messages',
      counter(traffic, key) {
        const [topic, group] = split(key)
        return traffic.ofSendsBack(group, topic)
      }
    }
  ],
  ['BROKER_PUT_NUMS', { what: 'messages', counter: ({ all }, key, own) => (key === own ? all.stored : undefined) }],
  ['BROKER_GET_NUMS', { what: 'messages', counter: ({ all }, key, own) => (key === own ? all.delivered : undefined) }]
])

export const viewBrokerStatsDataRoute = ({ clock, identity, traffic }: Parts): Route =>
  route(viewBrokerStatsData, ({ statsName, statsKey }) => {
    const figure = figures.get(statsName)
    const counter = figure?.counter(traffic, statsKey, identity.clusterName)
    if (figure === undefined || counter === undefined) {
      const remark = `The stats <${statsName}> <${statsKey}> not exist`
      return { code: responseCodes.SYSTEM_ERROR, remark }
    }
    const over = (window: WindowName) => {
      const { sum, perSecond, perCall } = counter.over(window, traffic.times, clock.monotonic(), figure.what)
      return { sum, tps: perSecond, avgpt: perCall }
    }
    const stats = { statsMinute: over('minute'), statsHour: over('hour'), statsDay: over('day') }
    return { body: writeBody(brokerStatsShape, stats) }
  })
