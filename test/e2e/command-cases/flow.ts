import type { CommandCase } from '../command-case.ts'

const session = 'messages go over remoting'

export const cases: readonly CommandCase[] = [
  {
    id: 'produce',
    args: seed => [seed.fresh('sent'), 'hello'],
    before: seed => [['topic', 'create', seed.fresh('sent')]],
    after: seed => [['topic', 'delete', seed.fresh('sent'), '--yes']],
    remotingOnly: session,
    wrong: seed => [seed.topic, 'x', '-H', 'novalue']
  },
  {
    id: 'consume',
    args: seed => [seed.topic, '-e'],
    remotingOnly: session,
    wrong: seed => [seed.topic, '-O', 'middle']
  }
]
