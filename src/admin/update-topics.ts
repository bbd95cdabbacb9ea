/** Changing some settings of a topic, and leaving the others as each broker has them. */
import type { Session } from '../client/session.ts'
import { mapBounded } from '../kit/bounded.ts'
import { errorText, MqError } from '../kit/errors.ts'
import type { TopicConfig } from '../protocol/bodies/topic-config.ts'
import { permissions } from '../protocol/permissions.ts'
import { updateAndCreateTopic } from '../protocol/requests/update-and-create-topic.ts'
import { systemTopics } from '../protocol/topic-names.ts'
import { freshRoute, type Master, masters } from './targets.ts'
import type { ChangedTopic, ChangeOptions, TopicChange, TopicChangeRow } from './topic-rows.ts'
import { configOn, settingsOf } from './topics.ts'

interface Planned {
  readonly master: Master
  readonly before: TopicConfig
  readonly after: TopicConfig
}

/** On each broker that has the topic; of one that differs in nothing, nothing is asked. */
export const changeTopic = async (
  session: Session,
  change: TopicChange,
  options: ChangeOptions
): Promise<ChangedTopic> => {
  const { topic } = change
  const dryRun = options.dryRun === true
  const plan = await planned(session, change, options)
  const errors: MqError[] = []
  const brokers = await mapBounded(plan, async ({ master, before, after }): Promise<TopicChangeRow> => {
    const row = { brokerName: master.brokerName, before: settingsOf(before), after: settingsOf(after) }
    if (JSON.stringify(row.before) === JSON.stringify(row.after)) return { ...row, outcome: 'unchanged' }
    if (dryRun) return { ...row, outcome: 'planned' }
    try {
      await changeOn(session, master, before, after)
      return { ...row, outcome: 'done' }
    } catch (error) {
      if (!(error instanceof MqError)) throw error
      errors.push(error)
      return { ...row, outcome: 'failed', error: errorText(error) }
    }
  })
  if (errors.length > 0 && errors.length === brokers.length) throw errors[0]!
  return { topic, dryRun, brokers }
}

const planned = async (session: Session, change: TopicChange, options: ChangeOptions): Promise<Planned[]> => {
  const { topic } = change
  const route = await freshRoute(session, topic)
  const having = new Set(route.queueDatas.map(queue => queue.brokerName))
  const chosen = (await masters(session, options)).filter(target => having.has(target.brokerName))
  const found = await mapBounded(chosen, async master => {
    const before = await configOn(session, master.brokerName, master.address, topic)
    return before === undefined ? undefined : { master, before, after: changed(before, change) }
  })
  const plan = found.flatMap(entry => (entry === undefined ? [] : [entry]))
  if (plan.length > 0) return plan
  throw new MqError('MQ_NOT_FOUND', `the topic ${topic} is not on the brokers that were named`, {
    suggestions: [`it is on ${[...having].sort().join(', ')}`]
  })
}

const changed = (before: TopicConfig, change: TopicChange): TopicConfig => {
  const attributes = new Map(Object.entries(before.attributes))
  for (const name of change.removeAttributes ?? []) attributes.delete(name)
  for (const [name, value] of Object.entries(change.attributes ?? {})) attributes.set(name, value)
  const inherits = before.perm & permissions.INHERIT
  return {
    ...before,
    readQueueNums: change.readQueueNums ?? before.readQueueNums,
    writeQueueNums: change.writeQueueNums ?? before.writeQueueNums,
    perm: change.perm === undefined ? before.perm : change.perm | inherits,
    order: change.order ?? before.order,
    attributes: Object.fromEntries(attributes)
  }
}

/** Only attributes that differ are sent: some may be set at creation only, and brokers refuse them even unchanged. */
const attributeChanges = (before: TopicConfig, after: TopicConfig): string => {
  const kept = new Map(Object.entries(before.attributes))
  const wished = new Map(Object.entries(after.attributes))
  const set = [...wished]
    .filter(([name, value]) => kept.get(name) !== value)
    .map(([name, value]) => `+${name}=${value}`)
  const gone = [...kept.keys()].filter(name => !wished.has(name)).map(name => `-${name}`)
  return [...set, ...gone].join(',')
}

const changeOn = async (
  session: Session,
  { brokerName, address }: Master,
  before: TopicConfig,
  after: TopicConfig
): Promise<void> => {
  const { topicName: topic, readQueueNums, writeQueueNums, perm, topicFilterType, topicSysFlag, order } = after
  const attributes = attributeChanges(before, after)
  await session.ask(
    address,
    updateAndCreateTopic,
    {
      topic,
      defaultTopic: systemTopics.defaultTopic,
      readQueueNums,
      writeQueueNums,
      perm,
      topicFilterType,
      topicSysFlag,
      order,
      ...(attributes === '' ? {} : { attributes })
    },
    { who: brokerName, what: `change the topic ${topic}` }
  )
}
