/** The flags of `consume`, and which of them do not go together. */
import { Flags } from '@oclif/core'
import { MqError } from '../kit/errors.ts'
import type { ConsumeWish } from './consume.ts'
import { connectionFlags, streamFlags } from './flags.ts'
import { filterNames } from './message-filter.ts'

/** Which messages are shown. */
export const filterFlags = {
  key: Flags.string({
    helpValue: 'GLOB',
    description: 'only messages with a key like this: * = any text, ? = a character'
  }),
  grep: Flags.string({ helpValue: 'RE', description: 'only messages whose body matches this regular expression' }),
  property: Flags.string({
    multiple: true,
    multipleNonGreedy: true,
    helpValue: 'NAME=GLOB',
    description: 'only messages with this property; may be repeated'
  })
}

export const tagsFlag = {
  tags: Flags.string({ default: '*', helpValue: 'EXPR', description: 'only messages with these tags: "A || B"' })
}

export const formatFlag = {
  format: Flags.string({
    char: 'f',
    description:
      'pretty, json, hexdump, or letters such as "%t %o %k: %v\\n"; by default pretty on a terminal, else "%v\\n"'
  })
}

export const consumeFlags = {
  ...connectionFlags,
  ...streamFlags,
  group: Flags.string({ char: 'g', description: 'read as a member of this group' }),
  offset: Flags.string({
    char: 'O',
    default: 'start',
    helpValue: 'OFFSETS',
    description: 'start end :end +N -N N N1:N2 @T @T1:T2; with a group: where queues without an offset begin'
  }),
  num: Flags.integer({ char: 'N', min: 1, description: 'stop after so many messages' }),
  'exit-at-end': Flags.boolean({ char: 'e', description: 'stop at what is the end now' }),
  ...formatFlag,
  ...tagsFlag,
  sql: Flags.string({ helpValue: 'EXPR', description: 'not yet: SQL92 filters do not exist in this version' }),
  ...filterFlags,
  queue: Flags.integer({ min: 0, description: 'only this queue' }),
  broker: Flags.string({ helpValue: 'NAME', description: 'only this broker' }),
  broadcast: Flags.boolean({
    dependsOn: ['group'],
    description: 'read everything, whatever other members read; offsets are kept on this machine, in ~/.mq/offsets'
  }),
  orderly: Flags.boolean({
    dependsOn: ['group'],
    description:
      'lock each queue while it is read; with --exec, a message that fails is tried again before the next one'
  }),
  ack: Flags.option({ options: ['auto', 'none', 'after-output'] as const })({
    dependsOn: ['group'],
    description:
      'when the group moves on: auto = every 5 s and at the end, after-output = with each message, none = never [default: auto]'
  }),
  exec: Flags.string({
    helpValue: 'CMD',
    exclusive: ['dump', 'format'],
    description: 'run this by sh for each message: body on stdin, MQ_KEYS and others set; if it fails, again later'
  }),
  dump: Flags.string({
    helpValue: 'DIR',
    exclusive: ['format'],
    description: 'write each message into two files there'
  })
}

interface Given {
  readonly group?: string | undefined
  readonly ack?: 'auto' | 'none' | 'after-output' | undefined
  readonly sql?: string | undefined
  readonly key?: string | undefined
  readonly grep?: string | undefined
  readonly property?: readonly string[] | undefined
}

/** Throws MQ_NOT_SUPPORTED for --sql, MQ_USAGE for filters that would make a group lose messages. */
export const checkConsume = (flags: Given): void => {
  if (flags.sql !== undefined) {
    throw new MqError('MQ_NOT_SUPPORTED', 'this version of mq has no SQL92 filters, for --sql', {
      suggestions: [
        '--tags "A || B" filters at the broker',
        '--property NAME=GLOB, --key GLOB or --grep RE filter here'
      ]
    })
  }
  const [filter] = filterNames(flags)
  if (filter !== undefined && flags.group !== undefined && flags.ack !== 'none') {
    throw new MqError('MQ_USAGE', `the group ${flags.group} would lose every message that ${filter} leaves out`, {
      suggestions: ['leave --group out', 'add --ack none, so that the group stays where it is', 'filter with --tags']
    })
  }
}

export const commitOf = (ack: Given['ack']): ConsumeWish['commit'] =>
  ack === 'none' ? 'never' : ack === 'after-output' ? 'each' : 'regularly'
