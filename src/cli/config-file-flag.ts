/** `-c broker.conf`, as Java's servers have it. */
import { Flags } from '@oclif/core'

export const configFileFlag = {
  config: Flags.string({
    char: 'c',
    helpValue: 'FILE',
    helpGroup: 'PROCESS',
    description: 'settings in the form of Java properties, with the keys of broker.conf'
  })
}
