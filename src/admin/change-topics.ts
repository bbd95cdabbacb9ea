/** Creating, changing and deleting topics. */
import type { Session } from '../client/session.ts'
import { mapBounded } from '../kit/bounded.ts'
import { pause } from '../kit/clock.ts'
import { MqError } from '../kit/errors.ts'
import { deleteTopicInBroker } from '../protocol/requests/delete-topic-in-broker.ts'
import { deleteTopicInNamesrv } from '../protocol/requests/delete-topic-in-namesrv.ts'
import { updateAndCreateTopic } from '../protocol/requests/update-and-create-topic.ts'
import { systemTopics, topicNameFault } from '../protocol/topic-names.ts'
import { atEach, failedOf } from './each-broker.ts'
import { deleteKv, listKv, orderNamespace, putKv } from './key-values.ts'
import type { Target } from './shared-rows.ts'
import { freshRoute, type Master, masters } from './targets.ts'
import type { CreatedTopic, CreateOptions, DeletedTopic, TopicSpec } from './topic-rows.ts'
import { configOn } from './topics.ts'

/** Apache's brokers tell NameServers of a new topic within 30 s at worst; those of mq at once. */
const routeWaitMs = 35_000
const routePollMs = 100

export const createTopic = async (session: Session, spec: TopicSpec, options: CreateOptions): Promise<CreatedTopic> => {
  const fault = topicNameFault(spec.topic)
  if (fault !== undefined) throw new MqError('MQ_USAGE', fault)
  const targets = await masters(session, options)
  const there = new Set<string>()
  await mapBounded(targets, async ({ brokerName, address }) => {
    if ((await configOn(session, brokerName, address, spec.topic)) !== undefined) there.add(brokerName)
  })
  if (there.size > 0 && options.existing === 'fail') {
    throw new MqError(
      'MQ_ALREADY_EXISTS',
      `the topic ${spec.topic} exists already on ${[...there].sort().join(', ')}`,
      {
        suggestions: ['keep it as it is: --if-not-exists', 'change it: --or-update']
      }
    )
  }
  const chosen = options.existing === 'keep' ? targets.filter(target => !there.has(target.brokerName)) : targets
  const outcome = chosen.length === 0 ? 'kept' : there.size > 0 ? 'updated' : 'created'
  const named = chosen.length === 0 ? targets : chosen
  if (options.dryRun === true) return { ...spec, outcome, brokers: named.map(target => target.brokerName) }
  const failed = failedOf((await atEach(chosen, false, target => createOn(session, target, spec))).brokers)
  const refused = new Set(failed.map(row => row.brokerName))
  const done = chosen.filter(target => !refused.has(target.brokerName))
  if (spec.order && done.length > 0) await orderOf(session, spec, done)
  if (options.wait && done.length > 0) await visible(session, spec, done)
  const brokers = named.map(target => target.brokerName).filter(name => !refused.has(name))
  return { ...spec, outcome, brokers, ...(failed.length === 0 ? {} : { failed }) }
}

/** Ordered topics keep their queues in place while a broker is away: NameServers tell clients of them. Java: MQAdminExt. */
const orderOf = async (
  session: Session,
  { topic, writeQueueNums }: TopicSpec,
  targets: readonly Master[]
): Promise<void> => {
  const known = (await listKv(session, orderNamespace)).find(entry => entry.key === topic)?.value ?? ''
  const queues = new Map(known.split(';').flatMap(part => (part === '' ? [] : [splitOrder(part)])))
  for (const { brokerName } of targets) queues.set(brokerName, String(writeQueueNums))
  const value = Array.from(queues, ([brokerName, count]) => `${brokerName}:${count}`).join(';')
  await putKv(session, orderNamespace, { key: topic, value })
}

const splitOrder = (part: string): readonly [string, string] => {
  const colon = part.lastIndexOf(':')
  return [part.slice(0, colon), part.slice(colon + 1)]
}

const createOn = async (session: Session, { brokerName, address }: Master, spec: TopicSpec): Promise<void> => {
  const { topic, readQueueNums, writeQueueNums, perm, order } = spec
  const attributes = Object.entries(spec.attributes)
    .map(([name, value]) => `+${name}=${value}`)
    .join(',')
  await session.ask(
    address,
    updateAndCreateTopic,
    {
      topic,
      defaultTopic: systemTopics.defaultTopic,
      readQueueNums,
      writeQueueNums,
      perm,
      topicFilterType: 'SINGLE_TAG',
      topicSysFlag: 0,
      order,
      ...(attributes === '' ? {} : { attributes })
    },
    { who: brokerName, what: `create the topic ${topic}` }
  )
}

/** Waits until every NameServer that answers gives the route with the wanted queues: then no client gets "no route". */
const visible = async (session: Session, spec: TopicSpec, targets: readonly Master[]): Promise<void> => {
  const { clock } = session.settings
  const deadline = clock.monotonic() + routeWaitMs
  for (;;) {
    const blind = await session.routes.lacking(spec.topic, route =>
      targets.every(({ brokerName }) =>
        route.queueDatas.some(
          queue =>
            queue.brokerName === brokerName && queue.writeQueueNums === spec.writeQueueNums && queue.perm === spec.perm
        )
      )
    )
    if (blind.length === 0) return
    if (clock.monotonic() > deadline) {
      const where = blind.join(', ')
      throw new MqError(
        'MQ_TIMEOUT',
        `the topic ${spec.topic} is created, but its route is not yet known to ${where}`,
        {
          suggestions: [`look again: \`mq topic route ${spec.topic}\``]
        }
      )
    }
    await pause(clock, routePollMs)
  }
}

/** Deletes a topic on every broker of its cluster, then at the NameServers unless a broker still has it. */
export const deleteTopic = async (
  session: Session,
  topic: string,
  target: Target & { readonly dryRun?: boolean | undefined }
): Promise<DeletedTopic> => {
  const route = await freshRoute(session, topic)
  const names = new Set(route.queueDatas.map(queue => queue.brokerName))
  const targets = (await masters(session, target)).filter(entry => names.has(entry.brokerName))
  if (targets.length === 0) {
    const where = [...names].sort().join(', ')
    throw new MqError('MQ_NOT_FOUND', `the topic ${topic} is not on the brokers that were named, only on ${where}`)
  }
  const done = await atEach(targets, target.dryRun, ({ brokerName, address }) =>
    session.ask(address, deleteTopicInBroker, { topic }, { who: brokerName, what: `delete the topic ${topic}` })
  )
  const gone = done.brokers.filter(row => row.outcome === 'done').length
  if (gone === names.size) {
    await session.routes.tellAll(deleteTopicInNamesrv, { topic }, `forget the topic ${topic}`)
    await deleteKv(session, orderNamespace, topic)
  }
  return { topic, ...done }
}
