/** Answers a command that does not exist: with the one that was meant, also for names of Apache's mqadmin. */
import type { Hook } from '@oclif/core'
import { nearest } from '../kit/nearest.ts'
import { exitCodes } from './exit-codes.ts'

/** What people type who know mqadmin. */
const mqadminNames: ReadonlyMap<string, string> = new Map([
  ['updateTopic', 'topic create --or-update'],
  ['deleteTopic', 'topic delete'],
  ['topicList', 'topic list'],
  ['topicRoute', 'topic route'],
  ['topicStatus', 'topic describe'],
  ['clusterList', 'cluster list'],
  ['brokerStatus', 'cluster list'],
  ['getBrokerConfig', 'broker config list'],
  ['updateBrokerConfig', 'broker config set'],
  ['queryMsgByKey', 'message query --key'],
  ['queryMsgById', 'message query --id'],
  ['queryMsgByUniqueKey', 'message query --id'],
  ['queryMsgByOffset', 'message query --offset'],
  ['sendMessage', 'produce'],
  ['consumeMessage', 'consume']
])

/** The command that the words most likely stand for. Pure. */
export const meantCommand = (words: readonly string[], commands: readonly string[]): string | undefined => {
  const known = mqadminNames.get(words[0] ?? '')
  if (known !== undefined) return known
  // The words may go on with arguments, so every beginning of them is compared.
  for (let length = Math.min(words.length, 3); length > 0; length--) {
    const same = commands.filter(command => command.split(' ').length === length)
    const meant = nearest(words.slice(0, length).join(' '), same)
    if (meant !== undefined) return meant
  }
  return undefined
}

// oclif takes a hook as the default export of its file.
// biome-ignore lint/style/noDefaultExport: see above
export default (async function commandNotFound({ id, config }) {
  const words = id.split(':')
  const commands = config.commandIDs.map(command => command.replaceAll(':', ' '))
  const meant = meantCommand(words, commands)
  const lines = [`Error: there is no command \`${config.bin} ${words.join(' ')}\``]
  if (meant !== undefined) lines.push(`Try this: \`${config.bin} ${meant}\``)
  lines.push(`${meant === undefined ? 'Try this:' : '      or:'} \`${config.bin} --help\` lists all commands`)
  process.stderr.write(`${lines.join('\n')}\n`)
  this.exit(exitCodes.unknownCommand)
} satisfies Hook<'command_not_found'>)
