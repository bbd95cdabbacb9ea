/** Which manifests `apply` and `diff` read. */
import { Flags } from '@oclif/core'

export const manifestFlags = {
  file: Flags.string({
    char: 'f',
    required: true,
    multiple: true,
    helpValue: 'FILE|DIR|-',
    description: 'manifests: a file, a directory, or - for standard input; may be repeated'
  })
}
