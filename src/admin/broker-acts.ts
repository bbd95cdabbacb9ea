/** Acts on brokers: tidying up, limits on reads of old messages, what only some stores have. */
import { refusal } from '../client/refusal.ts'
import type { Session } from '../client/session.ts'
import { MqError } from '../kit/errors.ts'
import { epochCacheShape } from '../protocol/bodies/epoch-cache.ts'
import { readBody } from '../protocol/bodies/shape.ts'
import { parseJson } from '../protocol/fastjson.ts'
import { cleanExpiredConsumequeue } from '../protocol/requests/clean-expired-consumequeue.ts'
import { cleanUnusedTopic } from '../protocol/requests/clean-unused-topic.ts'
import { deleteExpiredCommitlog } from '../protocol/requests/delete-expired-commitlog.ts'
import { getBrokerEpochCache } from '../protocol/requests/get-broker-epoch-cache.ts'
import { getColdDataFlowCtrInfo } from '../protocol/requests/get-cold-data-flow-ctr-info.ts'
import { removeColdDataFlowCtrConfig } from '../protocol/requests/remove-cold-data-flow-ctr-config.ts'
import { resetMasterFlushOffset } from '../protocol/requests/reset-master-flush-offset.ts'
import { setCommitlogReadMode } from '../protocol/requests/set-commitlog-read-mode.ts'
import { updateColdDataFlowCtrConfig } from '../protocol/requests/update-cold-data-flow-ctr-config.ts'
import { responseCodes } from '../protocol/response-codes.ts'
import { groupNameFault } from '../protocol/topic-names.ts'
import { fromEach } from './ask-brokers.ts'
import type { BrokerEpochs, CleanKind, ColdFlowRow } from './broker-rows.ts'
import { atEach } from './each-broker.ts'
import type { BrokerOutcome, BrokerOutcomes, Listing, Target } from './shared-rows.ts'
import { masters, oneMaster } from './targets.ts'
import type { ChangeOptions } from './topic-rows.ts'

/** A broker reads its whole store for some of these. */
const cleaningMs = 60_000

const cleanings = {
  'expired-cq': { request: cleanExpiredConsumequeue, what: 'remove consume queues whose messages are gone' },
  'unused-topics': { request: cleanUnusedTopic, what: 'remove consume queues of topics that it does not have' },
  'expired-log': { request: deleteExpiredCommitlog, what: 'remove expired segments of its commit log' }
} as const satisfies Record<CleanKind, unknown>

export const cleanBrokers = async (
  session: Session,
  kind: CleanKind,
  options: ChangeOptions
): Promise<BrokerOutcomes> => {
  const { request, what } = cleanings[kind]
  return atEach(await masters(session, options), options.dryRun, ({ brokerName, address }) =>
    session.ask(address, request, {}, { who: brokerName, what, timeoutMs: cleaningMs })
  )
}

export const brokerEpochs = async (session: Session, name: string | undefined): Promise<BrokerEpochs> => {
  const { brokerName, address } = await oneMaster(session, name)
  const asking = { who: brokerName, what: 'tell its epochs', accept: [responseCodes.SYSTEM_ERROR] }
  const { command } = await session.ask(address, getBrokerEpochCache, {}, asking)
  if (command.code !== 0) {
    if (!/controllerMode/i.test(command.remark ?? '')) throw refusal(command, brokerName, asking.what)
    throw new MqError('MQ_NOT_SUPPORTED', `${brokerName} has no epochs, since no controller elects its master`)
  }
  const { brokerId, maxOffset, epochList } = readBody(epochCacheShape, command.body)
  return { brokerName, brokerId, maxOffset, epochs: epochList }
}

export const resetFlushOffset = async (
  session: Session,
  name: string,
  offset: number,
  dryRun = false
): Promise<BrokerOutcome> => {
  const { brokerName, address } = await oneMaster(session, name)
  if (dryRun) return { brokerName, outcome: 'planned' }
  const asking = { who: brokerName, what: 'set the flush offset of its master' }
  await session.ask(address, resetMasterFlushOffset, { masterFlushOffset: offset }, asking)
  return { brokerName, outcome: 'done' }
}

export const coldFlow = async (session: Session, target: Target): Promise<Listing<ColdFlowRow>> => {
  const { answers, warnings } = await fromEach(
    await masters(session, target),
    'its limits are unknown',
    async ({ brokerName, address }) => {
      const asking = { who: brokerName, what: 'tell its limits on reads of old messages' }
      const { command } = await session.ask(address, getColdDataFlowCtrInfo, {}, asking)
      return coldFlowRow(brokerName, parseJson(command.body))
    }
  )
  return { items: answers.map(({ answer }) => answer), warnings }
}

const coldFlowRow = (brokerName: string, body: unknown): ColdFlowRow => {
  const facts = tableOf(body)
  const thresholds = tableOf(facts.get('configTable'))
  const counters = tableOf(facts.get('runtimeTable'))
  const names = [...new Set([...thresholds.keys(), ...counters.keys()])].sort()
  const groups = names.map(group => {
    const threshold = numberOf(thresholds.get(group))
    const counter = counters.get(group)
    const read = numberOf(counter instanceof Map ? counter.get('coldAcc') : counter)
    return { group, ...(threshold === undefined ? {} : { threshold }), ...(read === undefined ? {} : { read }) }
  })
  return {
    brokerName,
    groupThreshold: numberOf(facts.get('cgColdReadThreshold')) ?? 0,
    globalThreshold: numberOf(facts.get('globalColdReadThreshold')) ?? 0,
    globalRead: numberOf(facts.get('globalAcc')) ?? 0,
    groups
  }
}

const tableOf = (value: unknown): ReadonlyMap<string, unknown> =>
  value instanceof Map ? (value as ReadonlyMap<string, unknown>) : new Map()

const numberOf = (value: unknown): number | undefined => {
  const number = typeof value === 'string' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

export const setColdFlow = async (
  session: Session,
  group: string,
  threshold: number | undefined,
  options: ChangeOptions
): Promise<BrokerOutcomes> => {
  const fault = groupNameFault(group)
  if (fault !== undefined) throw new MqError('MQ_USAGE', fault)
  const [request, text, what] =
    threshold === undefined
      ? ([removeColdDataFlowCtrConfig, group, `take the limit of ${group} away`] as const)
      : ([updateColdDataFlowCtrConfig, `${group}=${threshold}\n`, `limit reads of ${group}`] as const)
  return atEach(await masters(session, options), options.dryRun, ({ brokerName, address }) =>
    session.ask(address, request, {}, { who: brokerName, what }, Buffer.from(text))
  )
}

/** The flags of madvise that the request carries. */
const readAheadModes = { normal: '0', random: '1' } as const

export const setReadAhead = async (
  session: Session,
  mode: keyof typeof readAheadModes,
  options: ChangeOptions
): Promise<BrokerOutcomes> => {
  const header = { READ_AHEAD_MODE: readAheadModes[mode] }
  return atEach(await masters(session, options), options.dryRun, ({ brokerName, address }) =>
    session.ask(address, setCommitlogReadMode, header, { who: brokerName, what: 'set how far it reads ahead' })
  )
}
