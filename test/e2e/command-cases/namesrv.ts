import type { CommandCase } from '../command-case.ts'

const daemon = 'a daemon and its files: test/commands/namesrv'
const order = (topic: string): readonly string[] => ['namesrv', 'order-conf', 'set', topic, 'broker-a:2']

export const cases: readonly CommandCase[] = [
  { id: 'namesrv start', args: () => [], helpOnly: daemon },
  { id: 'namesrv stop', args: () => [], helpOnly: daemon },
  { id: 'namesrv status', args: () => [], helpOnly: daemon },
  { id: 'namesrv logs', args: () => [], helpOnly: daemon },
  { id: 'namesrv list', args: () => [] },
  { id: 'namesrv config list', args: () => [], wrong: () => ['--match', '('] },
  { id: 'namesrv config get', args: () => ['listenPort'] },
  {
    id: 'namesrv config set',
    args: () => ['waitSecondsForService=44'],
    after: () => [['namesrv', 'config', 'set', 'waitSecondsForService=45']],
    changes: true,
    wrong: () => ['novalue']
  },
  { id: 'namesrv kv list', args: seed => [seed.kvNamespace] },
  { id: 'namesrv kv get', args: seed => [seed.kvNamespace, seed.kvKey] },
  {
    id: 'namesrv kv set',
    args: seed => [seed.fresh('space'), 'k', 'v'],
    after: seed => [['namesrv', 'kv', 'delete', seed.fresh('space'), 'k', '--yes']],
    changes: true
  },
  {
    id: 'namesrv kv delete',
    args: seed => [seed.fresh('gone'), 'k', '--yes'],
    before: seed => [['namesrv', 'kv', 'set', seed.fresh('gone'), 'k', 'v']],
    changes: true
  },
  {
    id: 'namesrv order-conf get',
    args: seed => [seed.fresh('ordered')],
    before: seed => [order(seed.fresh('ordered'))]
  },
  {
    id: 'namesrv order-conf set',
    args: seed => [seed.fresh('order'), 'broker-a:2'],
    after: seed => [['namesrv', 'order-conf', 'delete', seed.fresh('order'), '--yes']],
    changes: true,
    wrong: seed => [seed.fresh('order'), 'broker-a']
  },
  {
    id: 'namesrv order-conf delete',
    args: seed => [seed.fresh('unordered'), '--yes'],
    before: seed => [order(seed.fresh('unordered'))],
    changes: true
  }
]
