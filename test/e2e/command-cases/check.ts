import type { CommandCase } from '../command-case.ts'

/** 3 = a command line that is wrong has found nothing, 2 = a server that is not there is a trouble. */
const codes = { usage: 3, unreachable: 2 }
/** How full the disk of the machine is, or that nobody is online, is not the command's fault. */
const exits = [1, 2]
/** A machine that is busy with all the other tests is slow to answer. */
const patient = ['--timeout', '30s']
const wrong = ['--warn', 'speed=1']
/** How full the disk is and how long ago something was, and what follows from it. */
const volatile = ['value', 'status', 'code']

export const cases: readonly CommandCase[] = [
  { id: 'check cluster', args: () => patient, codes, exits, volatile, wrong: () => wrong },
  {
    id: 'check broker',
    args: seed => [seed.brokerName, ...patient],
    codes,
    exits,
    volatile,
    wrong: seed => [seed.brokerName, ...wrong]
  },
  {
    id: 'check topic',
    args: seed => [seed.topic, ...patient],
    codes,
    exits,
    volatile,
    wrong: seed => [seed.topic, ...wrong]
  },
  {
    id: 'check group',
    args: seed => [seed.group, ...patient],
    codes,
    exits,
    volatile,
    wrong: seed => [seed.group, ...wrong]
  },
  {
    id: 'check message',
    args: seed => [seed.topic, ...patient],
    codes,
    exits,
    volatile,
    wrong: seed => [seed.topic, ...wrong]
  },
  { id: 'check disk', args: () => patient, codes, exits, volatile, wrong: () => wrong },
  {
    id: 'check round-trip',
    args: seed => ['--topic', seed.fresh('trip'), ...patient],
    before: seed => [['topic', 'create', seed.fresh('trip'), '--queues', '1']],
    after: seed => [['topic', 'delete', seed.fresh('trip'), '--yes']],
    changes: true,
    codes,
    exits,
    volatile,
    wrong: () => wrong
  },
  {
    id: 'doctor',
    args: () => [],
    exits: [9],
    changes: true,
    codes: { unreachable: 9 },
    remotingOnly: 'NameServers are looked at only where they are named',
    volatile: ['found', 'state', 'fix', 'healthy'],
    wrong: () => ['--timeout', 'soon']
  }
]
