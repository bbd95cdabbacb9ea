/** What a broker has counted over the last minute, hour and day. Java: BrokerStatsData, StatsAllSubCommand. */
import { refusal } from '../client/refusal.ts'
import type { Session } from '../client/session.ts'
import { type BrokerStats, brokerStatsShape } from '../protocol/bodies/broker-stats.ts'
import { readBody } from '../protocol/bodies/shape.ts'
import { viewBrokerStatsData } from '../protocol/requests/view-broker-stats-data.ts'
import { responseCodes } from '../protocol/response-codes.ts'
import type { Master } from './targets.ts'

const nothing = { sum: 0, tps: 0, avgpt: 0 }
const noStats: BrokerStats = { statsMinute: nothing, statsHour: nothing, statsDay: nothing }

/** A figure that nothing was counted for does not exist at a broker, and is 0 here. */
export const counted = async (
  session: Session,
  { brokerName, address }: Pick<Master, 'brokerName' | 'address'>,
  statsName: string,
  statsKey: string
): Promise<BrokerStats> => {
  const asking = {
    who: brokerName,
    what: `tell ${statsName} of ${statsKey}`,
    accept: [responseCodes.SYSTEM_ERROR]
  }
  const { command } = await session.ask(address, viewBrokerStatsData, { statsName, statsKey }, asking)
  if (command.code === 0) return readBody(brokerStatsShape, command.body)
  if (!/not exist/i.test(command.remark ?? '')) throw refusal(command, brokerName, asking.what)
  return noStats
}

/** The longest time that has been counted so far: a broker that has just started knows only of a minute. */
export const of24Hours = ({ statsDay, statsHour, statsMinute }: BrokerStats): number =>
  statsDay.sum || statsHour.sum || statsMinute.sum
