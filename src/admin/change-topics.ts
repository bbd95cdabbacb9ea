/** Creating, changing and deleting topics. */
import type { Session } from '../client/session.ts'
import { pause } from '../kit/clock.ts'
import { MqError } from '../kit/errors.ts'
import { deleteTopicInBroker } from '../protocol/requests/delete-topic-in-broker.ts'
import { deleteTopicInNamesrv } from '../protocol/requests/delete-topic-in-namesrv.ts'
import { updateAndCreateTopic } from '../protocol/requests/update-and-create-topic.ts'
import { systemTopics, topicNameFault } from '../protocol/topic-names.ts'
import type { CreatedTopic, CreateOptions, Target, TopicSpec } from './admin.ts'
import { freshRoute, type Master, masters } from './targets.ts'
import { configOn } from './topics.ts'

/** Apache's brokers tell NameServers of a new topic within 30 s at worst; those of mq at once. */
const routeWaitMs = 35_000
const routePollMs = 100

export const createTopic = async (session: Session, spec: TopicSpec, options: CreateOptions): Promise<CreatedTopic> => {
  const fault = topicNameFault(spec.topic)
  if (fault !== undefined) throw new MqError('MQ_USAGE', fault)
  const targets = await masters(session, options)
  const there = new Set<string>()
  for (const { brokerName, address } of targets) {
    if ((await configOn(session, brokerName, address, spec.topic)) !== undefined) there.add(brokerName)
  }
  if (there.size > 0 && options.existing === 'fail') {
    throw new MqError('MQ_ALREADY_EXISTS', `the topic ${spec.topic} exists already on ${[...there].join(', ')}`, {
      suggestions: ['keep it as it is: --if-not-exists', 'change it: --or-update']
    })
  }
  const chosen = options.existing === 'keep' ? targets.filter(target => !there.has(target.brokerName)) : targets
  const dryRun = options.dryRun === true
  for (const target of dryRun ? [] : chosen) await createOn(session, target, spec)
  if (options.wait && !dryRun && chosen.length > 0) await visible(session, spec, chosen)
  const outcome = chosen.length === 0 ? 'kept' : there.size > 0 ? 'updated' : 'created'
  return { ...spec, outcome, brokers: (chosen.length === 0 ? targets : chosen).map(target => target.brokerName) }
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

/** Deletes a topic on every broker of its cluster, then at the NameServers. Resolves to the brokers' names. */
export const deleteTopic = async (
  session: Session,
  topic: string,
  target: Target & { readonly dryRun?: boolean | undefined }
): Promise<readonly string[]> => {
  const route = await freshRoute(session, topic)
  const names = new Set(route.queueDatas.map(queue => queue.brokerName))
  const targets = (await masters(session, target)).filter(entry => names.has(entry.brokerName))
  if (target.dryRun === true) return targets.map(entry => entry.brokerName)
  for (const { brokerName, address } of targets) {
    await session.ask(address, deleteTopicInBroker, { topic }, { who: brokerName, what: `delete the topic ${topic}` })
  }
  const everywhere = targets.length === names.size
  if (everywhere) await session.routes.tellAll(deleteTopicInNamesrv, { topic }, `forget the topic ${topic}`)
  return targets.map(entry => entry.brokerName)
}
