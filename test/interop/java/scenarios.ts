/** The scenarios of the Java workload, in the order in which they run, and what each shows. */
export interface Scenario {
  readonly name: string
  readonly shows: string
}

/** Run first on a fresh server, before the commands of mqadmin; its consumer stays while they run. */
export const seedScenario: Scenario = {
  name: 'holdSeed',
  shows: 'the first messages of a fresh broker: ids, queue offsets, physical offsets'
}

export const scenarios: readonly Scenario[] = [
  { name: 'sync', shows: 'synchronous sends to a topic that does not exist yet, spread over its queues' },
  { name: 'stored', shows: 'keys, tags, properties, flag, compression, 2 MiB; read back by offset id and unique key' },
  { name: 'async', shows: 'asynchronous sends, every callback, gapless queue offsets' },
  { name: 'oneWay', shows: 'one-way sends' },
  { name: 'batch', shows: 'a batch: one answer with all ids, each message stored on its own' },
  { name: 'refused', shows: 'too large, too many properties, no such queue, system topics: the codes of refusals' },
  { name: 'push', shows: 'a clustering push consumer, order within queues, what a restarted member still gets' },
  { name: 'waiting', shows: 'pulls that wait at the broker are answered when a message comes' },
  {
    name: 'tags',
    shows: 'tag filters, tags whose hash codes are equal, tags beyond ASCII, messages that do not match'
  },
  { name: 'broadcast', shows: 'broadcast push consumers: every member gets every message' },
  { name: 'rebalance', shows: 'queues are shared at once when members come and go' },
  { name: 'orderly', shows: 'orderly push consumer with queue locks and suspended queues' },
  { name: 'startPositions', shows: 'where new groups begin: last, first, timestamp' },
  { name: 'retry', shows: 'failed messages come again, with their properties' },
  { name: 'deadLetter', shows: 'after the last retry a message lies in the dead letter topic' },
  { name: 'delay', shows: 'delay levels, also one beyond the last' },
  { name: 'delayToQueue', shows: 'delayed messages arrive in their queue, in order' },
  { name: 'litePull', shows: 'lite pull by subscription: tags, commits, restart' },
  { name: 'litePullAssigned', shows: 'lite pull by assignment: seek, offsets by time, commits' },
  { name: 'lookUp', shows: 'messages by key, limits, offsets of queues by time, what is not there' }
]

/** Run one after the other by the same clients, while the broker is restarted between them. */
export const restartScenarios: readonly Scenario[] = [
  { name: 'holdOverRestart', shows: 'a producer and a push consumer at work, a delayed message on its way' },
  { name: 'afterRestart', shows: 'the same clients go on after a restart of the broker: nothing lost, nothing twice' }
]

export interface JavaClient {
  readonly title: string
  readonly version: string
  /** Topics and groups of this client start with it. */
  readonly prefix: string
  readonly javaOptions?: readonly string[]
  readonly scenarios: readonly Scenario[]
}

const binaryShows = new Set([
  'sync',
  'stored',
  'batch',
  'push',
  'waiting',
  'orderly',
  'deadLetter',
  'litePull',
  'lookUp'
])

export const javaClients: readonly JavaClient[] = [
  { title: 'Java client 5.5.0', version: '5.5.0', prefix: 'A_', scenarios },
  { title: 'Java client 4.9.8', version: '4.9.8', prefix: 'B_', scenarios },
  {
    title: 'Java client 5.5.0 with binary headers and long send requests',
    version: '5.5.0',
    prefix: 'C_',
    javaOptions: ['-Drocketmq.serialize.type=ROCKETMQ', '-Dorg.apache.rocketmq.client.sendSmartMsg=false'],
    scenarios: scenarios.filter(({ name }) => binaryShows.has(name))
  }
]
