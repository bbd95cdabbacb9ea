/** Flags of `mq dev` for scripts and tests. */
import { Flags } from '@oclif/core'

export const devSetupFlags = {
  topic: Flags.string({
    multiple: true,
    multipleNonGreedy: true,
    helpValue: 'NAME[:QUEUES[:TYPE]]',
    description: 'make this topic unless it is there; may be repeated'
  }),
  seed: Flags.string({ helpValue: 'FILE', description: 'make the topics and groups of this YAML or JSON file' }),
  'print-env': Flags.option({ options: ['sh', 'dotenv', 'json'] as const })({
    description: 'print variables for clients, when it is ready, in place of the welcome'
  }),
  'exit-with-parent': Flags.boolean({
    exclusive: ['detach'],
    description: 'stop when standard input is closed, as it is when the one who started this ends'
  })
}
