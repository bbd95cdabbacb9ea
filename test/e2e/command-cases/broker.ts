import type { CommandCase } from '../command-case.ts'

const daemon = 'a daemon and its files: test/commands/broker'
const moving = ['inTps', 'outTps', 'diskUsedPercent', 'figures', 'stored', 'delivered', 'inToday', 'outToday']

export const cases: readonly CommandCase[] = [
  { id: 'broker start', args: () => [], helpOnly: daemon },
  { id: 'broker stop', args: () => [], helpOnly: daemon },
  { id: 'broker status', args: () => [], helpOnly: daemon },
  { id: 'broker logs', args: () => [], helpOnly: daemon },
  { id: 'broker list', args: () => [], volatile: moving },
  { id: 'broker describe', args: seed => [seed.brokerName], volatile: [...moving, 'maxOffset', 'topics'] },
  { id: 'broker stats', args: seed => [seed.brokerName], volatile: moving },
  { id: 'broker ha', args: () => [], volatile: ['maxOffset'] },
  {
    id: 'broker epoch',
    args: seed => [seed.brokerName],
    helpOnly: 'no broker here has a controller: test/commands/broker/epoch'
  },
  { id: 'broker consume-stats', args: seed => [seed.brokerName], volatile: ['lastConsumed', 'lastConsumedMs'] },
  { id: 'broker config list', args: () => ['--match', 'broker.*'] },
  { id: 'broker config get', args: () => ['fileReservedTime'] },
  {
    id: 'broker config set',
    args: () => ['fileReservedTime=71'],
    after: () => [['broker', 'config', 'set', 'fileReservedTime=72']],
    changes: true,
    wrong: () => ['novalue']
  },
  {
    id: 'broker config diff',
    args: seed => [seed.brokerName, seed.brokerAddress],
    maybeEmpty: 'there is one broker, and it differs in nothing from itself'
  },
  { id: 'broker config edit', args: () => [], helpOnly: 'it needs an editor: test/commands/broker/config/edit' },
  {
    id: 'broker drain',
    args: seed => [seed.brokerName, '--yes'],
    after: seed => [['broker', 'resume', seed.brokerName]],
    changes: true,
    wrong: seed => [seed.brokerName, '--wait-timeout', 'soon']
  },
  { id: 'broker resume', args: seed => [seed.brokerName], changes: true },
  { id: 'broker clean expired-cq', args: () => ['--yes'], changes: true },
  { id: 'broker clean unused-topics', args: () => ['--yes'], changes: true },
  { id: 'broker clean expired-log', args: () => ['--yes'], changes: true },
  {
    id: 'broker flush-offset reset',
    args: seed => ['0', '--broker', seed.brokerName, '--yes'],
    changes: true,
    wrong: seed => ['few', '--broker', seed.brokerName, '--yes']
  },
  { id: 'broker cold-flow list', args: () => [] },
  {
    id: 'broker cold-flow set',
    args: seed => [seed.offlineGroup, '4096'],
    after: seed => [['broker', 'cold-flow', 'delete', seed.offlineGroup, '--yes']],
    changes: true,
    wrong: seed => [seed.offlineGroup, 'few']
  },
  {
    id: 'broker cold-flow delete',
    args: seed => [seed.failingGroup, '--yes'],
    before: seed => [['broker', 'cold-flow', 'set', seed.failingGroup, '4096']],
    changes: true
  },
  {
    id: 'broker readahead set',
    args: () => ['normal'],
    helpOnly: 'no broker of mq has such a mode: test/commands/broker/readahead'
  }
]
