/** The flags of `produce`. */
import { Flags } from '@oclif/core'
import { connectionFlags, durationFlag, streamFlags } from './flags.ts'

export const produceFlags = {
  ...connectionFlags,
  ...streamFlags,
  key: Flags.string({ char: 'k', multiple: true, multipleNonGreedy: true, description: 'key; may be repeated' }),
  tag: Flags.string({ char: 't', description: 'tag, which consumers filter by' }),
  property: Flags.string({
    char: 'H',
    multiple: true,
    multipleNonGreedy: true,
    helpValue: 'NAME=VALUE',
    description: 'property; may be repeated'
  }),
  'sharding-key': Flags.string({
    helpValue: 'KEY',
    exclusive: ['queue'],
    description: 'messages with the same key go to the same queue, in order'
  }),
  queue: Flags.integer({ min: 0, description: 'always this queue' }),
  broker: Flags.string({ helpValue: 'NAME', description: 'always this broker' }),
  delay: durationFlag({
    exclusive: ['delay-level'],
    description: 'delivered so much later; must be one of the levels of the broker: 1s 5s 10s 30s 1m … 2h'
  }),
  'delay-level': Flags.integer({
    min: 1,
    max: 18,
    description: 'delivered later: 1 = 1 s … 18 = 2 h, as the broker is set'
  }),
  compress: Flags.string({
    helpValue: 'TYPE[:LEVEL]',
    description: 'compress each body with zlib, lz4 or zstd; without it, zlib above 4 KiB'
  }),
  batch: Flags.integer({ default: 1, min: 1, max: 1000, description: 'messages in one request' }),
  count: Flags.integer({ default: 1, min: 1, description: 'send each message so many times' }),
  rate: Flags.string({ helpValue: 'N/s', description: 'at most so many messages a second (or /m, /h)' }),
  oneway: Flags.boolean({ description: 'do not wait for answers: nobody says whether the messages are stored' }),
  file: Flags.string({ helpValue: 'FILE', description: 'read messages from this file; - = standard input' }),
  format: Flags.string({ char: 'f', default: '%v\\n', description: 'how messages stand in the input' }),
  'input-json': Flags.boolean({ description: 'each input line is a message as consume -o json prints it' }),
  'acks-format': Flags.string({
    helpValue: 'FORMAT',
    description: 'printed for each stored message: %t %b %p %o %m %M %k %g %V, status %a, count %i'
  }),
  'dry-run': Flags.boolean({ description: 'read all input and say what would be sent' }),
  quiet: Flags.boolean({ char: 'q', description: 'print nothing for messages that are stored' })
}
