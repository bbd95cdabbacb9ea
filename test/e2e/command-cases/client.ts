import type { CommandCase } from '../command-case.ts'

const seen = ['lastSeen', 'lastSeenMs']
const working = ['lastPull', 'lastPullMs', 'lastConsume', 'lastConsumeMs']

export const cases: readonly CommandCase[] = [
  { id: 'client list', args: seed => ['--topic', seed.topic], wrong: () => ['--kind', 'broker'] },
  { id: 'client describe', args: seed => [seed.clientId], volatile: working },
  { id: 'client producers', args: seed => ['--topic', seed.topic, '--group', seed.producerGroup], volatile: seen }
]
