import type { CommandCase } from '../command-case.ts'

const session = 'messages go over remoting'
/** Rates, times and sizes of this very run. */
const measured = ['seconds', 'msgsPerSecond', 'bytesPerSecond', 'latency']

export const cases: readonly CommandCase[] = [
  {
    id: 'produce',
    args: seed => [seed.fresh('sent'), 'hello'],
    before: seed => [['topic', 'create', seed.fresh('sent')]],
    after: seed => [['topic', 'delete', seed.fresh('sent'), '--yes']],
    remotingOnly: session,
    changes: true,
    wrong: seed => [seed.topic, 'x', '-H', 'novalue']
  },
  {
    id: 'consume',
    args: seed => [seed.topic, '-e'],
    remotingOnly: session,
    wrong: seed => [seed.topic, '-O', 'middle']
  },
  { id: 'tail', args: seed => [seed.topic, '-N', '1'], helpOnly: 'waits for what comes: test/commands/tail.test.ts' },
  {
    id: 'bench produce',
    args: seed => [seed.fresh('load'), '--msgs', '20'],
    before: seed => [['topic', 'create', seed.fresh('load')]],
    after: seed => [['topic', 'delete', seed.fresh('load'), '--yes']],
    remotingOnly: session,
    volatile: measured,
    changes: true,
    wrong: () => ['--size', '0']
  },
  {
    id: 'bench consume',
    args: seed => [seed.topic],
    remotingOnly: session,
    volatile: measured,
    wrong: () => ['--duration', 'long']
  },
  {
    id: 'bench e2e',
    args: seed => [seed.fresh('loop'), '--msgs', '20'],
    before: seed => [['topic', 'create', seed.fresh('loop')]],
    after: seed => [['topic', 'delete', seed.fresh('loop'), '--yes']],
    remotingOnly: session,
    volatile: measured,
    changes: true,
    wrong: () => ['--size', '8']
  }
]
